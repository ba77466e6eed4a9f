import { startWith } from "./hold-event";
import type { RunnerCtx } from "./runner-ctx";
import { inTransaction } from "./runner-transaction";

const AT_ONCE = 100;

/** Starts the functions whose burst is over or whose batch has waited long enough. Taking the events and starting the run are one transaction. */
export function startHeld(ctx: RunnerCtx): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    // What a function that the app does not offer at the moment holds, waits for it.
    const { rows } = await tx.client.query<{ functionId: string; eventIds: string[] }>({
      name: "due-holds",
      text: `DELETE FROM runner_hold WHERE (function_id, key) IN (
               SELECT h.function_id, h.key FROM runner_hold h WHERE h.due_at <= clock_timestamp() AND h.function_id = ANY($1) ORDER BY h.due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
             RETURNING function_id AS "functionId", event_ids AS "eventIds"`,
      values: [ctx.functions.all().map(({ id }) => id), AT_ONCE],
    });
    for (const { functionId, eventIds } of rows) await startWith(ctx, tx, ctx.functions.get(functionId)!, eventIds);
    return rows.length;
  });
}

/** Milliseconds until the next of them is due; null when none waits. */
export async function nextHeldInMs({ pool, functions }: RunnerCtx): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>({
    name: "next-held",
    text: `SELECT (extract(epoch FROM min(due_at)) * 1000)::float8 - (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms FROM runner_hold WHERE function_id = ANY($1)`,
    values: [functions.all().map(({ id }) => id)],
  });
  return rows[0]?.ms ?? null;
}
