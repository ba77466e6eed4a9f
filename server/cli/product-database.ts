import { join, resolve } from "node:path";
import { applyMigrations } from "@/server/platform/apply-migrations";
import { ensureDatabase, startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { readEnv } from "@/server/platform/env";
import { createLog } from "@/server/platform/log";
import { seedWhenNeeded } from "./seed-when-needed";

/** Names that `npm start` uses too. */
const DATABASE = "nexus";
const EMBEDDED_PORT = 54_320;

/**
 * Points this process at the product's database: the given one, or the embedded one, which is used while `npm start` runs it and started for
 * the length of the command otherwise. Returns what ends the command's hold on it. Call it before anything reads the environment.
 */
export async function openProductDatabase(): Promise<() => Promise<void>> {
  const env = readEnv();
  if (env.DATABASE_URL) return () => Promise.resolve();
  const root = join(import.meta.dirname, "../..");
  const now = () => new Date();
  const server = await startEmbeddedPostgres({ dataDir: resolve(root, env.DATA_DIR), wantedPort: EMBEDDED_PORT });
  const release = () => (server.reused ? Promise.resolve() : server.stop());
  try {
    await ensureDatabase(server, DATABASE);
    const connectionString = server.connectionString(DATABASE);
    await applyMigrations(connectionString, join(root, "prisma"));
    await seedWhenNeeded({ root, connectionString, now, log: createLog("seed", "warn") });
    process.env.DATABASE_URL = connectionString;
    return release;
  } catch (cause) {
    await release();
    throw cause;
  }
}
