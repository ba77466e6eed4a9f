import { durationTextMs } from "@/server/domain/runner/duration-text";
import { ulid } from "ulid";
import type { EventBody, FunctionConfig } from "./inngest-payload";
import { expressionKey } from "./match-expression";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";

type Schedule = { config: FunctionConfig; eventId: string; body: EventBody; parent?: { runId: string; stepId: string } };

/** Puts a run of a function in the queue; an event starts each function once. Null when it has done so before. */
export async function scheduleRun(ctx: RunnerCtx, { client }: RunnerTx, { config, eventId, body, parent }: Schedule): Promise<string | null> {
  const limits = (config.concurrency ?? []).map(({ limit, key, scope = "fn" }) => ({ size: limit, key: `${scope === "fn" ? config.id : scope}|${key ?? ""}|${expressionKey(key, { event: body })}` }));
  const { rows } = await client.query<{ id: string }>({
    name: "schedule-run",
    text: `WITH run AS (
             INSERT INTO runner_run (id, function_id, event_id, event_name, events, stack, pending, parent_run_id, parent_step_id, limit_keys, limit_sizes)
             SELECT $1, $2, $3, $4, jsonb_build_array(body), '{}', '{}', $5, $6, $7, $8 FROM runner_event WHERE id = $3
             ON CONFLICT (function_id, event_id) DO NOTHING RETURNING id),
           job AS (INSERT INTO runner_job (run_id, kind, run_at) SELECT id, 'DISCOVER', clock_timestamp() FROM run)
           SELECT id FROM run`,
    values: [ulid(), config.id, eventId, body.name, parent?.runId ?? null, parent?.stepId ?? null, limits.map(({ key }) => key), limits.map(({ size }) => size)],
  });
  const runId = rows[0]?.id ?? null;
  if (runId === null) return null;
  for (const { event, if: expression, timeout } of config.cancel ?? []) {
    const withinMs = timeout ? durationTextMs(timeout) : null;
    await client.query(
      "INSERT INTO runner_wait (run_id, kind, subject, expression, expires_at) VALUES ($1, 'CANCEL', $2, $3, clock_timestamp() + $4 * interval '1 millisecond')",
      [runId, event, expression ?? null, withinMs === null ? null : withinMs * ctx.pace],
    );
  }
  return runId;
}
