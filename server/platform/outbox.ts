import type { Db } from "./db";

/** Woken when a transaction that filled the outbox commits. */
export const OUTBOX_CHANNEL = "outbox";

/** A client or a transaction of it. */
export type OutboxTx = Pick<Db, "outboxEvent" | "$executeRaw">;

/** Stores an event in the caller's transaction: it is sent if that commits, and only then. */
export async function appendOutbox(tx: OutboxTx, { name, data }: { name: string; data: Record<string, unknown> }): Promise<void> {
  await tx.outboxEvent.create({ data: { name, data: data as object } });
  await tx.$executeRaw`SELECT pg_notify(${OUTBOX_CHANNEL}, '')`;
}
