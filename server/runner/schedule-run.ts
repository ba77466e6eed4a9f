import { ulid } from "ulid";
import { priorityDelayMs, priorityFactor } from "@/server/domain/runner/priority-factor";
import { endRun } from "./end-run";
import { flowKey, isLeftOut } from "./flow-key";
import type { EventBody, FunctionConfig } from "./inngest-payload";
import { expressionKey, expressionValue } from "./match-expression";
import { pacedMs } from "./paced-ms";
import { lockRun } from "./run-record";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";

type Schedule = {
  config: FunctionConfig;
  /** Ids of the events in their table; several are a batch. */
  eventIds: readonly string[];
  /** The first of them. */
  body: EventBody;
  inMs?: number;
  parent?: { runId: string; stepId: string };
};

/** Puts a run of a function in the queue; an event starts each function once. Null when it has done so before, or another run stands in the way. */
export async function scheduleRun(ctx: RunnerCtx, tx: RunnerTx, { config, eventIds, body, inMs = 0, parent }: Schedule): Promise<string | null> {
  const singletonKey = config.singleton && !isLeftOut(config.singleton.key, body) ? flowKey(config, "singleton", config.singleton.key, body) : null;
  if (singletonKey && !(await takePlace(ctx, tx, config, singletonKey))) {
    ctx.log.info({ event: "run skipped", name: config.id, eventId: eventIds[0], code: "SINGLETON" });
    return null;
  }
  const limits = concurrencyLimits(config, body);
  const factor = config.priority?.run ? priorityFactor(expressionValue(config.priority.run, body)) : 0;
  const startWithinMs = pacedMs(ctx, config.timeouts?.start);
  const { rows } = await tx.client.query<{ id: string }>({
    name: "schedule-run",
    text: `WITH run AS (
             INSERT INTO runner_run (id, function_id, event_id, event_name, events, stack, pending, parent_run_id, parent_step_id, limit_keys, limit_sizes, priority, throttle_key, singleton_key, start_by)
             SELECT $1, $2, ($3::text[])[1], $4, jsonb_agg(body ORDER BY array_position($3::text[], id)), '{}', '{}', $5, $6, $7, $8, $9, $10, $11, clock_timestamp() + $12 * interval '1 millisecond'
             FROM runner_event WHERE id = ANY($3) HAVING count(*) > 0
             ON CONFLICT (function_id, event_id) DO NOTHING RETURNING id),
           job AS (INSERT INTO runner_job (run_id, kind, run_at) SELECT id, 'DISCOVER', clock_timestamp() + $13 * interval '1 millisecond' FROM run)
           SELECT id FROM run`,
    values: [
      ulid(), config.id, eventIds, body.name, parent?.runId ?? null, parent?.stepId ?? null, limits.map(({ key }) => key), limits.map(({ size }) => size),
      factor, config.throttle ? flowKey(config, "throttle", config.throttle.key, body) : null, singletonKey, startWithinMs, inMs + priorityDelayMs(factor) * ctx.pace,
    ],
  });
  const runId = rows[0]?.id ?? null;
  if (runId === null) return null;
  if (startWithinMs !== null) tx.timed = true;
  await awaitCancelling(ctx, tx, runId, config);
  return runId;
}

/** Within a function each rule counts by itself; beyond it, all runs with the same value of the key share a limit. */
function concurrencyLimits({ id, concurrency }: FunctionConfig, body: EventBody): { key: string; size: number }[] {
  return (concurrency ?? []).filter(({ limit }) => limit > 0).map(({ limit, key, scope = "fn" }) => {
    const value = expressionKey(key, body);
    return { size: limit, key: scope === "fn" ? `${id}|${key ?? ""}|${value}` : `${scope}|${value}` };
  });
}

/** Of runs with the same key one is at work. Says whether a new one may take the place: when it is free, or the one that has it is cancelled. */
async function takePlace(ctx: RunnerCtx, tx: RunnerTx, { id, singleton }: FunctionConfig, key: string): Promise<boolean> {
  // Events that arrive together wait here for each other, also those of another process.
  await tx.client.query({ name: "lock-singleton", text: "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", values: [key] });
  const { rows } = await tx.client.query<{ id: string }>({ name: "singleton-runs", text: "SELECT id FROM runner_run WHERE function_id = $1 AND singleton_key = $2 AND status = 'RUNNING'", values: [id, key] });
  if (singleton?.mode === "skip") return rows.length === 0;
  for (const { id: runId } of rows) {
    const run = await lockRun(tx, runId);
    if (run) await endRun(ctx, tx, run, { status: "CANCELLED", error: { name: "Cancelled", message: "Cancelled by a newer run" } });
  }
  return true;
}

async function awaitCancelling(ctx: RunnerCtx, { client }: RunnerTx, runId: string, { cancel }: FunctionConfig): Promise<void> {
  for (const { event, if: expression, timeout } of cancel ?? []) {
    await client.query(
      "INSERT INTO runner_wait (run_id, kind, subject, expression, expires_at) VALUES ($1, 'CANCEL', $2, $3, clock_timestamp() + $4 * interval '1 millisecond')",
      [runId, event, expression ?? null, pacedMs(ctx, timeout)],
    );
  }
}
