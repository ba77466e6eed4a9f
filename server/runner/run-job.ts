import { setTimeout as wait } from "node:timers/promises";
import { isDatabaseDown } from "@/server/platform/database-down";
import { decideRetry, maxAttempts } from "@/server/domain/runner/retry-decision";
import { applyOutcome } from "./apply-outcome";
import { callApp, retriesOf, type CallOutcome } from "./call-app";
import { exchangeHttp } from "./http-exchange";
import { gatewayJob, type FunctionConfig } from "./inngest-payload";
import { releaseJob, settleJob, type Job, type JobEnd } from "./job-queue";
import { completeStep, type Memo } from "./run-record";
import type { RunnerCtx } from "./runner-ctx";

const DONE: JobEnd = { done: true };
const GATEWAY_WITHIN_MS = 5 * 60_000;
const JOB_AGAIN_MS = 5_000;
const DATABASE_AGAIN_MS = 500;

/** Does a job and settles what came of it; the job to go on with, when the lease goes on. Whatever goes wrong, the job goes back to the queue. */
export async function runJob(ctx: RunnerCtx, job: Job, signal: AbortSignal): Promise<Job | null> {
  try {
    return await doJob(ctx, job, signal);
  } catch (error) {
    if (signal.aborted) return null;
    ctx.log.error({ event: "job failed", name: job.functionId, runId: job.runId, kind: job.kind, err: error });
    const failure: CallOutcome = { kind: "failed", error: { name: "RunnerError", message: error instanceof Error ? error.message : String(error) }, noRetry: false, retryAfter: null };
    const isCall = job.kind === "DISCOVER" || job.kind === "STEP";
    const handled = settle(ctx, job, signal, async (tx, run, current) => {
      const config = ctx.functions.get(job.functionId);
      return isCall && config ? applyOutcome(ctx, tx, run, current, config, failure) : { done: false, inMs: JOB_AGAIN_MS, attempt: current.attempt, refusedSince: null };
    });
    return handled.catch(async (again: unknown) => {
      ctx.log.error({ event: "job given back", runId: job.runId, err: again });
      await releaseJob(ctx, job, JOB_AGAIN_MS).catch(() => undefined);
      return null;
    });
  }
}

/** Settles, however long the database is away: what a step did must not be lost for that. */
async function settle(ctx: RunnerCtx, job: Job, signal: AbortSignal, apply: Parameters<typeof settleJob>[2]): Promise<Job | null> {
  for (;;) {
    try {
      return await settleJob(ctx, job, apply);
    } catch (error) {
      if (!isDatabaseDown(error) || signal.aborted) throw error;
      ctx.log.warn({ event: "database away; the outcome of a job is kept", runId: job.runId });
      await wait(DATABASE_AGAIN_MS);
    }
  }
}

async function doJob(ctx: RunnerCtx, job: Job, signal: AbortSignal): Promise<Job | null> {
  switch (job.kind) {
    case "WAKE":
      return completeWith(ctx, job, signal, { data: null });
    case "TIMEOUT":
      return settleTimeout(ctx, job, signal);
    case "GATEWAY":
      return settleGateway(ctx, job, signal, await gatewayMemo(job, signal));
    default:
      return callAndSettle(ctx, job, signal);
  }
}

async function callAndSettle(ctx: RunnerCtx, job: Job, signal: AbortSignal): Promise<Job | null> {
  const config = ctx.functions.get(job.functionId);
  const startedAt = performance.now();
  const outcome = config ? await callApp(ctx, job, config, signal) : null;
  // What was cut off by our own end says nothing of the app; the next process makes the call again.
  if (signal.aborted) return null;
  const next = await settle(ctx, job, signal, async (tx, run, current) => {
    if (!config || !outcome) return { done: false, inMs: JOB_AGAIN_MS, attempt: job.attempt, refusedSince: null };
    // A branch that was done by another way, such as a call that was made twice.
    if (job.kind === "STEP" && run.stack.includes(job.stepId)) return DONE;
    return applyOutcome(ctx, tx, run, current, config, outcome);
  });
  if (outcome) logCall(ctx, job, outcome, Math.round(performance.now() - startedAt));
  return next;
}

function logCall({ log }: RunnerCtx, job: Job, outcome: CallOutcome, durationMs: number): void {
  const line = { event: "call", name: job.functionId, runId: job.runId, attempt: job.attempt, durationMs };
  if (outcome.kind === "refused") log.warn({ ...line, code: "UPSTREAM_UNAVAILABLE", message: outcome.reason });
  else if (outcome.kind === "failed") log.warn({ ...line, code: "FAILED", message: outcome.error.message.slice(0, 500) });
  else log.debug({ ...line, code: outcome.kind === "ops" ? outcome.ops.map(({ op }) => op).join(",") : "OK" });
}

const completeWith = (ctx: RunnerCtx, job: Job, signal: AbortSignal, memo: Memo) =>
  settle(ctx, job, signal, async (tx, run) => {
    await completeStep(tx, run, job.stepId, memo, { attempts: job.attempt + 1 });
    return DONE;
  });

/** Nothing came: an event or signal is null then, an invoked function an error. */
const settleTimeout = (ctx: RunnerCtx, job: Job, signal: AbortSignal) =>
  settle(ctx, job, signal, async (tx, run) => {
    const { rows } = await tx.client.query<{ op: string }>("SELECT op FROM runner_step WHERE run_id = $1 AND step_id = $2", [job.runId, job.stepId]);
    const memo: Memo = rows[0]?.op === "InvokeFunction" ? { error: { name: "Error", message: "The invoked function did not end in time" } } : { data: null };
    await completeStep(tx, run, job.stepId, memo);
    return DONE;
  });

async function gatewayMemo(job: Job, signal: AbortSignal): Promise<Memo> {
  try {
    const { url, method, headers, body, isModel } = gatewayJob.parse(job.payload);
    const answer = await exchangeHttp(new URL(url), { method: method ?? "GET", headers: headers ?? {}, body: body ?? undefined, timeoutMs: GATEWAY_WITHIN_MS, signal });
    if (isModel && (answer.status < 200 || answer.status > 299)) return { error: { name: "AIGatewayError", message: `The model answered with ${answer.status}: ${answer.text.slice(0, 500)}` } };
    if (isModel) return { data: JSON.parse(answer.text) as unknown };
    return { data: { url, status_code: answer.status, headers: answer.headers, body: answer.text } };
  } catch (error) {
    return { error: { name: "FetchError", message: error instanceof Error ? error.message : String(error) } };
  }
}

/** A request that got no answer is tried again as often as the function's steps are. */
const settleGateway = (ctx: RunnerCtx, job: Job, signal: AbortSignal, memo: Memo) =>
  settle(ctx, job, signal, async (tx, run) => {
    const config: FunctionConfig | undefined = ctx.functions.get(job.functionId);
    const decision = decideRetry({ attempt: job.attempt, maxAttempts: maxAttempts(config && retriesOf(config)), noRetry: !("error" in memo), retryAfter: null, nowMs: ctx.now().getTime(), spread: ctx.spread() });
    if (decision.retry) return { done: false, inMs: decision.delayMs * ctx.pace, attempt: job.attempt + 1, refusedSince: null };
    await completeStep(tx, run, job.stepId, memo, { attempts: job.attempt + 1 });
    return DONE;
  });
