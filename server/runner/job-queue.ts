import { claimWithinLimits, fullKeys, type LimitedCall, type ThrottleState } from "@/server/domain/runner/claim-within-limits";
import { durationTextMs } from "@/server/domain/runner/duration-text";
import { orderByPriority, type PriorityCall } from "@/server/domain/runner/order-by-priority";
import { throttleRate } from "@/server/domain/runner/take-from-rate";
import { TOO_LONG } from "./end-overdue";
import { endRun } from "./end-run";
import { pacedMs } from "./paced-ms";
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
const NOW_MS = "(extract(epoch FROM clock_timestamp()) * 1000)::float8";
const COLUMNS = `j.id, j.run_id AS "runId", r.function_id AS "functionId", j.kind, j.step_id AS "stepId", j.attempt, j.generation, j.refused_since AS "refusedSince", j.payload,
  CASE WHEN ${IS_CALL} THEN r.limit_keys ELSE '{}' END AS "limitKeys", CASE WHEN ${IS_CALL} THEN r.limit_sizes ELSE '{}' END AS "limitSizes",
  (extract(epoch FROM j.run_at) * 1000)::float8 AS "runAtMs", r.priority, r.started_at IS NOT NULL AS "isStarted", r.throttle_key AS "throttleKey", l.arrival_ms AS "arrivalMs", ${NOW_MS} AS "nowMs"`;

// A call waits while its function is not offered by the app, its throttle has no room, or its run is about to be cancelled because it takes too long.
const DUE = `FROM runner_job j JOIN runner_run r ON r.id = j.run_id LEFT JOIN runner_limit l ON l.key = r.throttle_key AND r.started_at IS NULL
  WHERE j.run_at <= clock_timestamp() AND j.leased_by IS NULL
    AND (NOT ${IS_CALL} OR (NOT r.limit_keys && $1 AND EXISTS (SELECT FROM runner_function f WHERE f.id = r.function_id)
      AND (l.free_ms IS NULL OR l.free_ms <= ${NOW_MS}) AND (r.start_by IS NULL OR r.start_by > clock_timestamp()) AND (r.finish_by IS NULL OR r.finish_by > clock_timestamp())))`;

type DueJob = Job & PriorityCall & { isStarted: boolean; throttleKey: string | null; arrivalMs: number | null; nowMs: number };

/** Takes up to `capacity` jobs that are due, as far as limits leave room beside those at work. There is one taker at a time: the leader. */
export async function claimJobs(ctx: RunnerCtx, running: readonly Job[], capacity: number): Promise<Job[]> {
  const due = await dueJobs(ctx, fullKeys(running), capacity * 4);
  if (due.length === 0) return [];
  const throttled = due.map((job) => ({ ...job, throttle: throttleOf(ctx, job) }));
  const arrivals = new Map(due.flatMap(({ throttleKey, arrivalMs }) => (throttleKey !== null && arrivalMs !== null ? [[throttleKey, arrivalMs] as const] : [])));
  const { calls, throttles } = claimWithinLimits(throttled, { running, capacity, arrivals, nowMs: due[0]!.nowMs });
  return calls.length === 0 ? [] : leaseJobs(ctx, calls, throttles);
}

async function dueJobs({ pool, functions }: RunnerCtx, full: readonly string[], limit: number): Promise<DueJob[]> {
  const { rows: firstCome } = await pool.query<DueJob>({ name: "due-jobs", text: `SELECT ${COLUMNS} ${DUE} ORDER BY j.run_at, j.id LIMIT $2`, values: [full, limit] });
  const prioritised = functions.all().flatMap(({ id, priority }) => (priority?.run ? [id] : []));
  if (firstCome.length === 0 || prioritised.length === 0) return firstCome;
  const { rows: foremost } = await pool.query<DueJob>({
    name: "foremost-jobs",
    text: `SELECT ${COLUMNS} ${DUE} AND r.function_id = ANY($3) ORDER BY j.run_at - greatest(r.priority, 0) * interval '1 second', j.id LIMIT $2`,
    values: [full, limit, prioritised],
  });
  return orderByPriority(firstCome, foremost);
}

