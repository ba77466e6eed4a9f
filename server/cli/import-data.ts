import { createWriteStream, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { Pool } from "pg";
import { AppError } from "@/server/domain/app-error";
import { readEnv } from "@/server/platform/env";
import { systemCtx } from "@/server/runtime";
import { importFolder, type FolderReport, type ImportProgress } from "@/server/services/ingestion/import-folder";
import { countRejects, eachReject } from "@/server/services/ingestion/list-rejects";
import { openProductDatabase } from "./product-database";

const USAGE = "Usage: npm run data:import -- <folder> [--again] [--batch <rows>] [--rejects <file.csv>]";
const BAR_CELLS = 28;
const TICK_MS = 200;
const LINE_EVERY = 0.1;

const count = (value: number) => value.toLocaleString("en-US");
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** A bar on a terminal, a line for each tenth elsewhere. */
function progressPrinter(): (progress: ImportProgress) => void {
  const startedAt = performance.now();
  let shownAt = 0;
  let nextLine = 0;
  return ({ file, fraction, rows }) => {
    const now = performance.now();
    const text = `${(fraction * 100).toFixed(0).padStart(3)} %  ${count(rows)} rows  ${count(Math.round((rows / (now - startedAt)) * 1_000))} rows/s  ${file}`;
    if (process.stdout.isTTY) {
      if (now - shownAt < TICK_MS && fraction < 1) return;
      shownAt = now;
      const full = Math.round(fraction * BAR_CELLS);
      process.stdout.write(`\r\u001b[2K[${"#".repeat(full)}${".".repeat(BAR_CELLS - full)}] ${text}${fraction >= 1 ? "\n" : ""}`);
    } else if (fraction >= nextLine) {
      nextLine = Math.floor(fraction / LINE_EVERY) * LINE_EVERY + LINE_EVERY;
      console.log(text);
    }
  };
}

function printReport({ files, notImportedYet, durationMs }: FolderReport): void {
  for (const { file, status, received, changed, rejected, resumedAfterLine, durationMs: took } of files) {
    const what = status === "unchanged" ? "nothing changed: this very content is stored" : `${count(received)} rows read, ${count(changed)} changed, ${count(rejected)} rejected`;
    console.log(`${file}: ${what}${resumedAfterLine > 0 ? `; went on after line ${count(resumedAfterLine)}` : ""} (${seconds(took)})`);
  }
  if (notImportedYet.length > 0) console.log(`Not imported yet: ${notImportedYet.join(", ")}`);
  const changed = files.reduce((sum, file) => sum + file.changed, 0);
  console.log(changed === 0 ? `Nothing changed (${seconds(durationMs)}).` : `${count(changed)} rows changed (${seconds(durationMs)}).`);
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { again: { type: "boolean", default: false }, batch: { type: "string" }, rejects: { type: "string" } } });
const env = readEnv();
const folder = positionals[0];
const batchRows = values.batch === undefined ? undefined : Number(values.batch);
if (!folder || positionals.length > 1 || (batchRows !== undefined && !(Number.isInteger(batchRows) && batchRows > 0))) {
  console.error(USAGE);
  process.exit(2);
}

const closeDatabase = await openProductDatabase();
const pool = new Pool({ connectionString: readEnv().DATABASE_URL, max: 2 });
// A connection that breaks while idle is opened anew; one that breaks at work fails the query that uses it.
pool.on("error", () => undefined);
const ctx = { ...systemCtx("import"), pool };

const csv = (text: string) => `"${text.replaceAll('"', '""')}"`;

try {
  const report = await importFolder(ctx, { folder: resolve(folder), again: values.again, ...(batchRows ? { batchRows } : {}), onProgress: progressPrinter() });
  printReport(report);
  const runIds = report.files.map(({ runId }) => runId);
  const reasons = await countRejects(ctx, runIds);
  if (reasons.length > 0) {
    console.log("Rejected rows:");
    for (const { file, reason, count: rows } of reasons) console.log(`  ${count(rows).padStart(9)}  ${file}: ${reason}`);
    mkdirSync(env.DATA_DIR, { recursive: true });
    const path = resolve(values.rejects ?? join(env.DATA_DIR, "import-rejects.csv"));
    async function* lines() {
      yield "file,line,reason,raw\n";
      for (const runId of runIds) for await (const { file, line, reason, raw } of eachReject(ctx, runId)) yield `${csv(file)},${line},${csv(reason)},${csv(raw)}\n`;
    }
    await pipeline(Readable.from(lines()), createWriteStream(path));
    console.log(`Every rejected row with its line: ${path}`);
  }
} catch (cause) {
  const known = cause instanceof AppError;
  console.error(known ? `${cause.code}: ${cause.message}` : cause);
  process.exitCode = 1;
} finally {
  await pool.end();
  await ctx.db.$disconnect();
  await closeDatabase();
}
