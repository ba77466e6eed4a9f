import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fromBuffer, type Entry } from "yauzl";
import { afterAll, describe, expect, it } from "vitest";
import { asPerson, aUser } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { buildExport, csv, expireExports } from "./build-export";
import { eraseUser, listDueErasures } from "./erase-user";
import { PERSONAL_TABLES } from "./personal-data";
import { recordAudit } from "./record-audit";
import { ERASURE_GRACE_MS, requestErasure } from "./request-erasure";
import { getExportArchive, requestExport } from "./request-export";

let time = new Date("2026-11-21T06:00:00Z");
const ctx = createTestCtx({ now: () => time });
afterAll(() => ctx.db.$disconnect());

/** Model and column of everything that the schema marks `@personal`. */
function personalColumns(): Map<string, string[]> {
  const folder = join(import.meta.dirname, "../../../prisma/schema");
  const found = new Map<string, string[]>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".prisma"))) {
    let model = "";
    let marked = false;
    for (const line of readFileSync(join(folder, file), "utf8").split("\n")) {
      model = /^model (\w+)/.exec(line)?.[1] ?? model;
      if (/^\s*\/\/\//.test(line)) marked ||= line.includes("@personal");
      else {
        const column = /^\s+(\w+)\s+\w/.exec(line)?.[1];
        if (marked && column) found.set(model, [...(found.get(model) ?? []), column]);
        marked = false;
      }
    }
  }
  return found;
}

/** A person whose every personal text holds the mark, with rows in every table. */
async function aMarkedPerson(mark: string) {
  const user = await aUser(ctx.db, { email: `${mark}@example.com`, name: `=cmd|'${mark}'`, handle: mark, timeZone: "Asia/Seoul", locale: "ko", baseCurrency: "KRW", colourConvention: "RED_UP", quietFromMinute: 60, quietToMinute: 120, digest: "DAILY" });
  const person = await asPerson(ctx, user, { address: mark, userAgent: mark, place: mark });
  const { id: userId } = user;
  await recordAudit(ctx.db, person, { action: "password.changed", subjectId: userId, actorId: userId });
  await ctx.db.oauthAccount.create({ data: { userId, provider: "google", providerId: mark } });
  await ctx.db.accountToken.create({ data: { userId, purpose: "VERIFY_EMAIL", tokenHash: `of-a-token-${userId}`, email: user.email, expiresAt: time } });
  await ctx.db.outgoingMail.create({ data: { userId, recipient: user.email!, kind: "verify-email", subject: "Confirm", text: `${mark} https://app.example/verify-email#token=abcDEF123`, html: mark } });
  await ctx.db.seat.create({ data: { ownerId: (await aUser(ctx.db)).id, email: user.email! } });
  await ctx.db.notification.create({ data: { userId, kind: "test", params: { mark } } });
  await ctx.db.notificationPreference.create({ data: { userId, kind: "test", inbox: true, mail: false, webhook: true } });
  await ctx.db.apiKey.create({ data: { userId, name: mark, prefix: `p-${userId}`, keyHash: `k-${userId}`, scopes: ["read"] } });
  await ctx.db.webhookEndpoint.create({ data: { userId, url: `https://${mark}.example`, secret: "sealed-secret", events: [] } });
  return { user, person };
}

/** Tables and columns in which a text still stands, anywhere in the database. */
async function traces(mark: string): Promise<string[]> {
  const columns = await ctx.db.$queryRaw<{ table: string; column: string }[]>`
    SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'jsonb', 'json', 'character')`;
  const found: string[] = [];
  for (const { table, column } of columns) {
    const [row] = await ctx.db.$queryRawUnsafe<{ n: number }[]>(`SELECT count(*)::int AS n FROM "${table}" WHERE "${column}"::text LIKE $1`, `%${mark}%`);
    if (row && row.n > 0) found.push(`${table}.${column}`);
  }
  return found;
}

