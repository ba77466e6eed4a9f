import type { ClientBase } from "pg";

/** What works alone holds an advisory lock for as long as it lives; the numbers are arbitrary and only have to stay. */
export const RUN_LOCKS = { import: 6_398_411, seed: 6_398_412 } as const;
export type RunKind = keyof typeof RUN_LOCKS;

/** Runs of each kind. The seed simulates and estimates too; should one of these be alive outside of it, it corrects its row when it ends. */
const RUNS_OF: Readonly<Record<RunKind, string>> = {
  import: "provider = 'import'",
  seed: "scope LIKE 'seed: %' OR provider IN ('simulator', 'graph-estimator')",
};
const WHY = "Interrupted: the process ended before the run did.";

/** Closes the runs that a killed process left open. To be called by the holder of the lock of their kind: nobody else can be at work on them. */
export async function closeInterruptedRuns(client: ClientBase, kind: RunKind, now: Date): Promise<number> {
  const { rowCount } = await client.query(`UPDATE ingestion_run SET status = 'FAILED', finished_at = $1, error = $2 WHERE status = 'RUNNING' AND (${RUNS_OF[kind]})`, [now, WHY]);
  return rowCount ?? 0;
}

/** Closes what killed processes of any kind left open; runs of a kind that is at work are left to it. */
export async function closeAllInterruptedRuns(client: ClientBase, now: Date): Promise<number> {
  let closed = 0;
  for (const kind of Object.keys(RUN_LOCKS) as RunKind[]) {
    const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1) AS locked", [RUN_LOCKS[kind]]);
    if (!rows[0]?.locked) continue;
    try {
      closed += await closeInterruptedRuns(client, kind, now);
    } finally {
      await client.query("SELECT pg_advisory_unlock($1)", [RUN_LOCKS[kind]]);
    }
  }
  return closed;
}
