import { randomUUID } from "node:crypto";
import { maxAttempts } from "@/server/domain/runner/retry-decision";
import { exchangeHttp, type HttpAnswer } from "./http-exchange";
import { opcodes, streamedAnswer, toStoredError, type EventBody, type FunctionConfig, type Opcode, type StoredError } from "./inngest-payload";
import type { Job } from "./job-queue";
import type { RunnerCtx } from "./runner-ctx";
import { signRequest } from "./signed-request";

/** The longest that a step may take; Inngest's own limit. */
const STEP_WITHIN_MS = 2 * 60 * 60 * 1_000;

export type CallOutcome =
  | { kind: "completed"; output: unknown }
  | { kind: "ops"; ops: Opcode[]; noRetry: boolean; retryAfter: string | null }
  | { kind: "failed"; error: StoredError; noRetry: boolean; retryAfter: string | null }
  /** The app was not reached, or somebody else answered: nothing is known of the function. */
  | { kind: "refused"; reason: string };

type CallState = { events: EventBody[]; stack: string[]; forcePlan: boolean; steps: Record<string, unknown> };

/** Calls the function of a job, for what comes next or for one step, and reads the answer. Null when the run is gone. */
export async function callApp(ctx: RunnerCtx, job: Job, config: FunctionConfig, signal: AbortSignal): Promise<CallOutcome | null> {
  const state = await loadState(ctx, job.runId);
  if (!state) return null;
  const { body, headers } = signRequest(callBody(job, config, state, ctx.checkpoints), ctx.signingKey, ctx.now());
  const url = new URL(ctx.appUrl);
  url.search = new URL(Object.values(config.steps)[0]!.runtime.url).search;
  const stepId = job.kind === "STEP" ? job.stepId : "step";
  url.searchParams.set("stepId", stepId);
  try {
    const answer = await exchangeHttp(url, {
      method: "POST", body, signal, timeoutMs: STEP_WITHIN_MS,
      headers: { ...headers, "x-run-id": job.runId, "x-inngest-step-id": stepId, "x-inngest-req-version": "2", "x-request-id": randomUUID() },
    });
    return readAnswer(answer);
  } catch (error) {
    return { kind: "refused", reason: error instanceof Error ? error.message : String(error) };
  }
}

async function loadState({ pool }: RunnerCtx, runId: string): Promise<CallState | null> {
  const { rows } = await pool.query<CallState>({
    name: "call-state",
    text: `SELECT events, stack, force_plan AS "forcePlan",
             coalesce((SELECT jsonb_object_agg(step_id, memo) FROM runner_step s WHERE s.run_id = r.id AND memo IS NOT NULL), '{}') AS steps
           FROM runner_run r WHERE id = $1`,
    values: [runId],
  });
  return rows[0] ?? null;
}

function callBody(job: Job, config: FunctionConfig, { events, stack, forcePlan, steps }: CallState, checkpoints: boolean) {
  return {
    version: 2,
    event: events[0],
    events,
    steps,
    defers: {},
    ctx: {
      run_id: job.runId,
      attempt: job.attempt,
      max_attempts: maxAttempts(retriesOf(config)),
      disable_immediate_execution: forcePlan,
      use_api: false,
      stack: { stack, current: stack.length },
      // With these two the SDK goes on after a step by itself and tells of it by a checkpoint.
      ...(checkpoints && { fn_id: config.id, qi_id: `${job.id}.${job.generation}` }),
    },
  };
}

export const retriesOf = ({ steps }: FunctionConfig): number | null => Object.values(steps)[0]?.retries?.attempts ?? null;

/** Reads an answer of the SDK, streamed or not; an answer without its header is somebody else's. */
export function readAnswer(answer: HttpAnswer): CallOutcome {
  if (!answer.headers["x-inngest-sdk"]) return { kind: "refused", reason: `status ${answer.status} from something that is not the app's handler` };
  let { status, headers } = answer as { status: number; headers: Record<string, unknown> };
  let body = parseJson(answer.text);
  if (status === 201) {
    const streamed = streamedAnswer.safeParse(body);
    if (!streamed.success) return { kind: "refused", reason: "a streamed answer that broke off" };
    ({ status, headers } = streamed.data);
    body = typeof streamed.data.body === "string" ? parseJson(streamed.data.body) : streamed.data.body;
  }
  const noRetry = String(headers["x-inngest-no-retry"] ?? "") === "true";
  const retryAfter = headers["retry-after"] === undefined ? null : String(headers["retry-after"]);
  if (status === 200) return { kind: "completed", output: body };
  if (status === 206) {
    const ops = opcodes.safeParse(body);
    if (ops.success) return { kind: "ops", ops: ops.data, noRetry, retryAfter };
    return { kind: "failed", error: { name: "ProtocolError", message: `The app answered with steps in a shape that is not known: ${ops.error.message.slice(0, 500)}` }, noRetry, retryAfter };
  }
  // The handler refuses calls that are not signed as it expects: more attempts would not help, another configuration does.
  if (status === 401) return { kind: "refused", reason: "the app does not take our signature" };
  return { kind: "failed", error: toStoredError(body), noRetry, retryAfter };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.trim() || "null");
  } catch {
    return text;
  }
}
