import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { NO_EXTERNALS, openSchemaEngine, readSchemaFiles } from "@/server/platform/schema-engine";
import { WholeScriptAdapterFactory } from "@/server/platform/whole-script-adapter-factory";

/** Any number that is not the one Prisma's own tools lock. */
const LOCK_KEY = 7_163_902;

const UNFINISHED = "finished_at IS NULL AND rolled_back_at IS NULL";
const ROLL_BACK_UNFINISHED = `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE ${UNFINISHED};`;
const FINISH = `UPDATE _prisma_migrations SET finished_at = now() WHERE ${UNFINISHED};`;

/**
 * Applies the migrations a database lacks and returns their names; a migrated database is left as it is.
 * Keeps `_prisma_migrations` as `prisma migrate deploy` does, so that either may be used. Two callers at once take turns.
 */
export async function applyMigrations(connectionString: string, prismaFolder: string): Promise<string[]> {
  const migrations = await readMigrations(join(prismaFolder, "migrations"));
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK_KEY]);
    // The engine takes longer to load than all else here; the usual start, with nothing to do, goes without it.
    if (await isUpToDate(client, migrations)) return [];
    // A script and the mark that it is finished are one transaction, so a migration that was cut off has left nothing behind.
    await client.query(`DO $$ BEGIN IF to_regclass('_prisma_migrations') IS NOT NULL THEN ${ROLL_BACK_UNFINISHED} END IF; END $$`);
    const scripts = new Set(migrations.map(({ sql }) => sql));
    const markFinished = (script: string) => (scripts.has(script) ? `${script}\n;${FINISH}` : script);
    const adapters = new WholeScriptAdapterFactory(connectionString, markFinished);
    const engine = await openSchemaEngine(await readSchemaFiles(join(prismaFolder, "schema")), adapters);
    try {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: {
          baseDir: join(prismaFolder, "migrations"),
          lockfile: { path: "migration_lock.toml", content: await readFile(join(prismaFolder, "migrations", "migration_lock.toml"), "utf8") },
          shadowDbInitScript: "",
          migrationDirectories: migrations.map(({ name, sql }) => ({ path: name, migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } } })),
        },
        filters: NO_EXTERNALS,
      });
      return appliedMigrationNames;
    } finally {
      engine.free();
      await adapters.close();
    }
  } finally {
    await client.end();
  }
}

type Migration = { name: string; sql: string };

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => existsSync(join(folder, name, "migration.sql"))).sort();
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(join(folder, name, "migration.sql"), "utf8") })));
}

async function isUpToDate(client: pg.Client, migrations: Migration[]): Promise<boolean> {
  const { rows: [table] } = await client.query<{ there: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there");
  if (!table?.there) return false;
  const { rows } = await client.query<{ name: string; finished: boolean }>(
    "SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  const finished = new Set(rows.filter((row) => row.finished).map((row) => row.name));
  return rows.every((row) => row.finished) && migrations.every(({ name }) => finished.has(name));
}
