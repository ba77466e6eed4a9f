import { ulid } from "ulid";
import { dueInMs } from "@/server/domain/runner/duration-text";
import { withReported } from "@/server/domain/runner/step-progress";
import { storableJson } from "@/server/domain/runner/storable-json";
import { gatewayRequest, inferOptions, invokeOptions, signalOptions, waitOptions, type EventBody, type Opcode } from "./inngest-payload";
import type { Job } from "./job-queue";
import { isRateLimited } from "./rate-limit";
import { completeStep, type RunRecord } from "./run-record";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";
import { scheduleRun } from "./schedule-run";

/** A wait without a time-out ends after as long as an Inngest server would let it. */
const LONGEST_WAIT = "52w";

type Apply = (ctx: RunnerCtx, tx: RunnerTx, run: RunRecord, op: Opcode) => Promise<void>;

const nameOf = ({ displayName, name }: Opcode) => displayName ?? name ?? "";

/** Does what the steps of one answer ask for. One that is known already is passed over: the SDK names open steps again at each discovery. */
export async function applyOps(ctx: RunnerCtx, tx: RunnerTx, run: RunRecord, job: Job, ops: readonly Opcode[]): Promise<void> {
  const steps = ops.filter(({ op }) => op !== "None" && op !== "DiscoveryRequest" && op !== "DeferAdd" && op !== "DeferAbort");
  Object.assign(run, withReported(run, steps.map((op) => ({ id: op.id, race: op.opts?.parallelMode === "race" }))));
  for (const op of ops) {
    if (op.op === "DiscoveryRequest") run.discover = true;
    else if (op.op === "StepRun" || op.op === "Step") await completeStep(tx, run, op.id, { data: op.data ?? null }, { name: nameOf(op), attempts: job.attempt + 1 });
    else if (steps.includes(op) && (await planStep(tx, run, op))) await (PLANNED[op.op] ?? refuseStep)(ctx, tx, run, op);
    else if (!steps.includes(op)) ctx.log.info({ event: "op passed over", op: op.op, runId: run.id });
  }
}

/** True when the step was not known before. */
async function planStep({ client }: RunnerTx, run: RunRecord, op: Opcode): Promise<boolean> {
  if (run.stack.includes(op.id)) return false;
  const { rowCount } = await client.query({
    name: "plan-step",
    text: "INSERT INTO runner_step (run_id, step_id, op, name) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    values: [run.id, op.id, op.op, nameOf(op)],
  });
  return rowCount === 1;
}

