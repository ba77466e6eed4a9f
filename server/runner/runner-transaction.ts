import { setTimeout as wait } from "node:timers/promises";
import { receiveEvents } from "./receive-events";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";

/** Deadlock and serialisation failure: the loser of a race tries again. */
const LOST_RACE = new Set(["40P01", "40001"]);
const TRIES = 6;

/** Runs work in a transaction, receives the events that came of it, commits and wakes the queue. */
export async function inTransaction<T>(ctx: RunnerCtx, work: (tx: RunnerTx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(ctx, work);
    } catch (error) {
      if (attempt >= TRIES || !LOST_RACE.has(String((error as { code?: unknown }).code))) throw error;
      await wait(attempt * 10);
    }
  }
}

async function once<T>(ctx: RunnerCtx, work: (tx: RunnerTx) => Promise<T>): Promise<T> {
  const client = await ctx.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const tx: RunnerTx = { client, emitted: [], timed: false };
    const result = await work(tx);
    for (let next = tx.emitted.shift(); next; next = tx.emitted.shift()) await receiveEvents(ctx, tx, [{ ...next, id: null }]);
    await client.query("COMMIT");
    ctx.wake();
    if (tx.timed) ctx.wakeTimers();
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failed: Error) => (broken = failed));
    throw error;
  } finally {
    client.release(broken);
  }
}
