import { ingestCtx, systemCtx } from "@/server/runtime";
import { ingestCorporateActions } from "@/server/services/ingestion/ingest-corporate-actions";
import { ingestDailyBars } from "@/server/services/ingestion/ingest-daily-bars";
import { ingestIntradayBars } from "@/server/services/ingestion/ingest-intraday-bars";
import { ingestQuotes } from "@/server/services/ingestion/ingest-quotes";
import { recordedRun } from "@/server/services/ingestion/recorded-run";
import { checkSeries } from "@/server/services/market/check-series";
import { listPriceTargets } from "@/server/services/market/list-price-targets";
import { rollUpMinutes } from "@/server/services/market/roll-up-minutes";
import { inngest } from "../inngest-client";
import { isAnswered } from "../is-answered";
import { orStopRetrying } from "../or-stop-retrying";

const symbolOf = (event: { data: unknown }) => String((event.data as { symbol: string }).symbol);
const SYMBOLS_PER_QUOTE = 40;

/** After the close of New York: asks for the days of each instrument. Once an hour: for those that have none of a vendor yet, so that a new installation does not wait for the evening. */
export const refreshPrices = inngest.createFunction(
  { id: "refresh-prices", triggers: [{ cron: "TZ=America/New_York 0 17 * * *" }, { cron: "TZ=UTC 25 * * * *" }], concurrency: { limit: 1 }, retries: 2 },
  async ({ event, step }) => {
    const isEvening = (event.data as { cron?: string }).cron?.includes("0 17 * * *") ?? false;
    const symbols = await step.run("instruments", async (): Promise<string[]> => {
      const ctx = ingestCtx();
      return ctx.providers.vendorsWith("dailyBars").length === 0 ? [] : listPriceTargets(ctx, { of: isEvening ? "all" : "simulated" });
    });
    const [first, ...rest] = symbols;
    if (!first) return { symbols: 0 };
    if (!(await step.run("ask for the first", () => isAnswered(ingestDailyBars(ingestCtx(), { symbol: first }))))) return { symbols: 0, away: true };
    if (rest.length > 0) await step.sendEvent("ask for each", rest.map((symbol) => ({ name: "prices/daily-requested", data: { symbol } })));
    return { symbols: symbols.length };
  },
);

/** Brings the days of one instrument. The vendor's own budget is kept by its client; this keeps the queue fair to others. */
export const refreshDailyBars = inngest.createFunction(
  { id: "refresh-daily-bars", triggers: [{ event: "prices/daily-requested" }], concurrency: [{ limit: 3 }, { key: "event.data.symbol", limit: 1 }], throttle: { limit: 90, period: "1m" }, retries: 4 },
  ({ event, step }) => step.run("bring", () => orStopRetrying(ingestDailyBars(ingestCtx(), { symbol: symbolOf(event) }))),
);

/** Every five minutes: quotes of instruments whose session is open, and their minutes. The calendar decides, half days and holidays included. */
export const refreshQuotes = inngest.createFunction(
  { id: "refresh-quotes", triggers: [{ cron: "TZ=UTC */5 * * * *" }], concurrency: { limit: 1 }, retries: 1 },
  async ({ step }) => {
    const { quotes, minutes } = await step.run("open now", async () => {
      const ctx = ingestCtx();
      const open = await listPriceTargets(ctx, { of: "open" });
      const has = (capability: "quotes" | "intradayBars") => (ctx.providers.vendorsWith(capability).length > 0 ? open : []);
      return { quotes: has("quotes"), minutes: has("intradayBars") };
    });
    const parts = Array.from({ length: Math.ceil(quotes.length / SYMBOLS_PER_QUOTE) }, (_, k) => quotes.slice(k * SYMBOLS_PER_QUOTE, (k + 1) * SYMBOLS_PER_QUOTE));
    const [head, ...others] = parts;
    if (head && !(await step.run("quotes 1", () => isAnswered(ingestQuotes(ingestCtx(), { symbols: head }))))) return { quotes: 0, failed: parts.length, minutes: 0 };
    const outcomes = await Promise.allSettled(others.map((symbols, k) => step.run(`quotes ${k + 2}`, () => orStopRetrying(ingestQuotes(ingestCtx(), { symbols })))));
    if (minutes.length > 0) await step.sendEvent("ask for minutes", minutes.map((symbol) => ({ name: "prices/minutes-requested", data: { symbol } })));
    return { quotes: quotes.length, failed: outcomes.filter(({ status }) => status === "rejected").length, minutes: minutes.length };
  },
);

