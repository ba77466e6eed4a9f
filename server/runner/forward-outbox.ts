import { receiveEvents } from "./receive-events";
import type { RunnerCtx, RunnerTx } from "./runner-ctx";
import { inTransaction } from "./runner-transaction";

type OutboxRow = { id: string; name: string; data: Record<string, unknown>; createdAt: Date };

const BATCH = 200;

/** Takes over the events of the outbox. Receiving one and marking its row are one transaction, so each counts exactly once. */
export async function forwardOutbox(ctx: RunnerCtx): Promise<number> {
  let forwarded = 0;
  for (;;) {
    const count = await forwardBatch(ctx, BATCH).catch((error: unknown) => {
      ctx.log.error({ event: "outbox batch failed; trying one by one", message: messageOf(error) });
      return forwardSingly(ctx);
    });
    forwarded += count;
    if (count < BATCH) return forwarded;
  }
}

const forwardBatch = (ctx: RunnerCtx, limit: number) =>
  inTransaction(ctx, async (tx) => {
    const { rows } = await tx.client.query<OutboxRow>(
      `SELECT id, name, data, created_at AS "createdAt" FROM outbox_event WHERE sent_at IS NULL ORDER BY created_at, id LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [limit],
    );
    if (rows.length > 0) await take(ctx, tx, rows);
    return rows.length;
  });

async function take(ctx: RunnerCtx, tx: RunnerTx, rows: readonly OutboxRow[]): Promise<void> {
  await receiveEvents(ctx, tx, rows.map(({ id, name, data, createdAt }) => ({ id: null, externalId: id, body: { name, data, ts: createdAt.getTime() } })));
  await tx.client.query("UPDATE outbox_event SET sent_at = $2, attempts = attempts + 1, last_error = NULL WHERE id = ANY($1)", [rows.map(({ id }) => id), ctx.now()]);
}

/** One event that cannot be received must not hold the others back. */
async function forwardSingly(ctx: RunnerCtx): Promise<number> {
  const { rows } = await ctx.pool.query<OutboxRow>(`SELECT id, name, data, created_at AS "createdAt" FROM outbox_event WHERE sent_at IS NULL ORDER BY attempts, created_at, id LIMIT $1`, [BATCH]);
  let forwarded = 0;
  for (const row of rows) {
    try {
      await inTransaction(ctx, async (tx) => {
        const { rowCount } = await tx.client.query("SELECT 1 FROM outbox_event WHERE id = $1 AND sent_at IS NULL FOR UPDATE", [row.id]);
        if (rowCount === 1) await take(ctx, tx, [row]);
      });
      forwarded++;
    } catch (error) {
      await ctx.pool.query("UPDATE outbox_event SET attempts = attempts + 1, last_error = $2 WHERE id = $1", [row.id, messageOf(error).slice(0, 500)]);
    }
  }
  // Fewer than a batch, so that the caller does not come back at once for those that failed.
  return Math.min(forwarded, BATCH - 1);
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
