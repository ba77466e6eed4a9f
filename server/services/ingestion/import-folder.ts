import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@/server/domain/app-error";
import { isDatabaseDown } from "@/server/platform/database-down";
import { syncMemberships } from "@/server/services/graph/sync-memberships";
import { syncNodes } from "@/server/services/graph/sync-nodes";
import { closeInterruptedRuns, RUN_LOCKS } from "./close-interrupted-runs";
import { CONSTITUENTS_FILE } from "./import-constituents";
import { BTC_DAILY_FILE, BTC_PREMIUM_FILE, KRW_MARKETS_FILE, USDKRW_FILE } from "./import-crypto";
import type { FileKind, ImportCtx } from "./import-ctx";
import { connectionLost, DEFAULT_BATCH_ROWS, importFile, PROVIDER, showRows, type FileReport } from "./import-file";
import { FUNDAMENTALS_FILE } from "./import-fundamentals";
import { NEWS_FILE } from "./import-news";
import { OBSERVATIONS_FILE } from "./import-observations";
import { PRICE_FILES } from "./import-prices";
import { SERIES_FILE } from "./import-series";
import { UNIVERSE_FILE } from "./import-universe";
import { inspectFile, type InspectedFile } from "./inspect-file";

/** Kinds in the order in which they build on each other, with the names their files have. */
const KINDS: readonly (readonly [RegExp, FileKind])[] = [
  [/^universe\.csv(\.gz)?$/, UNIVERSE_FILE],
  [/^constituents\.csv(\.gz)?$/, CONSTITUENTS_FILE],
  [/^macro_series\.csv(\.gz)?$/, SERIES_FILE],
  [/^macro\.csv(\.gz)?$/, OBSERVATIONS_FILE],
  [/^fundamentals\.csv(\.gz)?$/, FUNDAMENTALS_FILE],
  [/^prices_daily\w*\.csv(\.gz)?$/, PRICE_FILES],
  [/^news\.csv(\.gz)?$/, NEWS_FILE],
  [/^krw_markets\.csv(\.gz)?$/, KRW_MARKETS_FILE],
  [/^usdkrw_daily\.csv(\.gz)?$/, USDKRW_FILE],
  [/^btc_krw_usdt_5m\.csv(\.gz)?$/, BTC_PREMIUM_FILE],
  [/^upbit_btc_krw_daily\.csv(\.gz)?$/, BTC_DAILY_FILE],
];
export type ImportProgress = { file: string; fraction: number; rows: number };
export type FolderReport = { files: FileReport[]; notImportedYet: string[]; durationMs: number };
export type ImportFolderInput = { folder: string; again?: boolean; batchRows?: number; onProgress?: (progress: ImportProgress) => void };