/** Brings the minutes of one instrument; asked again while it waits, it is asked once. */
export const refreshMinutes = inngest.createFunction(
  { id: "refresh-minutes", triggers: [{ event: "prices/minutes-requested" }], concurrency: [{ limit: 3 }, { key: "event.data.symbol", limit: 1 }], throttle: { limit: 60, period: "1m" }, rateLimit: { key: "event.data.symbol", limit: 1, period: "4m" }, retries: 1 },
  ({ event, step }) => step.run("bring", () => orStopRetrying(ingestIntradayBars(ingestCtx(), { symbol: symbolOf(event) }))),
);

/** On Sundays: asks for splits and dividends of each share. Splits that matter before are asked for with the days. */
export const refreshCorporateActions = inngest.createFunction(
  { id: "refresh-corporate-actions", triggers: [{ cron: "TZ=UTC 0 9 * * 0" }], concurrency: { limit: 1 }, retries: 2 },
  async ({ step }) => {
    const symbols = await step.run("shares", async (): Promise<string[]> => {
      const ctx = ingestCtx();
      return ctx.providers.vendorsWith("splits").length + ctx.providers.vendorsWith("dividends").length === 0 ? [] : listPriceTargets(ctx, { of: "shares" });
    });
    const [first, ...rest] = symbols;
    if (!first) return { symbols: 0 };
    if (!(await step.run("ask for the first", () => isAnswered(ingestCorporateActions(ingestCtx(), { symbol: first }))))) return { symbols: 0, away: true };
    if (rest.length > 0) await step.sendEvent("ask for each", rest.map((symbol) => ({ name: "prices/actions-requested", data: { symbol } })));
    return { symbols: symbols.length };
  },
);

/** Brings splits and dividends of one share. */
export const refreshActionsOfShare = inngest.createFunction(
  { id: "refresh-actions-of-share", triggers: [{ event: "prices/actions-requested" }], concurrency: [{ limit: 2 }, { key: "event.data.symbol", limit: 1 }], throttle: { limit: 60, period: "1m" }, retries: 4 },
  ({ event, step }) => step.run("bring", () => orStopRetrying(ingestCorporateActions(ingestCtx(), { symbol: symbolOf(event) }))),
);

/** Every night: looks through the stored bars part by part. Faults are written down, bars stay where they are. */
export const checkStoredBars = inngest.createFunction(
  { id: "check-stored-bars", triggers: [{ cron: "TZ=UTC 20 2 * * *" }], concurrency: { limit: 1 }, retries: 3 },
  async ({ step }) => {
    const sum = { series: 0, faults: 0, changed: 0 };
    for (let after: string | null = ""; after !== null; ) {
      const from: string = after;
      const part = await step.run(`after ${from || "the beginning"}`, () => checkSeries(systemCtx(), { after: from }));
      sum.series += part.series;
      sum.faults += part.faults;
      sum.changed += part.changed;
      after = part.after;
    }
    await step.run("write down", () => recordedRun(systemCtx(), { provider: "nexus-engine", subject: "data quality", scope: "stored bars" }, async () => ({ received: sum.series, changed: sum.changed, rejected: 0 })));
    return sum;
  },
);

/** Every night: makes hours of minutes that are too old to keep. */
export const rollUpOldMinutes = inngest.createFunction(
  { id: "roll-up-old-minutes", triggers: [{ cron: "TZ=UTC 50 3 * * *" }], concurrency: { limit: 1 }, retries: 3 },
  ({ step }) => step.run("roll up", () => recordedRun(systemCtx(), { provider: "nexus-engine", subject: "roll-up", scope: "minutes to hours" }, async () => {
    const { hours, minutes } = await rollUpMinutes(systemCtx());
    return { received: minutes, changed: hours, rejected: 0 };
  })),
);
