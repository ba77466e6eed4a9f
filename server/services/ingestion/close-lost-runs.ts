import type { FiguresCtx } from "@/server/services/ctx";

/** No pull takes so long: its step would have been given up long before. */
const LONGEST_RUN_MS = 6 * 3_600_000;
const WHY = "Interrupted: the process ended before the run did.";

/** Closes the rows of pulls whose process was killed; what they brought is stored in whole steps, and the next pull makes up for the rest. Imports and seeds close their own. */
export async function closeLostRuns(ctx: FiguresCtx): Promise<number> {
  const { count } = await ctx.db.ingestionRun.updateMany({
    where: { status: "RUNNING", startedAt: { lt: new Date(ctx.now().getTime() - LONGEST_RUN_MS) }, provider: { notIn: ["import", "simulator", "graph-estimator"] }, NOT: { scope: { startsWith: "seed: " } } },
    data: { status: "FAILED", finishedAt: ctx.now(), error: WHY },
  });
  return count;
}
