import { stringify } from "csv-stringify/sync";
import yazl from "yazl";
import type { Ctx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";
import { OTHER_EXPORTS, PERSONAL_TABLES } from "./personal-data";

const KEPT_MS = 7 * 86_400_000;

/** Builds a requested archive: one JSON and one CSV file for each table. Run again, it changes nothing. */
export async function buildExport(ctx: Ctx, { exportId }: { exportId: string }): Promise<{ bytes: number }> {
  const wanted = await ctx.db.dataExport.findUnique({ where: { id: exportId }, select: { status: true, user: true } });
  if (!wanted || wanted.status !== "WAITING") return { bytes: 0 };
  const { user } = wanted;
  // One snapshot, so that the files agree with one another.
  const files = await ctx.db.$transaction(
    async (tx) => {
      const all: { name: string; rows: Record<string, unknown>[] }[] = [];
      for (const { file, rows } of [...PERSONAL_TABLES, ...OTHER_EXPORTS]) all.push({ name: file, rows: await rows(tx, user) });
      return all;
    },
    { isolationLevel: "RepeatableRead", timeout: 60_000 },
  );
  const archive = await zipped([
    { name: "README.txt", text: readMe(ctx.now()) },
    ...files.flatMap(({ name, rows }) => [
      { name: `${name}.json`, text: `${JSON.stringify(rows, plain, 2)}\n` },
      { name: `${name}.csv`, text: csv(rows) },
    ]),
  ]);
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + KEPT_MS);
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.dataExport.updateMany({ where: { id: exportId, status: "WAITING" }, data: { status: "READY", archive, readyAt: now, expiresAt } });
    if (count === 1) await notify(tx, ctx, { userId: user.id, kind: "export.ready", params: { until: expiresAt.toISOString() }, onceKey: `export:${exportId}` });
  });
  return { bytes: archive.byteLength };
}

/** What could not be built says so; the person may ask again. */
export async function failExport(ctx: Pick<Ctx, "db">, { exportId }: { exportId: string }): Promise<void> {
  await ctx.db.dataExport.updateMany({ where: { id: exportId, status: "WAITING" }, data: { status: "FAILED" } });
}

/** Deletes the archives whose time is over. */
export async function expireExports(ctx: Pick<Ctx, "db" | "now">): Promise<{ expired: number }> {
  const { count } = await ctx.db.dataExport.updateMany({ where: { status: "READY", expiresAt: { lte: ctx.now() } }, data: { status: "EXPIRED", archive: null } });
  return { expired: count };
}

const plain = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);

/** With a mark of byte order for spreadsheets, and with formulas defused: a spreadsheet would run what begins with = + - or @. */
export function csv(rows: readonly Record<string, unknown>[]): string {
  if (rows.length === 0) return "";
  const cells = rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cell(value)])));
  return stringify(cells, { header: true, bom: true, escape_formulas: true });
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value, plain) : String(value);
}

const readMe = (now: Date) =>
  `Everything that Nexus-Alpha keeps about you, as of ${now.toISOString()}.\nEach table is there twice: as JSON, exact, and as CSV for spreadsheets. Times are UTC. Passwords and keys are kept as hashes only and are left out.\n`;

async function zipped(files: readonly { name: string; text: string }[]): Promise<Buffer<ArrayBuffer>> {
  const zip = new yazl.ZipFile();
  for (const { name, text } of files) zip.addBuffer(Buffer.from(text, "utf8"), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