function unzipped(bytes: Uint8Array): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const files = new Map<string, string>();
      zip.on("entry", (entry: Entry) => {
        zip.openReadStream(entry, (fault, stream) => {
          if (fault) return reject(fault);
          const chunks: Buffer[] = [];
          stream.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => {
            files.set(entry.fileName, Buffer.concat(chunks).toString("utf8"));
            zip.readEntry();
          });
        });
      });
      zip.on("end", () => resolve(files)).on("error", reject);
      zip.readEntry();
    });
  });
}

describe("personal data", () => {
  it("are known to export and erasure, column by column, as the schema marks them", () => {
    const known = new Map(PERSONAL_TABLES.map(({ model, personal }) => [model, [...personal].sort()]));
    const marked = personalColumns();
    // What is missing on the left belongs in PERSONAL_TABLES, with how it is exported and erased.
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries([...marked].map(([model, columns]) => [model, columns.sort()])));
  });

  it("are all in the archive, as JSON and CSV, without any secret", async () => {
    const { user, person } = await aMarkedPerson("exported-mark");
    const { id } = await requestExport(person);
    await expect(requestExport(person)).rejects.toMatchObject({ details: { reason: "EXPORT_RECENT" } });
    await buildExport(ctx, { exportId: id });
    const files = await unzipped((await getExportArchive(person, { exportId: id })).archive);
    for (const { file, personal } of PERSONAL_TABLES) {
      const rows = JSON.parse(files.get(`${file}.json`)!) as Record<string, unknown>[];
      expect(rows.length, file).toBeGreaterThan(0);
      for (const column of personal) expect(Object.keys(rows[0]!), file).toContain(column);
      expect(files.get(`${file}.csv`)!.split("\n").length).toBeGreaterThan(1);
    }
    const all = [...files.values()].join("\n");
    expect(files.get("account.json")).toContain("exported-mark@example.com");
    for (const secret of [user.passwordHash!, `k-${user.id}`, "sealed-secret", "abcDEF123", "of-a-token"]) expect(all).not.toContain(secret);
    await expect(getExportArchive(await asPerson(ctx, await aUser(ctx.db)), { exportId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    time = new Date(time.getTime() + 8 * 86_400_000);
    await expireExports(ctx);
    expect(await ctx.db.dataExport.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "EXPIRED", archive: null });
  });

  it("stand in no formula of a spreadsheet", () => {
    for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"]) expect(csv([{ text }]).split("\n")[1]).toMatch(/^"?'/);
    expect(csv([{ text: 'a "b", c\nd' }])).toContain('"a ""b"", c\nd"');
  });

  it("leave no trace in the whole database after erasure, which waits for its time", async () => {
    const mark = "erased-mark-7f3";
    const { user, person } = await aMarkedPerson(mark);
    await requestErasure(person);
    expect(await listDueErasures(ctx)).not.toContain(user.id);
    expect(await eraseUser(ctx, { userId: user.id })).toEqual({ erased: false });
    expect(await traces(mark)).not.toEqual([]);
    time = new Date(time.getTime() + ERASURE_GRACE_MS);
    expect(await listDueErasures(ctx)).toContain(user.id);
    expect(await eraseUser(ctx, { userId: user.id })).toEqual({ erased: true });
    expect(await traces(mark)).toEqual([]);
    expect(await eraseUser(ctx, { userId: user.id })).toEqual({ erased: false });
    const left = await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(left).toMatchObject({ email: null, name: null, passwordHash: null, locale: "en", timeZone: "UTC", baseCurrency: "USD", quietFromMinute: null, digest: "NONE" });
    expect(await ctx.db.session.count({ where: { userId: user.id } })).toBe(0);
    // The log keeps what happened, without where from.
    expect(await ctx.db.auditEntry.count({ where: { subjectId: user.id } })).toBeGreaterThan(0);
  });

  it("of the last admin stay until there is another", async () => {
    await ctx.db.user.updateMany({ where: { role: "ADMIN" }, data: { role: "USER" } });
    const admin = await aUser(ctx.db, { role: "ADMIN" });
    await expect(requestErasure(await asPerson(ctx, admin))).rejects.toMatchObject({ details: { reason: "LAST_ADMIN" } });
    await ctx.db.user.update({ where: { id: admin.id }, data: { role: "USER" } });
  });
});
