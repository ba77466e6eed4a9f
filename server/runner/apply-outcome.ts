import { createHash } from "node:crypto";
import { decideRetry, maxAttempts } from "@/server/domain/runner/retry-decision";
import { applyOps } from "./apply-ops";
import { retriesOf, type CallOutcome } from "./call-app";
import { endRun } from "./end-run";
import { toStoredError, type FunctionConfig, type Opcode, type StoredError } from "./inngest-payload";
import type { Job, JobEnd } from "./job-queue";
import { completeStep, type RunRecord } from "./run-record";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";

/** An app that restarts costs a function no attempt; one that stays away does, after this long. */
const REFUSED_FREE_MS = 5 * 60_000;
const REFUSED_AGAIN_MS = 1_000;
/** The id under which the SDK tells of the function itself. */
const FUNCTION_STEP_ID = createHash("sha1").update("complete").digest("hex");

const DONE: JobEnd = { done: true };

/** Decides what a call leads to: steps, another attempt, or the end of the run. */
export async function applyOutcome(ctx: RunnerCtx, tx: RunnerTx, run: RunRecord, job: Job, config: FunctionConfig, outcome: CallOutcome): Promise<JobEnd> {
  switch (outcome.kind) {
    case "completed":
      await endRun(ctx, tx, run, { status: "COMPLETED", output: outcome.output });
      return DONE;
    case "refused":
      return refused(ctx, tx, run, job, config, outcome.reason);
    case "failed":
      return failed(ctx, tx, run, job, config, outcome);
    case "ops":
      return takeOps(ctx, tx, run, job, config, outcome);
  }
}

type Failure = { error: StoredError; noRetry: boolean; retryAfter: string | null };

function refused(ctx: RunnerCtx, tx: RunnerTx, run: RunRecord, job: Job, config: FunctionConfig, reason: string): Promise<JobEnd> | JobEnd {
  const since = job.refusedSince ?? ctx.now();
  if (ctx.now().getTime() - since.getTime() < REFUSED_FREE_MS * ctx.pace) return { done: false, inMs: REFUSED_AGAIN_MS * ctx.pace, attempt: job.attempt, refusedSince: since };
  const failure = { error: { name: "AppUnreachable", message: `The app could not be reached: ${reason}` }, noRetry: false, retryAfter: null };
  return failed(ctx, tx, run, job, config, failure);
}

/** The function failed: again after a while, or for good. */
async function failed(ctx: RunnerCtx, tx: RunnerTx, run: RunRecord, job: Job, config: FunctionConfig, failure: Failure): Promise<JobEnd> {
  const again = nextAttempt(ctx, job, config, failure);
  if (again) return again;
  await endRun(ctx, tx, run, { status: "FAILED", error: failure.error });
  return DONE;
}

function nextAttempt(ctx: RunnerCtx, job: Job, config: FunctionConfig, { noRetry, retryAfter }: Failure): JobEnd | null {
  const decision = decideRetry({ attempt: job.attempt, maxAttempts: maxAttempts(retriesOf(config)), noRetry, retryAfter, nowMs: ctx.now().getTime(), spread: ctx.spread() });
  return decision.retry ? { done: false, inMs: decision.delayMs * ctx.pace, attempt: job.attempt + 1, refusedSince: null } : null;
}

async function takeOps(ctx: RunnerCtx, tx: RunnerTx, run: RunRecord, job: Job, config: FunctionConfig, outcome: Extract<CallOutcome, { kind: "ops" }>): Promise<JobEnd> {
  const { ops } = outcome;
  const whole = ops.find(({ op, id }) => op === "RunComplete" || ((op === "StepFailed" || op === "StepError") && id === FUNCTION_STEP_ID));
  if (whole?.op === "RunComplete") {
    await endRun(ctx, tx, run, { status: "COMPLETED", output: whole.data });
    return DONE;
  }
  if (whole) return failed(ctx, tx, run, job, config, { ...outcome, error: toStoredError(whole.error), noRetry: outcome.noRetry || whole.op === "StepFailed" });

  const broken = ops.find(({ op }) => op === "StepError" || op === "StepFailed");
  await applyOps(ctx, tx, run, job, ops.filter((op) => op !== broken));
  return broken ? takeFailedStep(ctx, tx, run, job, config, outcome, broken) : DONE;
}

/** A step failed: the same call again after a while, or its error is what the function gets for it. */
async function takeFailedStep(ctx: RunnerCtx, tx: RunnerTx, run: RunRecord, job: Job, config: FunctionConfig, outcome: Extract<CallOutcome, { kind: "ops" }>, step: Opcode): Promise<JobEnd> {
  const error = toStoredError(step.error);
  const again = nextAttempt(ctx, job, config, { error, noRetry: outcome.noRetry || step.op === "StepFailed", retryAfter: outcome.retryAfter });
  if (again) return again;
  await completeStep(tx, run, step.id, { error }, { name: step.displayName ?? step.name ?? "", attempts: job.attempt + 1 });
  return DONE;
}
