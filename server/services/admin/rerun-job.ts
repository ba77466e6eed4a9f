import type { JobRunInput } from "@/server/contracts/job";
import { AppError } from "@/server/domain/app-error";
import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";

/** Asks the local runner to make a run that has ended once more, with the same data and from its first step. */
export async function rerunJob(ctx: UserCtx, { runId }: JobRunInput): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const run = await tx.runnerRun.findUnique({ where: { id: runId }, select: { status: true, functionId: true } });
    if (!run) throw new AppError("NOT_FOUND", "No such run", { field: "runId" });
    if (run.status === "RUNNING") throw new AppError("RULE_VIOLATED", "This run has not ended yet", { field: "runId", reason: "RUN_GOES_ON" });
    if (!(await tx.runnerFunction.findUnique({ where: { id: run.functionId }, select: { id: true } }))) throw new AppError("RULE_VIOLATED", "The app does not offer this function any more", { field: "runId", reason: "FUNCTION_GONE" });
    await ctx.emit(tx, { name: "runner/rerun-requested", data: { runId } });
    await recordAudit(tx, ctx, { action: "job.rerun", actorId: ctx.user.id, subjectId: null, details: { runId, functionId: run.functionId } });
  });
}