async function listFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() || entry.isSymbolicLink()).map(({ name }) => name).sort();
  } catch (cause) {
    throw new AppError("NOT_FOUND", `The folder ${folder} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { field: "folder" });
  }
}

async function planFolder(folder: string): Promise<{ plan: { kind: FileKind; inspected: InspectedFile }[]; notImportedYet: string[] }> {
  const names = await listFolder(folder);
  const chosen = KINDS.flatMap(([pattern, kind]) => names.filter((name) => pattern.test(name)).map((name) => ({ kind, name })));
  if (chosen.length === 0) throw new AppError("INVALID_INPUT", `${folder} holds none of the files an import knows: universe.csv, constituents.csv, macro_series.csv, macro.csv.gz, fundamentals.csv, prices_daily*.csv.gz, news.csv.gz, krw_markets.csv, usdkrw_daily.csv, btc_krw_usdt_5m.csv.gz, upbit_btc_krw_daily.csv`, { field: "folder" });
  const kinds = chosen.map(({ kind }) => kind);
  if (kinds.includes(OBSERVATIONS_FILE) && !kinds.includes(SERIES_FILE)) throw new AppError("INVALID_INPUT", "macro_series.csv is missing: it says what the series of macro.csv.gz are", { field: "folder", file: "macro_series.csv" });
  // Side by side: unpacking runs on threads of its own.
  const plan = await Promise.all(chosen.map(async ({ kind, name }) => ({ kind, inspected: await inspectFile(join(folder, name)) })));
  const used = new Set(chosen.map(({ name }) => name));
  return { plan, notImportedYet: names.filter((name) => !used.has(name) && /\.csv(\.gz)?$/.test(name)) };
}

const isStored = async (ctx: ImportCtx, subject: string, { file, hash }: InspectedFile) =>
  (await ctx.db.ingestionRun.count({ where: { provider: PROVIDER, subject, scope: file, contentHash: hash, status: "SUCCEEDED" } })) > 0;

async function importPlan(ctx: ImportCtx, plan: readonly { kind: FileKind; inspected: InspectedFile }[], { again = false, batchRows, onProgress = () => undefined, signal }: Omit<ImportFolderInput, "folder"> & { signal: AbortSignal }): Promise<FileReport[]> {
  const total = plan.reduce((sum, { inspected }) => sum + inspected.bytes, 0);
  const reports: FileReport[] = [];
  let bytesBefore = 0;
  let rowsBefore = 0;
  const sinks = new Map<FileKind, Awaited<ReturnType<FileKind["openSink"]>>>();
  for (const [index, { kind, inspected }] of plan.entries()) {
    const sink = sinks.get(kind) ?? (await kind.openSink(ctx));
    sinks.set(kind, sink);
    const report = await importFile(ctx, {
      inspected, subject: kind.subject, columns: kind.columns, sink, again, batchRows: batchRows ?? kind.batchRows ?? DEFAULT_BATCH_ROWS, signal,
      onProgress: ({ file, bytesRead, rows }) => onProgress({ file, fraction: total === 0 ? 1 : (bytesBefore + bytesRead) / total, rows: rowsBefore + rows }),
    });
    reports.push(report);
    // A later file of the kind must know this one's keys.
    const later = plan.slice(index + 1).filter((other) => other.kind === kind);
    const isAwaited = report.status === "unchanged" && (await Promise.all(later.map((other) => isStored(ctx, kind.subject, other.inspected)))).includes(false);
    if (isAwaited) await showRows(inspected, kind.columns, sink);
    bytesBefore += inspected.bytes;
    rowsBefore += report.received;
    onProgress({ file: inspected.file, fraction: total === 0 ? 1 : bytesBefore / total, rows: rowsBefore });
  }
  return reports;
}

/**
 * Imports a folder of recorded data. Every file is checked to be whole before any is written; a file whose content is stored is left alone;
 * an interrupted file goes on where it stopped. A lost connection ends the import with what is stored by then.
 */
export async function importFolder(ctx: ImportCtx, { folder, ...options }: ImportFolderInput): Promise<FolderReport> {
  const startedAt = performance.now();
  const { plan, notImportedYet } = await planFolder(folder);
  try {
    return await holdingTheLock(ctx, async (signal) => {
      const files = await importPlan(ctx, plan, { ...options, signal });
      const universe = files.find((_, index) => plan[index]!.kind === UNIVERSE_FILE);
      if (universe && universe.changed > 0) {
        await syncNodes(ctx.db);
        await syncMemberships(ctx.db, universe.runId);
      }
      return { files, notImportedYet, durationMs: Math.round(performance.now() - startedAt) };
    });
  } catch (cause) {
    throw isDatabaseDown(cause) ? connectionLost() : cause;
  }
}

/** One import at a time, whatever process it runs in. The lock lives as long as its session, so without that session the work must end. */
async function holdingTheLock<T>(ctx: ImportCtx, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const guard = await ctx.pool.connect();
  const lost = new AbortController();
  guard.on("error", (cause) => lost.abort(cause));
  try {
    const { rows } = await guard.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1) AS locked", [RUN_LOCKS.import]);
    if (!rows[0]?.locked) throw new AppError("CONFLICT", "Another import is running; wait until it is done", { field: "folder" });
    await closeInterruptedRuns(guard, "import", ctx.now());
    return await work(lost.signal);
  } finally {
    ctx.cache.drop("");
    await guard.query("SELECT pg_advisory_unlock($1)", [RUN_LOCKS.import]).catch(() => undefined);
    // The session is closed and not given back: with it goes the lock, also when the unlocking could not be sent any more.
    guard.release(true);
  }
}