/** Only the first call of a run counts for its throttle. */
function throttleOf({ functions, pace }: RunnerCtx, { functionId, isStarted, throttleKey }: DueJob): LimitedCall["throttle"] {
  const throttle = functions.get(functionId)?.throttle;
  if (isStarted || !throttleKey || !throttle) return null;
  return { key: throttleKey, rate: throttleRate({ ...throttle, periodMs: (durationTextMs(throttle.period) ?? 0) * pace }) };
}

/** Takes the jobs, notes what their throttles keep and which runs they start, all or nothing. */
async function leaseJobs(ctx: RunnerCtx, jobs: readonly DueJob[], throttles: ReadonlyMap<string, ThrottleState>): Promise<Job[]> {
  const starting = jobs.filter(({ kind, isStarted }) => kind === "DISCOVER" && !isStarted);
  const finishMs = starting.map(({ functionId }) => pacedMs(ctx, ctx.functions.get(functionId)?.timeouts?.finish));
  const { rows } = await ctx.pool.query<{ id: string; generation: number }>({
    name: "lease-jobs",
    // A run that somebody is changing right now, such as to cancel it, starts at another time.
    text: `WITH starting AS (SELECT id FROM runner_run WHERE id = ANY($3) ORDER BY id FOR UPDATE SKIP LOCKED),
             leased AS (
               UPDATE runner_job SET leased_by = $2, leased_at = clock_timestamp(), generation = generation + 1
               WHERE id = ANY($1) AND leased_by IS NULL AND (run_id <> ALL($3) OR run_id IN (SELECT id FROM starting)) RETURNING id, run_id, generation),
             started AS (
               UPDATE runner_run r SET started_at = clock_timestamp(), start_by = NULL, finish_by = clock_timestamp() + s.ms * interval '1 millisecond'
               FROM unnest($3::text[], $4::float8[]) s(id, ms) WHERE r.id = s.id AND r.id IN (SELECT run_id FROM leased)),
             throttled AS (
               INSERT INTO runner_limit (key, arrival_ms, free_ms, is_waited) SELECT t.*, true FROM unnest($5::text[], $6::float8[], $7::float8[]) t
               ON CONFLICT (key) DO UPDATE SET arrival_ms = excluded.arrival_ms, free_ms = excluded.free_ms)
           SELECT id, generation FROM leased`,
    values: [
      jobs.map(({ id }) => id), ctx.processId, starting.map(({ runId }) => runId), finishMs,
      [...throttles.keys()], [...throttles.values()].map(({ arrivalMs }) => arrivalMs), [...throttles.values()].map(({ freeMs }) => freeMs),
    ],
  });
  if (finishMs.some((ms) => ms !== null)) ctx.wakeTimers();
  const leased = new Map(rows.map(({ id, generation }) => [id, generation]));
  return jobs.flatMap((job) => (leased.has(job.id) ? [{ ...job, generation: leased.get(job.id)! }] : []));
}

/**
 * Milliseconds until the next job is due that no one holds, or a throttle has room; null when none waits. One that became due a moment ago counts as well:
 * the claim before this question may just have missed it. Those due for longer wait for room, which wakes the queue by itself.
 */
export async function nextDueInMs({ pool }: RunnerCtx): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>({
    name: "next-due",
    text: `SELECT least(
             (SELECT (extract(epoch FROM min(run_at)) * 1000)::float8 FROM runner_job WHERE leased_by IS NULL AND run_at > clock_timestamp() - interval '250 milliseconds'),
             (SELECT min(free_ms) FROM runner_limit WHERE is_waited AND free_ms > ${NOW_MS} - 50)) - ${NOW_MS} AS ms`,
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
    if (run.overdue && (job.kind === "DISCOVER" || job.kind === "STEP")) {
      await endRun(ctx, tx, run, TOO_LONG);
      return null;
    }
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
