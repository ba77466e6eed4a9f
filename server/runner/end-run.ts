import { storableJson } from "@/server/domain/runner/storable-json";
import type { StoredError } from "./inngest-payload";
import { completeStep, lockRun, saveRun, type RunRecord } from "./run-record";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";

export type RunEnd = { status: "COMPLETED"; output: unknown } | { status: "FAILED" | "CANCELLED"; error: StoredError };

const FINISHED = "inngest/function.finished";

/** Ends a run: nothing of it stays in the queue, the run that invoked it goes on, and whoever listens is told. */
export async function endRun(ctx: RunnerCtx, tx: RunnerTx, run: RunRecord, end: RunEnd): Promise<void> {
  if (run.status !== "RUNNING") return;
  const error = "error" in end ? end.error : null;
  await tx.client.query({
    name: "end-run",
    text: "UPDATE runner_run SET status = $2::runner_run_status, output = $3, error = $4, ended_at = clock_timestamp(), pending = '{}', start_by = NULL, finish_by = NULL WHERE id = $1",
    values: [run.id, end.status, end.status === "COMPLETED" ? storableJson(end.output) : null, error && storableJson(error)],
  });
  await tx.client.query({ name: "end-jobs", text: "DELETE FROM runner_job WHERE run_id = $1", values: [run.id] });
  await tx.client.query({ name: "end-waits", text: "DELETE FROM runner_wait WHERE run_id = $1", values: [run.id] });
  run.status = end.status;

  if (run.parentRunId && run.parentStepId) {
    const parent = await lockRun(tx, run.parentRunId);
    if (parent?.status === "RUNNING" && (await completeStep(tx, parent, run.parentStepId, error ? { error } : { data: end.status === "COMPLETED" ? (end.output ?? null) : null }))) await saveRun(tx, parent);
  }
  await tellOfEnd(ctx, tx, run, end);
}

async function tellOfEnd(ctx: RunnerCtx, tx: RunnerTx, run: RunRecord, end: RunEnd): Promise<void> {
  // A function that handles ends would otherwise be told of its own.
  if (run.eventName.startsWith("inngest/function.") && run.eventName !== "inngest/function.invoked") return;
  const about = { function_id: run.functionId, run_id: run.id, event: run.events[0], events: run.events };
  const outcome = end.status === "COMPLETED" ? { result: end.output ?? null } : { error: end.error };
  const names = end.status === "CANCELLED" ? ["inngest/function.cancelled"] : end.status === "FAILED" ? ["inngest/function.failed", FINISHED] : [FINISHED];
  for (const name of names) {
    if (await isHeard(ctx, tx, name)) tx.emitted.push({ externalId: run.id, body: { name, data: { ...about, ...outcome }, ts: ctx.now().getTime(), user: {} } });
  }
}

/** Most runs end without anybody who listens; an event for each would double what is stored. */
async function isHeard(ctx: RunnerCtx, { client }: RunnerTx, name: string): Promise<boolean> {
  if (ctx.functions.all().some(({ triggers }) => triggers.some((trigger) => "event" in trigger && trigger.event === name))) return true;
  const { rows } = await client.query({ name: "heard", text: "SELECT 1 FROM runner_wait WHERE kind IN ('EVENT', 'CANCEL') AND subject = $1 LIMIT 1", values: [name] });
  return rows.length > 0;
}
