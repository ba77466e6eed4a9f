import { randomBytes } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { applyMigrations } from "@/server/platform/apply-migrations";
import { startScratchPostgres } from "@/server/platform/scratch-postgres";

export type ScratchDatabase = { connectionString: string; drop(): Promise<void> };

const PRISMA = join(import.meta.dirname, "../../prisma");
const LEFT_BEHIND_AFTER_S = 6 * 3_600;

/** A migrated database that nothing else uses: on the server at TEST_DATABASE_URL when that is given, else on one of its own. */
export async function createScratchDatabase(serverUrl: string | undefined = process.env.TEST_DATABASE_URL): Promise<ScratchDatabase> {
  const own = serverUrl ? null : await startScratchPostgres();
  const server = serverUrl ?? own!.connectionString("postgres");
  try {
    const name = `nexus_test_${Math.floor(Date.now() / 1000)}_${randomBytes(4).toString("hex")}`;
    await onServer(server, async (client) => {
      await dropLeftBehind(client);
      await client.query(`CREATE DATABASE ${name}`);
    });
    const url = new URL(server);
    url.pathname = `/${name}`;
    await applyMigrations(url.href, PRISMA);
    return {
      connectionString: url.href,
      async drop() {
        if (own) return own.stop();
        await onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
      },
    };
  } catch (error) {
    await own?.stop();
    throw error;
  }
}

async function onServer(connectionString: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Runs that were killed leave their database on a server that is not theirs. */
async function dropLeftBehind(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>("SELECT datname AS name FROM pg_database WHERE datname ~ '^nexus_test_[0-9]+_[0-9a-f]+$'");
  for (const { name } of rows) {
    const madeAt = Number(name.split("_")[2]);
    if (Date.now() / 1000 - madeAt > LEFT_BEHIND_AFTER_S) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}
