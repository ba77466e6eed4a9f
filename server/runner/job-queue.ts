import { claimWithinLimits, fullKeys, type LimitedCall } from "@/server/domain/runner/claim-within-limits";
import { lockRun, saveRun, type RunRecord } from "./run-record";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";
import { inTransaction } from "./runner-transaction";

/** A job that this process holds. */
export type Job = LimitedCall & {
  id: string;
  runId: string;
  functionId: string;
  kind: "DISCOVER" | "STEP" | "WAKE" | "TIMEOUT" | "GATEWAY";
  stepId: string;
  attempt: number;
  /** The number of this lease: what comes of an earlier one is refused. */
  generation: number;
  refusedSince: Date | null;
  payload: unknown;
};

/** How a job ends: it is done, or tried again later. */
export type JobEnd = { done: true } | { done: false; inMs: number; attempt: number; refusedSince: Date | null };

const IS_CALL = "j.kind IN ('DISCOVER', 'STEP')";
const COLUMNS = `j.id, j.run_id AS "runId", r.function_id AS "functionId", j.kind, j.step_id AS "stepId", j.attempt, j.generation, j.refused_since AS "refusedSince", j.payload,
  CASE WHEN ${IS_CALL} THEN r.limit_keys ELSE '{}' END AS "limitKeys", CASE WHEN ${IS_CALL} THEN r.limit_sizes ELSE '{}' END AS "limitSizes"`;

/** Takes up to `capacity` jobs that are due, as far as concurrency limits leave room beside those at work. There is one taker at a time: the leader. */
export async function claimJobs(ctx: RunnerCtx, running: readonly Job[], capacity: number): Promise<Job[]> {
  const client = await ctx.pool.connect();
  try {
    // A call whose function the app does not offer at the moment waits for it.
    const { rows: due } = await client.query<Job>({
      name: "due-jobs",
      text: `SELECT ${COLUMNS} FROM runner_job j JOIN runner_run r ON r.id = j.run_id
             WHERE j.run_at <= clock_timestamp() AND j.leased_by IS NULL
               AND (NOT ${IS_CALL} OR (NOT r.limit_keys && $1 AND EXISTS (SELECT FROM runner_function f WHERE f.id = r.function_id)))
             ORDER BY j.run_at, j.id LIMIT $2`,
      values: [fullKeys(running), capacity * 4],
    });
    const chosen = claimWithinLimits(due, running).slice(0, capacity);
    if (chosen.length === 0) return [];
    const { rows } = await client.query<{ id: string; generation: number }>({
      name: "lease-jobs",
      text: `UPDATE runner_job SET leased_by = $2, leased_at = clock_timestamp(), generation = generation + 1
             WHERE id = ANY($1) AND leased_by IS NULL RETURNING id, generation`,
      values: [chosen.map(({ id }) => id), ctx.processId],
    });
    const leased = new Map(rows.map(({ id, generation }) => [id, generation]));
    return chosen.flatMap((job) => (leased.has(job.id) ? [{ ...job, generation: leased.get(job.id)! }] : []));
  } finally {
    client.release();
  }
}

/**
 * Milliseconds until the next job is due that no one holds; null when none waits. One that became due a moment ago counts as well:
 * the claim before this question may just have missed it. Those due for longer wait for room, which wakes the queue by itself.
 */
export async function nextDueInMs({ pool }: RunnerCtx): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>({
    name: "next-due",
    text: "SELECT (extract(epoch FROM min(run_at) - clock_timestamp()) * 1000)::float8 AS ms FROM runner_job WHERE leased_by IS NULL AND run_at > clock_timestamp() - interval '250 milliseconds'",
  });
  const ms = rows[0]?.ms ?? null;
  return ms === null ? null : Math.max(ms, 10);
}

/** Frees what a process that is gone was holding; what this one holds stays, also when it lost the lead for a moment. */
export const freeLeases = ({ pool, processId }: RunnerCtx) => pool.query("UPDATE runner_job SET leased_by = NULL, leased_at = NULL WHERE leased_by <> $1", [processId]);

/** Gives a job back that could not be settled. */
export const releaseJob = ({ pool, processId }: RunnerCtx, { id, generation }: Job, inMs: number) =>
  pool.query(
    "UPDATE runner_job SET leased_by = NULL, leased_at = NULL, run_at = clock_timestamp() + $4 * interval '1 millisecond' WHERE id = $1 AND generation = $2 AND leased_by = $3",
    [id, generation, processId, inMs],
  );

/** Locks the run and then the job of a lease, if the lease still holds; null when it was given up, or the run is over. */
export async function lockLease(ctx: RunnerCtx, tx: RunnerTx, job: Pick<Job, "id" | "runId" | "generation">): Promise<{ run: RunRecord; attempt: number } | null> {
  const run = await lockRun(tx, job.runId);
  const { rows } = await tx.client.query<{ ours: boolean; attempt: number }>({
    name: "lock-lease",
    text: "SELECT generation = $2 AND leased_by = $3 AS ours, attempt FROM runner_job WHERE id = $1 FOR UPDATE",
    values: [job.id, job.generation, ctx.processId],
  });
  return run && rows[0]?.ours && run.status === "RUNNING" ? { run, attempt: rows[0].attempt } : null;
}

/**
 * Applies what came of a job in one transaction and ends the job. A discovery that leads to another keeps its lease, which
 * spares a turn of the queue; it is returned.
 */
export function settleJob(ctx: RunnerCtx, leased: Job, apply: (tx: RunnerTx, run: RunRecord, job: Job) => Promise<JobEnd>): Promise<Job | null> {
  return inTransaction(ctx, async (tx) => {
    const held = await lockLease(ctx, tx, leased);
    if (!held) return null;
    const { run } = held;
    // A checkpoint may have begun the attempts anew.
    const job = { ...leased, attempt: held.attempt };
    const end = await apply(tx, run, job);
    if (run.status !== "RUNNING") return null;
    if (!end.done) {
      await saveRun(tx, run);
      await tx.client.query({
        name: "retry-job",
        text: `UPDATE runner_job SET leased_by = NULL, leased_at = NULL, attempt = $2, refused_since = $3, run_at = clock_timestamp() + $4 * interval '1 millisecond' WHERE id = $1`,
        values: [job.id, end.attempt, end.refusedSince, end.inMs],
      });
      return null;
    }
    if (job.kind !== "DISCOVER") {
      await saveRun(tx, run);
      await tx.client.query({ name: "end-job", text: "DELETE FROM runner_job WHERE id = $1", values: [job.id] });
      return null;
    }
    const wanted = run.discover;
    run.discover = false;
    await saveRun(tx, run);
    const { rows } = await tx.client.query<{ generation: number }>({
      name: "keep-discovery",
      text: "UPDATE runner_job SET again = false, attempt = 0, refused_since = NULL, generation = generation + 1, leased_at = clock_timestamp() WHERE id = $1 AND (again OR $2) RETURNING generation",
      values: [job.id, wanted],
    });
    if (rows[0]) return { ...job, attempt: 0, refusedSince: null, generation: rows[0].generation };
    await tx.client.query({ name: "end-job", text: "DELETE FROM runner_job WHERE id = $1", values: [job.id] });
    return null;
  });
}
