import type { PoolClient } from "pg";
import { AppError } from "@/server/domain/app-error";
import { csvLines } from "@/server/platform/csv-lines";
import { isDatabaseDown } from "@/server/platform/database-down";
import type { ImportCtx, RowSink } from "./import-ctx";
import type { InspectedFile } from "./inspect-file";
import { RowReader } from "./row-reader";

export const PROVIDER = "import";
export const DEFAULT_BATCH_ROWS = 10_000;
const RAW_CHARS = 500;
/** A file of nothing but refused rows is stored in batches too. */
const REJECTS_PER_BATCH = 5_000;

export type FileReport = {
  file: string;
  status: "imported" | "unchanged";
  runId: string;
  received: number;
  changed: number;
  rejected: number;
  /** Line after which an interrupted import went on; 0 for a whole one. */
  resumedAfterLine: number;
  durationMs: number;
};

export type FileProgress = { file: string; bytesRead: number; rows: number };
type Reject = { line: number; reason: string; raw: string };
type Run = { id: string; checkpoint: number; received: number; changed: number; rejected: number };
type Batch = { write: ReturnType<RowSink["take"]>; rejects: Reject[]; received: number; checkpoint: number };

/** Text columns hold no zero byte. */
const storable = (text: string) => text.slice(0, RAW_CHARS).replaceAll("\u0000", "\uFFFD");

/** The finished run of this very content, and the one that was cut short. */
async function findRuns(ctx: ImportCtx, subject: string, file: string, hash: string) {
  const runs = await ctx.db.ingestionRun.findMany({ where: { provider: PROVIDER, subject, scope: file, contentHash: hash }, orderBy: { startedAt: "desc" } });
  return { finished: runs.find(({ status }) => status === "SUCCEEDED"), cut: runs.find(({ status }) => status !== "SUCCEEDED") };
}

async function openRun(ctx: ImportCtx, subject: string, { file, hash }: InspectedFile, again: boolean): Promise<{ run: Run; isFinished: boolean }> {
  const { finished, cut } = await findRuns(ctx, subject, file, hash);
  const toRun = ({ id, checkpoint, received, changed, rejected }: NonNullable<typeof cut>): Run => ({ id, checkpoint: Number(checkpoint), received, changed, rejected });
  if (finished && !again) return { run: toRun(finished), isFinished: true };
  if (cut) {
    await ctx.db.ingestionRun.update({ where: { id: cut.id }, data: { status: "RUNNING", error: null, finishedAt: null } });
    return { run: toRun(cut), isFinished: false };
  }
  const created = await ctx.db.ingestionRun.create({ data: { provider: PROVIDER, subject, scope: file, contentHash: hash, startedAt: ctx.now() } });
  return { run: toRun(created), isFinished: false };
}

/** Rows, refused rows and the checkpoint become visible together or not at all; that is what makes a killed import resumable. */
async function storeBatch(client: PoolClient, file: string, run: Run, { write, rejects, received, checkpoint }: Batch): Promise<void> {
  await client.query("BEGIN");
  try {
    const changed = await write(client, run.id);
    if (rejects.length > 0) {
      await client.query(
        `INSERT INTO import_reject (id, run_id, file, line, reason, raw)
         SELECT gen_random_uuid(), $1, $2, row.line, row.reason, row.raw FROM unnest($3::bigint[], $4::text[], $5::text[]) AS row (line, reason, raw)
         ON CONFLICT (run_id, file, line) DO NOTHING`,
        [run.id, file, rejects.map(({ line }) => line), rejects.map(({ reason }) => reason), rejects.map(({ raw }) => storable(raw))],
      );
    }
    await client.query("UPDATE ingestion_run SET checkpoint = $2, received = received + $3, changed = changed + $4, rejected = rejected + $5 WHERE id = $1", [run.id, checkpoint, received, changed, rejects.length]);
    await client.query("COMMIT");
    Object.assign(run, { checkpoint, received: run.received + received, changed: run.changed + changed, rejected: run.rejected + rejects.length });
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw cause;
  }
}

type Reading = { inspected: InspectedFile; columns: readonly string[]; sink: RowSink; run: Run; batchRows: number; signal: AbortSignal; onProgress: (progress: FileProgress) => void };

