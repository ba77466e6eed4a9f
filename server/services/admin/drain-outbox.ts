import type { Ctx } from "@/server/services/ctx";

export type OutgoingEvent = { id: string; name: string; data: Record<string, unknown>; ts: number };

const BATCH = 100;
const WITHIN_MS = 30_000;

type OutboxRow = { id: string; name: string; data: Record<string, unknown>; createdAt: Date };

/**
 * Sends the events that wait in the outbox, oldest first, and returns how many. The rows stay locked while they are sent, so
 * two callers share the work; one that is cut off after sending sends them again, with the same ids, which count once.
 */
export async function drainOutbox(ctx: Pick<Ctx, "db" | "now">, send: (events: OutgoingEvent[]) => Promise<unknown>): Promise<{ sent: number }> {
  let sent = 0;
  for (;;) {
    const count = await sendBatch(ctx, send);
    sent += count;
    if (count < BATCH) return { sent };
  }
}

async function sendBatch(ctx: Pick<Ctx, "db" | "now">, send: (events: OutgoingEvent[]) => Promise<unknown>): Promise<number> {
  let tried: string[] = [];
  try {
    return await ctx.db.$transaction(
      async (tx) => {
        const rows = await tx.$queryRaw<OutboxRow[]>`
          SELECT id, name, data, created_at AS "createdAt" FROM outbox_event WHERE sent_at IS NULL
          ORDER BY created_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
        if (rows.length === 0) return 0;
        tried = rows.map(({ id }) => id);
        await send(rows.map(({ id, name, data, createdAt }) => ({ id, name, data, ts: createdAt.getTime() })));
        await tx.outboxEvent.updateMany({ where: { id: { in: tried } }, data: { sentAt: ctx.now(), lastError: null, attempts: { increment: 1 } } });
        return rows.length;
      },
      { timeout: WITHIN_MS },
    );
  } catch (error) {
    const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    await ctx.db.outboxEvent.updateMany({ where: { id: { in: tried }, sentAt: null }, data: { lastError, attempts: { increment: 1 } } });
    throw error;
  }
}
