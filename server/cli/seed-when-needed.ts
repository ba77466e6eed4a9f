import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { createDb } from "@/server/platform/db";
import type { Log } from "@/server/platform/log";
import { closeAllInterruptedRuns } from "@/server/services/ingestion/close-interrupted-runs";

type Input = { root: string; connectionString: string; now: () => Date; log: Log };

/** Ledger of the seed as a whole: its parts leave runs of their own, but only this one says that none is missing. */
const RUN = { provider: "nexus-alpha", subject: "seed", scope: "bundled figures" };

/** Closes the runs that a kill left open, and seeds an empty database, one whose seed was cut off, and one seeded from other bundled figures. Seeding is idempotent. */
export async function seedWhenNeeded({ root, connectionString, now, log }: Input): Promise<"seeded" | "there already"> {
  const contentHash = figuresHash(root);
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await closeAllInterruptedRuns(client, now());
    const { rowCount } = await client.query("SELECT FROM ingestion_run WHERE provider = $1 AND subject = $2 AND scope = $3 AND content_hash = $4 AND status = 'SUCCEEDED'", [RUN.provider, RUN.subject, RUN.scope, contentHash]);
    if (rowCount) return "there already";
  } finally {
    await client.end();
  }
  // Loaded only when there is something to do: a usual start does without the Prisma client.
  const { seedAll } = await import("@/prisma/seed/seed-all");
  // The seed computes for seconds between its queries, and time counts for a waiting query too.
  const db = createDb(connectionString, { connectWithinMs: 120_000 });
  try {
    const startedAt = now();
    await seedAll({ db, connectionString, now, log });
    await db.ingestionRun.create({ data: { ...RUN, contentHash, status: "SUCCEEDED", startedAt, finishedAt: now() } });
    return "seeded";
  } finally {
    await db.$disconnect();
  }
}

function figuresHash(root: string): string {
  const folder = join(root, "prisma/seed");
  const hash = createHash("sha256");
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const paths = files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.filter((file) => !file.includes(".test.")).sort()) hash.update(`${path.slice(root.length)}\n`).update(readFileSync(path));
  return hash.digest("hex");
}