const PLANNED: Record<string, Apply> = {
  StepPlanned: (_ctx, tx, run, { id }) => addJob(tx, { runId: run.id, kind: "STEP", stepId: id, inMs: 0 }),

  async Sleep(ctx, tx, run, { id, name }) {
    // The duration stands in the name; opts.duration is from older versions.
    const inMs = dueInMs(name ?? "", ctx.now().getTime());
    if (inMs === null) await failStep(tx, run, id, `Cannot sleep for "${name}"`);
    else await addJob(tx, { runId: run.id, kind: "WAKE", stepId: id, inMs: inMs * ctx.pace });
  },

  async WaitForEvent(ctx, tx, run, { id, name, opts }) {
    const { timeout, if: expression } = waitOptions.parse(opts ?? {});
    await addWait(ctx, tx, { runId: run.id, kind: "EVENT", stepId: id, subject: name ?? "", expression: expression ?? null, timeout });
  },

  async WaitForSignal(ctx, tx, run, { id, opts }) {
    const { signal, timeout, conflict } = signalOptions.parse(opts);
    const { rows } = await tx.client.query("SELECT 1 FROM runner_wait WHERE kind = 'SIGNAL' AND subject = $1 LIMIT 1", [signal]);
    if (rows.length > 0 && conflict !== "replace") return failStep(tx, run, id, `Another run waits for the signal "${signal}"`);
    await tx.client.query("DELETE FROM runner_wait WHERE kind = 'SIGNAL' AND subject = $1", [signal]);
    await addWait(ctx, tx, { runId: run.id, kind: "SIGNAL", stepId: id, subject: signal, expression: null, timeout });
  },

  async InvokeFunction(ctx, tx, run, { id, opts }) {
    const { function_id: functionId, payload, timeout } = invokeOptions.parse(opts);
    const config = ctx.functions.get(functionId);
    if (!config) return failStep(tx, run, id, `There is no function "${functionId}"`);
    const eventId = ulid();
    const body: EventBody = { name: "inngest/function.invoked", data: payload?.data ?? {}, id: eventId, ts: ctx.now().getTime(), user: payload?.user ?? {}, ...(payload?.v && { v: payload.v }) };
    await tx.client.query("INSERT INTO runner_event (id, name, body) VALUES ($1, $2, $3)", [eventId, body.name, storableJson(body)]);
    // It is not debounced and not batched: the caller waits for this very run.
    const limited = await isRateLimited(ctx, tx, config, body);
    const childId = limited ? null : await scheduleRun(ctx, tx, { config, eventIds: [eventId], body, parent: { runId: run.id, stepId: id } });
    if (childId) await addWait(ctx, tx, { runId: run.id, kind: "INVOKE", stepId: id, subject: "", expression: null, timeout });
    else await failStep(tx, run, id, `The function "${functionId}" was not started: ${limited ? "its rate limit is reached" : "another run of it is at work"}`);
  },

  async Gateway(_ctx, tx, run, { id, opts }) {
    const request = gatewayRequest.safeParse(opts);
    if (request.success) await addJob(tx, { runId: run.id, kind: "GATEWAY", stepId: id, inMs: 0, payload: request.data });
    else await failStep(tx, run, id, `Cannot make this request: ${request.error.message.slice(0, 300)}`);
  },

  async AIGateway(_ctx, tx, run, { id, opts }) {
    const infer = inferOptions.safeParse(opts);
    if (!infer.success) return failStep(tx, run, id, `Cannot ask this model: ${infer.error.message.slice(0, 300)}`);
    const { url, headers, auth_key: key, body } = infer.data;
    const payload = { url, method: "POST", headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }), ...headers }, body: JSON.stringify(body ?? {}), isModel: true };
    await addJob(tx, { runId: run.id, kind: "GATEWAY", stepId: id, inMs: 0, payload });
  },
};

async function refuseStep(ctx: RunnerCtx, tx: RunnerTx, run: RunRecord, { id, op }: Opcode): Promise<void> {
  ctx.log.error({ event: "step not supported", op, functionId: run.functionId, runId: run.id });
  await failStep(tx, run, id, `The local runner does not know the step "${op}"`);
}

const failStep = async (tx: RunnerTx, run: RunRecord, stepId: string, message: string) => void (await completeStep(tx, run, stepId, { error: { name: "Error", message } }));

type NewJob = { runId: string; kind: Job["kind"]; stepId: string; inMs: number; payload?: unknown };

async function addJob({ client }: RunnerTx, { runId, kind, stepId, inMs, payload }: NewJob): Promise<void> {
  await client.query({
    name: "add-job",
    text: `INSERT INTO runner_job (run_id, kind, step_id, run_at, payload) VALUES ($1, $2::runner_job_kind, $3, clock_timestamp() + $4 * interval '1 millisecond', $5)
           ON CONFLICT (run_id, kind, step_id) DO NOTHING`,
    values: [runId, kind, stepId, inMs, payload === undefined ? null : storableJson(payload)],
  });
}

type NewWait = { runId: string; kind: "EVENT" | "SIGNAL" | "INVOKE"; stepId: string; subject: string; expression: string | null; timeout: string | null | undefined };

async function addWait(ctx: RunnerCtx, tx: RunnerTx, { runId, kind, stepId, subject, expression, timeout }: NewWait): Promise<void> {
  const inMs = (dueInMs(timeout ?? LONGEST_WAIT, ctx.now().getTime()) ?? dueInMs(LONGEST_WAIT, 0)!) * ctx.pace;
  await tx.client.query(
    `INSERT INTO runner_wait (run_id, kind, step_id, subject, expression, expires_at)
     VALUES ($1, $2::runner_wait_kind, $3, $4, $5, clock_timestamp() + $6 * interval '1 millisecond')`,
    [runId, kind, stepId, subject, expression, inMs],
  );
  await addJob(tx, { runId, kind: "TIMEOUT", stepId, inMs });
}