/** Reads the file and stores it batch by batch; while one batch is being stored the next is read. */
async function readAndStore(client: PoolClient, { inspected, columns, sink, run, batchRows, signal, onProgress }: Reading): Promise<void> {
  const { path, file } = inspected;
  const reader = new RowReader(file, columns, sink);
  sink.begin?.(run.id);
  let rejects: Reject[] = [];
  let received = 0;
  let rows = 0;
  let storing: Promise<void> = Promise.resolve();

  const flush = async (checkpoint: number) => {
    const batch = { write: sink.take(), rejects, received, checkpoint };
    rejects = [];
    received = 0;
    await storing;
    signal.throwIfAborted();
    storing = storeBatch(client, file, run, batch);
    // The failure is thrown where the promise is awaited; until then it must not count as unhandled.
    storing.catch(() => undefined);
  };

  const resumeAfter = run.checkpoint;
  for await (const { bytes, bytesRead } of csvLines(path)) {
    for (let at = 0; at < bytes.length; ) {
      // Lines that are stored already are only shown to the sink again, which must know their keys.
      if (reader.line === resumeAfter) sink.drop();
      at = reader.read(bytes, at);
      if (reader.isRow) rows += 1;
      if (!reader.isRow || reader.line <= resumeAfter) continue;
      received += 1;
      if (reader.reason !== null) rejects.push({ line: reader.line, reason: reader.reason, raw: reader.raw });
      if (received >= batchRows || rejects.length >= REJECTS_PER_BATCH) await flush(reader.line);
    }
    if (reader.line <= resumeAfter) sink.drop();
    onProgress({ file, bytesRead, rows });
  }
  reader.end();
  await flush(reader.line);
  await storing;
}

/** Stores a file over a connection of its own. */
async function storeFile(ctx: ImportCtx, reading: Reading): Promise<void> {
  const client = await ctx.pool.connect();
  // A connection that breaks between two queries says so here, or ends the process; the next query fails for the same reason.
  client.on("error", (cause) => ctx.log.warn({ err: cause }, "import lost its connection"));
  try {
    // Plans that triggers made while the partitions were empty read them whole, and are kept while they fill; every lookup here has an index.
    await client.query("SET enable_seqscan = off");
    // A batch and its checkpoint are one transaction, so a server that crashes loses both or neither, and the import goes on before them. The
    // run is closed by a commit that does wait for the disk, and with it for all that was written before.
    await client.query("SET synchronous_commit = off");
    await readAndStore(client, reading);
  } finally {
    // The session ends with the file: its settings, temporary tables and whatever is left of a broken query end with it.
    client.release(true);
  }
}

/** What is told when the database went away; the sentence says what to do, and that nothing has to be cleaned up. */
export const connectionLost = (file?: string, line?: number): AppError =>
  new AppError("UPSTREAM_UNAVAILABLE", `The connection to the database was lost${file === undefined ? "" : `; ${file} is stored up to line ${line}`}. Nothing is lost or half stored: run the same command again and it goes on from there.`, { component: "database", ...(file === undefined ? {} : { file, line }) });

export type ImportFileInput = { inspected: InspectedFile; subject: string; columns: readonly string[]; sink: RowSink; again: boolean; batchRows: number; signal: AbortSignal; onProgress: (progress: FileProgress) => void };

/** Imports one file, goes on with an interrupted one, or finds that this very content is stored. Refused rows are kept with their reason and never stop the good ones. */
export async function importFile(ctx: ImportCtx, { inspected, subject, columns, sink, again, batchRows, signal, onProgress }: ImportFileInput): Promise<FileReport> {
  const startedAt = performance.now();
  const { file } = inspected;
  const { run, isFinished } = await openRun(ctx, subject, inspected, again);
  const resumedAfterLine = isFinished ? 0 : run.checkpoint;
  const before = run.changed;
  if (!isFinished) {
    try {
      await storeFile(ctx, { inspected, columns, sink, run, batchRows, signal, onProgress });
      await ctx.db.ingestionRun.update({ where: { id: run.id }, data: { status: "SUCCEEDED", finishedAt: ctx.now() } });
    } catch (cause) {
      // Where the database is gone altogether the run stays open, and the next import closes it.
      await ctx.db.ingestionRun.update({ where: { id: run.id }, data: { status: "FAILED", finishedAt: ctx.now(), error: String(cause).slice(0, 2_000) } }).catch(() => undefined);
      throw isDatabaseDown(cause) ? connectionLost(file, run.checkpoint) : cause;
    }
  }
  const durationMs = Math.round(performance.now() - startedAt);
  const changed = isFinished ? 0 : run.changed - before;
  return { file, status: isFinished ? "unchanged" : "imported", runId: run.id, received: run.received, changed, rejected: run.rejected, resumedAfterLine, durationMs };
}

/** Shows a stored file's rows to its sink without storing anything, for the keys it holds. */
export async function showRows({ path, file }: InspectedFile, columns: readonly string[], sink: RowSink): Promise<void> {
  const reader = new RowReader(file, columns, sink);
  for await (const { bytes } of csvLines(path)) {
    for (let at = 0; at < bytes.length; ) at = reader.read(bytes, at);
    sink.drop();
  }
}
