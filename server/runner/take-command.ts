import { ulid } from "ulid";
import { storableJson } from "@/server/domain/runner/storable-json";
import { endRun } from "./end-run";
import type { EventBody } from "./inngest-payload";
import { lockRun } from "./run-record";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";
import { scheduleRun } from "./schedule-run";

/** Does what an event asks of the runner itself. A run that is gone or over is left as it is. */
export async function takeCommand(ctx: RunnerCtx, tx: RunnerTx, { name, data }: EventBody): Promise<void> {
  if (typeof data.runId !== "string") return;
  if (name === "runner/cancel-requested") await cancelRun(ctx, tx, data.runId);
  if (name === "runner/rerun-requested") await rerun(ctx, tx, data.runId);
}

async function cancelRun(ctx: RunnerCtx, tx: RunnerTx, runId: string): Promise<void> {
  const run = await lockRun(tx, runId);
  if (run) await endRun(ctx, tx, run, { status: "CANCELLED", error: { name: "Cancelled", message: "Cancelled by an admin" } });
}

/** A new run of the same function with the same data: under ids of its own, as one event starts a function once. */
async function rerun(ctx: RunnerCtx, tx: RunnerTx, runId: string): Promise<void> {
  const run = await lockRun(tx, runId);
  const config = run && ctx.functions.get(run.functionId);
  if (!run || !config || run.status === "RUNNING") return;
  const events = run.events.map((event): EventBody => ({ ...event, id: ulid() }));
  for (const body of events) await tx.client.query("INSERT INTO runner_event (id, name, body) VALUES ($1, $2, $3)", [body.id, body.name, storableJson(body)]);
  if (events[0]) await scheduleRun(ctx, tx, { config, eventIds: events.map(({ id }) => id), body: events[0] });
}
