import { batchIsFull } from "@/server/domain/runner/batch-is-full";
import { debounceDueMs, replacesDebounced } from "@/server/domain/runner/debounce-due";
import { flowKey } from "./flow-key";
import type { EventBody, FunctionConfig } from "./inngest-payload";
import { pacedMs } from "./paced-ms";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";
import { scheduleRun } from "./schedule-run";

type Held = { config: FunctionConfig; eventId: string; body: EventBody };

const NOW_MS = "(extract(epoch FROM clock_timestamp()) * 1000)::float8";

/** Lets an event wait for the end of its burst; of a burst only the last event starts the function. */
export async function debounceEvent(ctx: RunnerCtx, tx: RunnerTx, { config, eventId, body }: Held): Promise<void> {
  const { period, timeout, key: expression } = config.debounce!;
  const periodMs = pacedMs(ctx, period) ?? 0;
  const key = flowKey(config, "debounce", expression, body);
  tx.timed = true;
  // The row is locked either way: two events of a burst that arrive together take turns.
  const { rows } = await tx.client.query<{ isNew: boolean; latestTs: number; openedMs: number; nowMs: number }>({
    name: "lock-hold",
    text: `INSERT INTO runner_hold (function_id, key, event_ids, latest_ts, opened_at, due_at)
           VALUES ($1, $2, ARRAY[$3], $4, clock_timestamp(), clock_timestamp() + $5 * interval '1 millisecond')
           ON CONFLICT (function_id, key) DO UPDATE SET key = excluded.key
           RETURNING xmax = 0 AS "isNew", latest_ts AS "latestTs", (extract(epoch FROM opened_at) * 1000)::float8 AS "openedMs", ${NOW_MS} AS "nowMs"`,
    values: [config.id, key, eventId, body.ts, periodMs],
  });
  const { isNew, latestTs, openedMs, nowMs } = rows[0]!;
  if (isNew || !replacesDebounced(body.ts, latestTs)) return;
  await tx.client.query({
    name: "extend-hold",
    text: "UPDATE runner_hold SET event_ids = ARRAY[$3], latest_ts = $4, due_at = to_timestamp($5 / 1000.0) WHERE function_id = $1 AND key = $2",
    values: [config.id, key, eventId, body.ts, debounceDueMs({ nowMs, openedMs, periodMs, timeoutMs: pacedMs(ctx, timeout) })],
  });
}

/** Puts an event into the batch of its key; a batch that is full starts the function at once. */
export async function batchEvent(ctx: RunnerCtx, tx: RunnerTx, { config, eventId, body }: Held): Promise<void> {
  const { maxSize, timeout, key: expression } = config.batchEvents!;
  const key = flowKey(config, "batch", expression, body);
  tx.timed = true;
  const { rows } = await tx.client.query<{ eventIds: string[]; bytes: number }>({
    name: "add-to-batch",
    text: `INSERT INTO runner_hold (function_id, key, event_ids, bytes, latest_ts, opened_at, due_at)
           VALUES ($1, $2, ARRAY[$3], $4, $5, clock_timestamp(), clock_timestamp() + $6 * interval '1 millisecond')
           ON CONFLICT (function_id, key) DO UPDATE SET event_ids = runner_hold.event_ids || excluded.event_ids, bytes = runner_hold.bytes + excluded.bytes
           RETURNING event_ids AS "eventIds", bytes`,
    values: [config.id, key, eventId, Buffer.byteLength(JSON.stringify(body)), body.ts, pacedMs(ctx, timeout) ?? 0],
  });
  const { eventIds, bytes } = rows[0]!;
  if (!batchIsFull({ events: eventIds.length, bytes }, maxSize)) return;
  await tx.client.query({ name: "end-hold", text: "DELETE FROM runner_hold WHERE function_id = $1 AND key = $2", values: [config.id, key] });
  await startWith(ctx, tx, config, eventIds);
}

/** Starts a function with events that were held. */
export async function startWith(ctx: RunnerCtx, tx: RunnerTx, config: FunctionConfig, eventIds: readonly string[]): Promise<void> {
  const { rows } = await tx.client.query<{ body: EventBody }>({ name: "first-held", text: "SELECT body FROM runner_event WHERE id = $1", values: [eventIds[0]] });
  if (rows[0]) await scheduleRun(ctx, tx, { config, eventIds, body: rows[0].body });
}
