import { ingestCtx } from "@/server/runtime";
import { areFundamentalsDue, ingestFilings } from "@/server/services/ingestion/ingest-filings";
import { ingestFundamentals } from "@/server/services/ingestion/ingest-fundamentals";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";

const tickerOf = (event: { data?: unknown }) => String((event.data as { ticker: string }).ticker);

/** Every evening of a business day, after the SEC has closed its door at ten: asks for what each company filed. */
export const refreshFilings = inngest.createFunction(
  { id: "refresh-filings", triggers: [{ cron: "TZ=America/New_York 30 22 * * 1-5" }], concurrency: { limit: 1 }, retries: 2 },
  async ({ step }) => {
    const tickers = await step.run("companies", async () => {
      const ctx = ingestCtx();
      if (ctx.providers.vendorsWith("filings").length === 0) return [];
      return (await ctx.db.company.findMany({ where: { cik: { not: null } }, select: { ticker: true }, orderBy: { ticker: "asc" } })).map(({ ticker }) => ticker);
    });
    if (tickers.length > 0) await step.sendEvent("ask for each", tickers.map((ticker) => ({ name: "filings/requested", data: { ticker } })));
    return { companies: tickers.length };
  },
);

/** Brings what one company filed; a new report asks for its figures. The SEC's ten calls a second are kept by the client, this keeps the queue fair to others. */
export const refreshCompanyFilings = inngest.createFunction(
  { id: "refresh-company-filings", triggers: [{ event: "filings/requested" }], concurrency: [{ limit: 2 }, { key: "event.data.ticker", limit: 1 }], throttle: { limit: 240, period: "1m" }, retries: 4 },
  async ({ event, step }) => {
    const ticker = tickerOf(event);
    const { received, changed, rejected } = await step.run("bring", () => orStopRetrying(ingestFilings(ingestCtx(), { ticker })));
    const due = await step.run("are figures due", () => areFundamentalsDue(ingestCtx(), { ticker }));
    if (due) await step.sendEvent("ask for figures", { name: "fundamentals/requested", data: { ticker } });
    return { received, changed, rejected, due };
  },
);

/** Brings the statements of one company, of which one answer has all: some dozens of megabytes of the largest. */
export const refreshFundamentals = inngest.createFunction(
  { id: "refresh-fundamentals", triggers: [{ event: "fundamentals/requested" }], concurrency: [{ limit: 1 }, { key: "event.data.ticker", limit: 1 }], throttle: { limit: 30, period: "1m" }, retries: 4 },
  ({ event, step }) => step.run("bring", () => orStopRetrying(ingestFundamentals(ingestCtx(), { ticker: tickerOf(event) }))),
);
