import type { RunnerRunStatus } from "@/prisma/generated/client";
import type { JobFunctionDto } from "@/server/contracts/job";
import type { Ctx } from "@/server/services/ctx";

const DAY_MS = 86_400_000;

type Trigger = { event?: unknown; cron?: unknown };
type Figures = { functionId: string; running: number; failed: number; lastId: string; lastStatus: RunnerRunStatus; lastQueuedAt: Date };

/** The background functions that the app offered last, with what starts them, when a clock does so next, and how they fared. */
export async function listJobFunctions(ctx: Pick<Ctx, "db" | "now">): Promise<{ items: JobFunctionDto[] }> {
  const [functions, figures] = await Promise.all([
    ctx.db.runnerFunction.findMany({ include: { crons: { orderBy: { expression: "asc" } } }, orderBy: { id: "asc" } }),
    // One pass over the runs that are kept, instead of one for each function.
    ctx.db.$queryRaw<Figures[]>`
      SELECT g.function_id AS "functionId", g.running, g.failed, last.id AS "lastId", last.status::text AS "lastStatus", last.queued_at AS "lastQueuedAt"
      FROM (SELECT function_id, max(id) AS last_id, count(*) FILTER (WHERE status = 'RUNNING')::int AS running,
                   count(*) FILTER (WHERE status = 'FAILED' AND queued_at >= ${new Date(ctx.now().getTime() - DAY_MS)})::int AS failed
            FROM runner_run GROUP BY function_id) g
      JOIN runner_run last ON last.id = g.last_id`,
  ]);
  const known = new Map(figures.map((row) => [row.functionId, row]));
  return {
    items: functions.map(({ id, config, syncedAt, crons }) => {
      const told = known.get(id);
      return {
        id,
        events: eventsOf(config),
        crons: crons.map(({ expression, nextAt }) => ({ expression, nextAt: nextAt.toISOString() })),
        syncedAt: syncedAt.toISOString(),
        running: told?.running ?? 0,
        failedInDay: told?.failed ?? 0,
        last: told ? { runId: told.lastId, status: told.lastStatus, queuedAt: told.lastQueuedAt.toISOString() } : null,
      };
    }),
  };
}

/** The runner stores what it understood of a function; of its triggers those that are events. */
function eventsOf(config: unknown): string[] {
  const { triggers } = (config ?? {}) as { triggers?: unknown };
  return Array.isArray(triggers) ? (triggers as Trigger[]).flatMap(({ event }) => (typeof event === "string" ? [event] : [])) : [];
}
