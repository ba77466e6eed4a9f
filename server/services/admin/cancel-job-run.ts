import type { JobRunInput } from "@/server/contracts/job";
import { AppError } from "@/server/domain/app-error";
import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";

/** Asks the local runner to end a run. A call that is at work runs on, and what comes of it is dropped. */
export async function cancelJobRun(ctx: UserCtx, { runId }: JobRunInput): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const run = await tx.runnerRun.findUnique({ where: { id: runId }, select: { status: true, functionId: true } });
    if (!run) throw new AppError("NOT_FOUND", "No such run", { field: "runId" });
    if (run.status !== "RUNNING") throw new AppError("RULE_VIOLATED", "This run has ended already", { field: "runId", reason: "RUN_ENDED" });
    await ctx.emit(tx, { name: "runner/cancel-requested", data: { runId } });
    await recordAudit(tx, ctx, { action: "job.cancelled", actorId: ctx.user.id, subjectId: null, details: { runId, functionId: run.functionId } });
  });
}
