import { ingestCtx } from "@/server/runtime";
import { ingestMacroSeries } from "@/server/services/ingestion/ingest-macro-series";
import { ingestYieldCurve } from "@/server/services/ingestion/ingest-yield-curve";
import { inngest } from "../inngest-client";
import { isAnswered } from "../is-answered";
import { orStopRetrying } from "../or-stop-retrying";

/** Series of these publishers are made up of several, or of a document that is published once: no vendor has them under our code. */
const OWN_CODES = /^(FRB_ST_|UST_PAR_|S&P |BTC-USD$)/;

/** Every Monday morning: asks for each series that a vendor may have. */
export const refreshMacro = inngest.createFunction(
  { id: "refresh-macro", triggers: [{ cron: "TZ=UTC 0 6 * * 1" }], concurrency: { limit: 1 }, retries: 2 },
  async ({ step }) => {
    const codes = await step.run("series", async () => {
      const ctx = ingestCtx();
      if (ctx.providers.vendorsWith("macro").length === 0) return [];
      return (await ctx.db.macroSeries.findMany({ select: { code: true }, orderBy: { code: "asc" } })).map(({ code }) => code).filter((code) => !OWN_CODES.test(code));
    });
    const [first, ...rest] = codes;
    if (!first) return { series: 0 };
    if (!(await step.run("ask for the first", () => isAnswered(ingestMacroSeries(ingestCtx(), { code: first }))))) return { series: 0, away: true };
    if (rest.length > 0) await step.sendEvent("ask for each", rest.map((code) => ({ name: "macro/series-requested", data: { code } })));
    return { series: codes.length };
  },
);

/** Brings one series. Storing is idempotent, so a repeated run changes nothing; the vendor's own budget is kept by its client, this keeps the queue fair to others. */
export const refreshMacroSeries = inngest.createFunction(
  { id: "refresh-macro-series", triggers: [{ event: "macro/series-requested" }], concurrency: [{ limit: 2 }, { key: "event.data.code", limit: 1 }], throttle: { limit: 60, period: "1m" }, retries: 4 },
  ({ event, step }) => step.run("bring", () => orStopRetrying(ingestMacroSeries(ingestCtx(), { code: String((event.data as { code: string }).code) }))),
);

/** Every evening of a business day: the Treasury publishes its curve after the market has closed. */
export const refreshYieldCurve = inngest.createFunction(
  { id: "refresh-yield-curve", triggers: [{ cron: "TZ=America/New_York 30 18 * * 1-5" }], concurrency: { limit: 1 }, retries: 4 },
  ({ step }) => step.run("bring", () => {
    const ctx = ingestCtx();
    return ctx.providers.vendorsWith("yieldCurve").length === 0 ? { received: 0, changed: 0, rejected: 0 } : orStopRetrying(ingestYieldCurve(ctx));
  }),
);
