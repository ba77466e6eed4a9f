import type { Db } from "@/server/platform/db";

/** The sidecar listens here for ids of people whose inbox has changed. */
export const INBOX_CHANNEL = "inbox";

/** Has the bells of a person's open pages show the change once the transaction commits. */
export async function tellInbox(tx: Pick<Db, "$executeRaw">, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${INBOX_CHANNEL}, ${userId})`;
}
