import { endRun, type RunEnd } from "./end-run";
import { lockRun } from "./run-record";
import type { RunnerCtx } from "./runner-ctx";
import { inTransaction } from "./runner-transaction";

const AT_ONCE = 100;

const TOO_LATE: RunEnd = { status: "CANCELLED", error: { name: "Cancelled", message: "Cancelled because it did not start in time" } };
export const TOO_LONG: RunEnd = { status: "CANCELLED", error: { name: "Cancelled", message: "Cancelled because it did not finish in time" } };

/** Cancels the runs whose time to start or to finish is over. One with a call at work ends with that call, which may still complete it. */
export function endOverdue(ctx: RunnerCtx): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const { rows } = await tx.client.query<{ id: string; started: boolean }>({
      name: "overdue-runs",
      text: `SELECT r.id, r.started_at IS NOT NULL AS started FROM runner_run r
             WHERE r.status = 'RUNNING' AND (r.start_by <= clock_timestamp() OR (r.finish_by <= clock_timestamp()
               AND NOT EXISTS (SELECT FROM runner_job j WHERE j.run_id = r.id AND j.kind IN ('DISCOVER', 'STEP') AND j.leased_by IS NOT NULL)))
             ORDER BY r.id LIMIT $1 FOR UPDATE SKIP LOCKED`,
      values: [AT_ONCE],
    });
    for (const { id, started } of rows) {
      const run = await lockRun(tx, id);
      if (run) await endRun(ctx, tx, run, started ? TOO_LONG : TOO_LATE);
    }
    return rows.length;
  });
}

/** Milliseconds until the next time-out; null when there is none. Those gone by belong to calls at work, or to the question before this one. */
export async function nextOverdueInMs({ pool }: RunnerCtx): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>({
    name: "next-overdue",
    text: `SELECT (extract(epoch FROM least(
               (SELECT min(start_by) FROM runner_run WHERE start_by > clock_timestamp() - interval '50 milliseconds'),
               (SELECT min(finish_by) FROM runner_run WHERE finish_by > clock_timestamp() - interval '50 milliseconds')) - clock_timestamp()) * 1000)::float8 AS ms`,
  });
  const ms = rows[0]?.ms ?? null;
  return ms === null ? null : Math.max(ms, 10);
}
