import type { JobRunDetailDto, JobRunInput } from "@/server/contracts/job";
import { AppError } from "@/server/domain/app-error";
import type { Ctx } from "@/server/services/ctx";
import { toJobRunDto, toShownError } from "./job-run-rows";

/** One run with its steps and what of it waits. */
export async function getJobRun(ctx: Pick<Ctx, "db">, { runId }: JobRunInput): Promise<JobRunDetailDto> {
  const run = await ctx.db.runnerRun.findUnique({
    where: { id: runId },
    include: { steps: { orderBy: [{ plannedAt: "asc" }, { stepId: "asc" }] }, jobs: { orderBy: [{ runAt: "asc" }, { id: "asc" }] } },
  });
  if (!run) throw new AppError("NOT_FOUND", "No such run", { field: "runId" });
  const [event] = run.events as { data?: Record<string, unknown> }[];
  return {
    ...toJobRunDto(run),
    eventData: event?.data ?? {},
    output: run.output ?? null,
    steps: run.steps.map(({ name, op, attempts, plannedAt, doneAt, memo }) => ({
      name, op, attempts,
      plannedAt: plannedAt.toISOString(),
      doneAt: doneAt?.toISOString() ?? null,
      error: toShownError((memo as { error?: unknown } | null)?.error),
    })),
    waiting: run.jobs.map(({ kind, runAt, attempt, leasedBy }) => ({ kind, dueAt: runAt.toISOString(), attempt, running: leasedBy !== null })),
  };
}
