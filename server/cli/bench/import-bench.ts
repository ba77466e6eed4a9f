import { createReadStream, createWriteStream, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { applyMigrations } from "@/server/platform/apply-migrations";
import { createMemoryCache } from "@/server/platform/cache";
import { createDb } from "@/server/platform/db";
import { readEnv } from "@/server/platform/env";
import { createLog } from "@/server/platform/log";
import { importFolder } from "@/server/services/ingestion/import-folder";

const ROUNDS = 2;
const COLUMNS = "instrument_id, interval, time, open, high, low, close, volume, origin, provider, run_id";

const { DATABASE_URL } = readEnv();
const folder = process.argv[2];
if (!folder || !DATABASE_URL) {
  console.error("Usage: DATABASE_URL=… npm run bench:import -- <folder with universe.csv and prices_daily*.csv.gz>");
  process.exit(2);
}

/** A folder that holds only some of the files. */
function partOf(names: readonly string[]): string {
  const part = mkdtempSync(join(tmpdir(), "nexus-bench-"));
  for (const name of names) symlinkSync(resolve(folder!, name), join(part, name));
  return part;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

const scratch = `nexus_bench_${process.pid}`;
const admin = new pg.Client({ connectionString: DATABASE_URL });
await admin.connect();
await admin.query(`CREATE DATABASE ${scratch}`);
const address = new URL(DATABASE_URL);
address.pathname = `/${scratch}`;
const connectionString = address.toString();

const prices = readdirSync(folder).filter((name) => /^prices_daily\w*\.csv(\.gz)?$/.test(name)).sort();
const folders = { universe: partOf(["universe.csv"]), prices: partOf(prices) };
const rowsFile = join(folders.prices, "rows.copy");
const pool = new pg.Pool({ connectionString, max: 2 });
const now = () => new Date();
const db = createDb(connectionString, { max: 2 });

try {
  await applyMigrations(connectionString, join(import.meta.dirname, "../../../prisma"));
  const ctx = { db, now, log: createLog("bench", "silent"), cache: createMemoryCache(now), pool };
  await importFolder(ctx, { folder: folders.universe });

  const best = { import: Infinity, bare: Infinity, bareWithKey: Infinity, file: Infinity };
  let rows = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    await pool.query("TRUNCATE price_bar");
    await pool.query("UPDATE instrument SET price_origin = 'SIMULATED'");
    await pool.query("DELETE FROM ingestion_run WHERE subject = 'prices'");
    await pool.query("CHECKPOINT");
    best.import = Math.min(best.import, await timed(async () => {
      const { files } = await importFolder(ctx, { folder: folders.prices });
      rows = files.reduce((sum, { changed }) => sum + changed, 0);
    }));

    const client = await pool.connect();
    if (round === 1) await pipeline(client.query(copyTo(`COPY (SELECT ${COLUMNS} FROM price_bar ORDER BY instrument_id, time) TO STDOUT`)), createWriteStream(rowsFile));
    for (const [name, key] of [["bare", ""], ["bareWithKey", ", PRIMARY KEY (instrument_id, interval, time)"]] as const) {
      await client.query(`CREATE TABLE bare (LIKE price_bar${key})`);
      await client.query("CHECKPOINT");
      best[name] = Math.min(best[name], await timed(() => pipeline(createReadStream(rowsFile, { highWaterMark: 1 << 20 }), client.query(copyFrom(`COPY bare (${COLUMNS}) FROM STDIN`)))));
      await client.query("DROP TABLE bare");
    }
    await client.query("CREATE TABLE as_in_the_file (ticker text, date date, open float8, high float8, low float8, close float8, volume float8)");
    await client.query("CHECKPOINT");
    best.file = Math.min(best.file, await timed(async () => {
      for (const name of prices) {
        const packed = createReadStream(join(folders.prices, name), { highWaterMark: 1 << 20 });
        const target = client.query(copyFrom("COPY as_in_the_file FROM STDIN (FORMAT csv, HEADER)"));
        await (name.endsWith(".gz") ? pipeline(packed, createGunzip({ chunkSize: 1 << 18 }), target) : pipeline(packed, target));
      }
    }));
    await client.query("DROP TABLE as_in_the_file");
    client.release();
    console.log(`Round ${round} of ${ROUNDS} done.`);
  }

  const line = (name: string, seconds: number) => console.log(`${name.padEnd(58)} ${seconds.toFixed(2).padStart(7)} s ${Math.round(rows / seconds).toLocaleString("en-US").padStart(10)} rows/s   import is ${(seconds / best.import).toFixed(2)} of it`);
  console.log(`${rows.toLocaleString("en-US")} bars, best of ${ROUNDS} rounds, peak memory ${Math.round(process.resourceUsage().maxRSS / 1_024)} MB`);
  line("import (checked, keyed, partitioned, resumable)", best.import);
  line("bare COPY of the same rows, plain table with the same key", best.bareWithKey);
  line("bare COPY of the same rows, plain table without a key", best.bare);
  line("bare COPY of the same file, its seven columns, no key", best.file);
} finally {
  await pool.end();
  await db.$disconnect();
  await admin.query(`DROP DATABASE IF EXISTS ${scratch} WITH (FORCE)`);
  await admin.end();
  for (const part of Object.values(folders)) rmSync(part, { recursive: true });
}
