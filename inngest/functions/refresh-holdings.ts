import { holdingManagers, ingestCtx } from "@/server/runtime";
import { ingestHoldings } from "@/server/services/ingestion/ingest-holdings";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";

/** Every Saturday: asks for the newest 13F of each manager of the list. They are filed within 45 days of a quarter's end. */
export const refreshHoldings = inngest.createFunction(
  { id: "refresh-holdings", triggers: [{ cron: "TZ=America/New_York 0 8 * * 6" }], concurrency: { limit: 1 }, retries: 2 },
  async ({ step }) => {
    const managers = await step.run("managers", async () => {
      const ctx = ingestCtx();
      if (ctx.providers.vendorsWith("holdings").length === 0) return [];
      // A manager that is no company of ours has no place in the graph.
      return (await ctx.db.company.findMany({ where: { cik: { in: [...holdingManagers()] }, node: { isNot: null } }, select: { cik: true }, distinct: ["cik"] })).flatMap(({ cik }) => cik ?? []);
    });
    if (managers.length > 0) await step.sendEvent("ask for each", managers.map((managerCik) => ({ name: "holdings/requested", data: { managerCik } })));
    return { managers: managers.length };
  },
);

/** Brings the holdings of one manager. */
export const refreshManagerHoldings = inngest.createFunction(
  { id: "refresh-manager-holdings", triggers: [{ event: "holdings/requested" }], concurrency: [{ limit: 1 }, { key: "event.data.managerCik", limit: 1 }], throttle: { limit: 30, period: "1m" }, retries: 4 },
  ({ event, step }) => step.run("bring", () => orStopRetrying(ingestHoldings(ingestCtx(), { managerCik: String((event.data as { managerCik: string }).managerCik) }))),
);
