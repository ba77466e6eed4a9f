import type { RunnerCtx } from "./runner-ctx";

export type Pruned = { runs: number; events: number; outbox: number; limits: number };

const BATCH = 2_000;

/** Removes what was finished more than `keepDays` ago, in batches that hold no lock for long. */
export async function pruneHistory({ pool, keepDays, now }: Pick<RunnerCtx, "pool" | "keepDays" | "now">): Promise<Pruned> {
  const before = new Date(now().getTime() - keepDays * 86_400_000);
  const remove = async (table: string, condition: string) => {
    let removed = 0;
    for (;;) {
      const { rowCount } = await pool.query(`DELETE FROM ${table} t WHERE t.id IN (SELECT id FROM ${table} t WHERE ${condition} LIMIT ${BATCH})`, [before]);
      removed += rowCount ?? 0;
      if ((rowCount ?? 0) < BATCH) return removed;
    }
  };
  // A run whose function was taken out of the app would wait for good.
  await pool.query(
    `WITH gone AS (UPDATE runner_run r SET status = 'FAILED', ended_at = clock_timestamp(), error = '{"name": "FunctionGone", "message": "The app does not offer this function any more"}'
       WHERE r.status = 'RUNNING' AND r.queued_at < $1 AND NOT EXISTS (SELECT FROM runner_function f WHERE f.id = r.function_id) RETURNING r.id)
     DELETE FROM runner_job j USING gone WHERE j.run_id = gone.id`,
    [before],
  );
  await pool.query("DELETE FROM runner_hold h WHERE h.due_at < $1 AND NOT EXISTS (SELECT FROM runner_function f WHERE f.id = h.function_id)", [before]);
  const { rowCount: limits } = await pool.query("DELETE FROM runner_limit WHERE arrival_ms < (extract(epoch FROM clock_timestamp()) * 1000)::float8");
  return {
    runs: await remove("runner_run", "t.ended_at < $1"),
    // An event that a run still works on, or that waits to start one, stays.
    events: await remove("runner_event", "t.received_at < $1 AND NOT EXISTS (SELECT FROM runner_run r WHERE r.event_id = t.id) AND NOT EXISTS (SELECT FROM runner_hold h WHERE t.id = ANY(h.event_ids))"),
    outbox: await remove("outbox_event", "t.sent_at < $1"),
    // A rate that is not in use is one that nobody asked for.
    limits: limits ?? 0,
  };
}
