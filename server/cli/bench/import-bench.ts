import { createReadStream, createWriteStream, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { AppError } from "@/server/domain/app-error";
import { median } from "@/server/domain/shared/statistics";
import { applyMigrations } from "@/server/platform/apply-migrations";
import { createMemoryCache } from "@/server/platform/cache";
import { isDatabaseDown } from "@/server/platform/database-down";
import { createDb } from "@/server/platform/db";
import { readEnv } from "@/server/platform/env";
import { createLog } from "@/server/platform/log";
import { importFolder } from "@/server/services/ingestion/import-folder";

const ROUNDS = 3;
const COLUMNS = "instrument_id, interval, time, open, high, low, close, volume, origin, provider, run_id";
const KEY = ", PRIMARY KEY (instrument_id, interval, time)";

const { DATABASE_URL } = readEnv();
const given = process.argv[2];
if (!given || !DATABASE_URL) {
  console.error("Usage: DATABASE_URL=… npm run bench:import -- <folder with universe.csv and prices_daily*.csv.gz>");
  process.exit(2);
}
const folder = given;

const prices = readdirSync(folder).filter((name) => /^prices_daily\w*\.csv(\.gz)?$/.test(name)).sort();
const folders = { universe: partOf(["universe.csv"]), prices: partOf(prices) };
const rowsFile = join(folders.prices, "rows.copy");
const scratch = `nexus_bench_${process.pid}`;
const address = new URL(DATABASE_URL);
address.pathname = `/${scratch}`;
const connectionString = address.href;

type Times = Record<"import" | "sameKey" | "noKey" | "file", number>;
type Scratch = { pool: pg.Pool; load: () => Promise<number> };

try {
  await onServer((admin) => admin.query(`CREATE DATABASE ${scratch}`));
  await measure();
} catch (cause) {
  if (!(cause instanceof AppError) && !isDatabaseDown(cause)) throw cause;
  console.error(`The database went away or refused while it was measured; nothing was measured: ${cause instanceof Error ? cause.message : String(cause)}`);
  process.exitCode = 1;
} finally {
  await onServer((admin) => admin.query(`DROP DATABASE IF EXISTS ${scratch} WITH (FORCE)`)).catch(() => console.error(`Left behind on the server: the database ${scratch}`));
  for (const part of Object.values(folders)) rmSync(part, { recursive: true });
}

async function measure(): Promise<void> {
  const pool = new pg.Pool({ connectionString, max: 2 });
  const now = () => new Date();
  const db = createDb(connectionString, { max: 2 });
  // A server that stops ends idle sessions too; the next query says so.
  pool.on("error", () => undefined);
  try {
    await applyMigrations(connectionString, join(import.meta.dirname, "../../../prisma"));
    const ctx = { db, now, log: createLog("bench", "silent"), cache: createMemoryCache(now), pool };
    await importFolder(ctx, { folder: folders.universe });
    const load = async () => (await importFolder(ctx, { folder: folders.prices })).files.reduce((sum, { changed }) => sum + changed, 0);
    const rounds: Times[] = [];
    let rows = 0;
    for (let round = 1; round <= ROUNDS; round++) {
      const { times, imported } = await measureOnce({ pool, load }, round === 1);
      rows = imported;
      rounds.push(times);
      console.log(`Round ${round} of ${ROUNDS}: import ${times.import.toFixed(2)} s, ${(times.file / times.import).toFixed(2)} of a bare COPY of the file.`);
    }
    printTable(rounds, rows);
  } finally {
    await pool.end();
    await db.$disconnect();
  }
}

/** One import and the three yardsticks right after it, on the same server, each into a table of its own. */
async function measureOnce({ pool, load }: Scratch, isFirst: boolean): Promise<{ times: Times; imported: number }> {
  await pool.query("TRUNCATE price_bar");
  await pool.query("UPDATE instrument SET price_origin = 'SIMULATED'");
  await pool.query("DELETE FROM ingestion_run WHERE subject = 'prices'");
  await pool.query("CHECKPOINT");
  let imported = 0;
  const seconds = await timed(async () => (imported = await load()));

  const client = await pool.connect();
  client.on("error", () => undefined);
  try {
    if (isFirst) await pipeline(client.query(copyTo(`COPY (SELECT ${COLUMNS} FROM price_bar ORDER BY instrument_id, time) TO STDOUT`)), createWriteStream(rowsFile));
    const copySameRows = async () => pipeline(createReadStream(rowsFile, { highWaterMark: 1 << 20 }), client.query(copyFrom(`COPY bare (${COLUMNS}) FROM STDIN`)));
    const copyFiles = async () => {
      for (const name of prices) {
        const packed = createReadStream(join(folders.prices, name), { highWaterMark: 1 << 20 });
        const target = client.query(copyFrom("COPY bare FROM STDIN (FORMAT csv, HEADER)"));
        await (name.endsWith(".gz") ? pipeline(packed, createGunzip({ chunkSize: 1 << 18 }), target) : pipeline(packed, target));
      }
    };
    const into = async (columns: string, copy: () => Promise<void>) => {
      await client.query(`CREATE TABLE bare (${columns})`);
      await client.query("CHECKPOINT");
      const took = await timed(copy);
      await client.query("DROP TABLE bare");
      return took;
    };
    const sameKey = await into(`LIKE price_bar${KEY}`, copySameRows);
    const noKey = await into("LIKE price_bar", copySameRows);
    const file = await into("ticker text, date date, open float8, high float8, low float8, close float8, volume float8", copyFiles);
    return { times: { import: seconds, sameKey, noKey, file }, imported };
  } finally {
    client.release(true);
  }
}

/** The ratio is taken within each round: what else the machine did then slowed both sides. */
function printTable(rounds: readonly Times[], rows: number): void {
  const lines = [
    ["import", "import (checked, keyed, partitioned, resumable)"],
    ["sameKey", "bare COPY of the same rows, plain table with the same key"],
    ["noKey", "bare COPY of the same rows, plain table without a key"],
    ["file", "bare COPY of the same file, its seven columns, no key"],
  ] as const;
  console.log(`${rows.toLocaleString("en-US")} bars, ${rounds.length} rounds, peak memory of this process ${Math.round(process.resourceUsage().maxRSS / 1_024)} MB`);
  for (const [name, text] of lines) {
    const seconds = rounds.map((times) => times[name]);
    const ratios = rounds.map((times) => times[name] / times.import);
    const rate = Math.round(rows / Math.min(...seconds)).toLocaleString("en-US");
    console.log(`${text.padEnd(58)} best ${Math.min(...seconds).toFixed(2).padStart(6)} s ${rate.padStart(10)} rows/s   import is ${Math.max(...ratios).toFixed(2)} of it at best, ${(median(ratios) ?? Number.NaN).toFixed(2)} typically`);
  }
}

/** A folder that holds only some of the files. */
function partOf(names: readonly string[]): string {
  const part = mkdtempSync(join(tmpdir(), "nexus-bench-"));
  for (const name of names) symlinkSync(resolve(folder, name), join(part, name));
  return part;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

async function onServer(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: DATABASE_URL });
  admin.on("error", () => undefined);
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end().catch(() => undefined);
  }
}
