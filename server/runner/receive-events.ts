import { storableJson } from "@/server/domain/runner/storable-json";
import { ulid } from "ulid";
import { endRun } from "./end-run";
import type { EventBody, SentEvent } from "./inngest-payload";
import { matchesExpression } from "./match-expression";
import { completeStep, lockRun, saveRun } from "./run-record";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";
import { takeCommand } from "./take-command";
import { triggerFunction } from "./trigger-function";

export type ReceivedEvent = {
  /** Our own id; null makes one. */
  id: string | null;
  /** The sender's id, which counts once for each event name. */
  externalId: string | null;
  body: SentEvent;
};

/** Stores events that are new, starts the functions they trigger and ends the waits and runs they match; all in the caller's transaction. */
export async function receiveEvents(ctx: RunnerCtx, tx: RunnerTx, events: readonly ReceivedEvent[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { id: givenId, externalId, body: sent } of events) {
    const id = givenId ?? ulid();
    const body: EventBody = {
      name: sent.name, data: sent.data ?? {}, id: externalId ?? id, ts: sent.ts ?? ctx.now().getTime(), user: sent.user ?? {},
      ...(sent.v && { v: sent.v }), ...(sent.meta && { meta: sent.meta }),
    };
    ids.push(body.id);
    const { rowCount } = await tx.client.query({
      name: "receive-event",
      text: "INSERT INTO runner_event (id, external_id, name, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
      values: [id, externalId, body.name, storableJson(body)],
    });
    if (rowCount === 0) continue;
    await takeCommand(ctx, tx, body);
    // Waits first: a run that this event starts must not be cancelled by it.
    await matchWaits(ctx, tx, body);
    for (const config of ctx.functions.all()) {
      const started = config.triggers.some((trigger) => "event" in trigger && matchesName(trigger.event, body.name) && matchesExpression(trigger.expression, { event: body }));
      if (started) await triggerFunction(ctx, tx, { config, eventId: id, body });
    }
  }
  return ids;
}

/** A trigger may end in `*`. */
const matchesName = (pattern: string, name: string) => pattern === name || (pattern.endsWith("*") && name.startsWith(pattern.slice(0, -1)));

type WaitRow = { id: string; runId: string; kind: "EVENT" | "CANCEL"; stepId: string; expression: string | null; event: EventBody };

async function matchWaits(ctx: RunnerCtx, tx: RunnerTx, body: EventBody): Promise<void> {
  const { rows } = await tx.client.query<WaitRow>({
    name: "match-waits",
    text: `SELECT w.id, w.run_id AS "runId", w.kind, w.step_id AS "stepId", w.expression, r.events -> 0 AS event FROM runner_wait w JOIN runner_run r ON r.id = w.run_id
           WHERE w.kind IN ('EVENT', 'CANCEL') AND w.subject = $1 AND (w.expires_at IS NULL OR w.expires_at > clock_timestamp()) ORDER BY w.run_id, w.id`,
    values: [body.name],
  });
  for (const { id, runId, kind, stepId, expression, event } of rows) {
    if (!matchesExpression(expression, { event, async: body })) continue;
    const run = await lockRun(tx, runId);
    if (run?.status !== "RUNNING") continue;
    const { rowCount } = await tx.client.query("DELETE FROM runner_wait WHERE id = $1", [id]);
    if (rowCount === 0) continue;
    if (kind === "CANCEL") await endRun(ctx, tx, run, { status: "CANCELLED", error: { name: "Cancelled", message: `Cancelled by the event ${body.name}` } });
    else if (await completeStep(tx, run, stepId, { data: body })) await saveRun(tx, run);
  }
}

/** Hands data to the run that waits for a signal; null when none does. */
export async function receiveSignal(tx: RunnerTx, signal: string, data: unknown): Promise<string | null> {
  const { rows } = await tx.client.query<{ id: string; runId: string; stepId: string }>(
    `SELECT id, run_id AS "runId", step_id AS "stepId" FROM runner_wait WHERE kind = 'SIGNAL' AND subject = $1 AND (expires_at IS NULL OR expires_at > clock_timestamp()) ORDER BY id`,
    [signal],
  );
  for (const { runId, stepId } of rows) {
    const run = await lockRun(tx, runId);
    if (run?.status !== "RUNNING" || !(await completeStep(tx, run, stepId, { data: { signal, data: data ?? null } }))) continue;
    await saveRun(tx, run);
    return runId;
  }
  return null;
}
