import { createHash } from "node:crypto";
import type { Db } from "@/server/platform/db";
import type { Log } from "@/server/platform/log";

export type SeedCtx = { db: Db; now: () => Date; log: Log };
type RunHead = { provider: string; subject: string; scope: string; content: string; asOf?: string };
type Counts = { received: number; changed: number };

/** Runs one part of the seed and leaves an ingestion run that tells what it received and changed, also when it fails. */
export async function seedRun({ db, now, log }: SeedCtx, { provider, subject, scope, content, asOf }: RunHead, work: (runId: string) => Promise<Counts>): Promise<Counts> {
  const startedAt = now();
  const contentHash = createHash("sha256").update(content).digest("hex");
  const { id } = await db.ingestionRun.create({ data: { provider, subject, scope, contentHash, startedAt, asOf: asOf ? new Date(asOf) : null } });
  try {
    const counts = await work(id);
    await db.ingestionRun.update({ where: { id }, data: { status: "SUCCEEDED", finishedAt: now(), ...counts } });
    log.info({ scope, ...counts, durationMs: now().getTime() - startedAt.getTime() }, "seeded");
    return counts;
  } catch (cause) {
    await db.ingestionRun.update({ where: { id }, data: { status: "FAILED", finishedAt: now(), error: String(cause) } });
    throw cause;
  }
}
