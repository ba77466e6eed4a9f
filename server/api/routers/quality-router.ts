import { barsFile, exportBarsInput, quarantinedBarPage, quarantineInput, restoreInput, sanityCheck, sanityCheckInput, setIssueInput } from "@/server/contracts/bar-quality";
import { done } from "@/server/contracts/admin";
import { pageInput } from "@/server/contracts/common";
import { exportBars } from "@/server/services/market/export-bars";
import { getSanityCheck } from "@/server/services/market/get-sanity-check";
import { listQuarantinedBars, quarantineBar, restoreBar, setIssueStatus } from "@/server/services/market/quarantine-bar";
import { adminProcedure, publicProcedure, router } from "../procedures";

const DONE = { done: true } as const;

/** How far stored prices can be relied on, and taking them along. */
export const qualityRouter = router({
  getSanityCheck: publicProcedure.meta({ rest: { method: "GET", path: "/market/sanity-check", summary: "Get what the checks of the stored bars found: scores of series and their faults", scope: "read", cacheSeconds: 60, example: { limit: 5 } } })
    .input(sanityCheckInput).output(sanityCheck).query(({ ctx, input }) => getSanityCheck(ctx, input)),
  exportBars: publicProcedure.meta({ rest: { method: "GET", path: "/market/historical/export", summary: "Export the bars of an instrument as CSV or JSON with their origin", scope: "read", cacheSeconds: 60, example: { symbol: "SPY", interval: "1mo", from: "2026-01-01" } } })
    .input(exportBarsInput).output(barsFile).query(({ ctx, input }) => exportBars(ctx, input)),
  listQuarantined: adminProcedure.input(pageInput).output(quarantinedBarPage).query(({ ctx, input }) => listQuarantinedBars(ctx, input)),
  quarantineBar: adminProcedure.input(quarantineInput).output(done).mutation(async ({ ctx, input }) => {
    await quarantineBar(ctx, input);
    return DONE;
  }),
  restoreBar: adminProcedure.input(restoreInput).output(done).mutation(async ({ ctx, input }) => {
    await restoreBar(ctx, input);
    return DONE;
  }),
  setIssueStatus: adminProcedure.input(setIssueInput).output(done).mutation(async ({ ctx, input }) => {
    await setIssueStatus(ctx, input);
    return DONE;
  }),
});
