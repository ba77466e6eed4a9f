import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { providerKeyList } from "@/server/contracts/admin";
import { listAuditLogInput } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import { readEnv } from "@/server/platform/env";
import { deliverMail } from "@/server/services/account/deliver-mail";
import { listSaidConnections, setConnectionStrength, unverifyConnection, verifyConnection } from "@/server/services/graph/verify-connection";
import { getIngestionRun, listIngestionRuns, listRunRejects } from "@/server/services/ingestion/list-ingestion-runs";
import { listCompanyProfiles, updateCompany } from "@/server/services/market/edit-company";
import { releaseHeldMails } from "@/server/services/notification/release-held-mails";
import { aUser, asPerson } from "@/server/testing/factories/account-factory";
import { aCompany, anInstrument, aSeries, aStatement, someBars, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { checkProviderKeys } from "./check-provider-keys";
import { getDesk } from "./get-desk";
import { getAdminFigures } from "./get-figures";
import { exportAuditLog, listAuditLog } from "./list-audit-log";
import { getDataQuality, listDataFaults } from "./list-data-faults";
import { listMail, openMail, resendMail } from "./list-mail";
import { listProviderKeys } from "./list-provider-keys";
import { getUser, listUsers } from "./list-users";
import { readFlags } from "./read-flags";
import { listFlags, setFlag } from "./set-flag";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

const admin = async () => asPerson(ctx, await aUser(ctx.db, { role: "ADMIN" }));
const by = async (actorId: string, action: string) => (await ctx.db.auditEntry.findMany({ where: { actorId, action }, orderBy: { at: "asc" } })).map(({ details }) => details);
const reason = "read the filing again";

describe("people", () => {
  it("are found by name, handle, e-mail and id, page by page, and no sign stands for any other", async () => {
    const mark = `q${randomUUID().slice(0, 8)}`;
    const made = [];
    for (const [i, name] of ["Ada", "100% Bob", "Cyd"].entries()) made.push(await aUser(ctx.db, { name: `${name} ${mark}`, createdAt: new Date(Date.UTC(2026, 0, 3 - i)) }));
    const search = { limit: 2, search: mark };
    const first = await listUsers(ctx, search);
    const second = await listUsers(ctx, { ...search, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made.map(({ id }) => id));
    expect(second.nextCursor).toBeNull();
    for (const text of [`100% bob ${mark}`, made[1]!.email!.toUpperCase(), `@${made[1]!.handle}`, made[1]!.id]) expect((await listUsers(ctx, { limit: 5, search: text })).items.map(({ id }) => id)).toEqual([made[1]!.id]);
    expect((await listUsers(ctx, { limit: 5, search: `%${mark}` })).items).toEqual([]);
    expect((await listUsers(ctx, { limit: 5, search: mark, locked: true })).items).toEqual([]);
  });

  it("show sessions, keys and the log without any secret", async () => {
    const [staff, person] = [await admin(), await asPerson(ctx, await aUser(ctx.db))];
    await ctx.db.apiKey.create({ data: { userId: person.user.id, name: "mine", prefix: `nxa_live_${randomUUID().slice(0, 8)}`, keyHash: `hash-${randomUUID()}`, scopes: ["read"], allowedOrigins: [] } });
    const detail = await getUser(staff, { userId: person.user.id });
    expect(detail).toMatchObject({ self: false, sessions: [{ impersonated: false }], apiKeys: [{ name: "mine" }], audit: [{ action: "session.started" }] });
    expect(JSON.stringify(detail)).not.toMatch(/hash|argon|secret/i);
    await expect(getUser(staff, { userId: randomUUID() })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("connections", () => {
  async function anEdge(kind: "SUPPLY" | "IMPACT" = "SUPPLY") {
    const node = async () => {
      const { id, ticker, name } = await aCompany(ctx.db);
      return ctx.db.graphNode.create({ data: { key: `company:${ticker}`, kind: "COMPANY", label: name, companyId: id } });
    };
    const [from, to] = [await node(), await node()];
    return { from, edge: await ctx.db.connection.create({ data: { kind, fromId: from.id, toId: to.id, strength: 0.2, sign: 1, basis: "ASSUMED", author: "nexus-seed", runId: randomUUID() } }) };
  }
  const document = { company: "Maker Inc.", form: "10-K", year: 2025, text: "One supplier accounts for a fifth.", stated: true };

  it("are verified with a whole document, taken back and weighed, each with before and after and a run that engines see", async () => {
    const staff = await admin();
    const { from, edge } = await anEdge();
    const connectionId = edge.id;
    expect((await listSaidConnections(ctx, { limit: 5, state: "open", search: from.key })).items).toMatchObject([{ id: edge.id, basis: "assumed", verified: false }]);
    expect((await listSaidConnections(ctx, { limit: 5, state: "open", search: `${from.key.slice(0, -1)}_` })).items).toEqual([]);
    expect(await verifyConnection(staff, { connectionId, ...document })).toMatchObject({ basis: "filed", verified: true, evidence: document, author: "admin" });
    expect((await listSaidConnections(ctx, { limit: 5, state: "open", search: from.key })).items).toEqual([]);
    expect(await setConnectionStrength(staff, { connectionId, strength: 0.3, reason })).toMatchObject({ strength: 0.3 });
    expect(await unverifyConnection(staff, { connectionId, reason })).toMatchObject({ basis: "assumed", verified: false, strength: 0.3 });
    await expect(unverifyConnection(staff, { connectionId, reason })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await by(staff.user.id, "connection.unverified")).toMatchObject([{ before: { basis: "filed", evidence: document }, after: { basis: "assumed" }, reason }]);
    expect(await ctx.db.ingestionRun.count({ where: { provider: "admin", scope: connectionId } })).toBe(3);
  });

  it("are changed by one of two who saw the same, and the other is told", async () => {
    const [one, other] = [await admin(), await admin()];
    const { edge } = await anEdge();
    const seen = { connectionId: edge.id, seenAt: edge.updatedAt.toISOString() };
    const both = await Promise.allSettled([verifyConnection(one, { ...seen, ...document }), setConnectionStrength(other, { ...seen, strength: 0.9, reason })]);
    const [refused] = both.filter((result) => result.status === "rejected");
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(refused?.reason).toMatchObject({ code: "CONFLICT", details: { reason: "CHANGED_SINCE" } });
  });

  it("are counted for the desk of moderators, by kind", async () => {
    const staff = await admin();
    const supply = async () => (await getDesk(ctx)).connections.find(({ kind }) => kind === "supply")!;
    const before = await supply();
    const { edge } = await anEdge();
    expect(await supply()).toEqual({ ...before, open: before.open + 1 });
    await verifyConnection(staff, { connectionId: edge.id, ...document });
    expect(await supply()).toEqual({ ...before, verified: before.verified + 1 });
  });

  it("that are made from data are left alone", async () => {
    const { edge } = await anEdge("IMPACT");
    await expect(setConnectionStrength(await admin(), { connectionId: edge.id, strength: 1, reason })).rejects.toMatchObject({ details: { reason: "NOT_SAID" } });
  });
});

describe("flags", () => {
  it("differ from their default while that is stored, are read anew at once, and are on the record", async () => {
    const staff = await admin();
    await setFlag(staff, { name: "mailDelivery", enabled: false });
    expect((await readFlags(staff)).mailDelivery).toBe(false);
    expect((await listFlags(ctx)).items.find(({ name }) => name === "mailDelivery")).toMatchObject({ enabled: false, byDefault: true });
    await setFlag(staff, { name: "mailDelivery", enabled: null });
    expect((await readFlags(staff)).mailDelivery).toBe(true);
    await expect(setFlag(staff, { name: "constructor", enabled: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await by(staff.user.id, "flag.set")).toEqual([{ flag: "mailDelivery", before: null, after: false }, { flag: "mailDelivery", before: false, after: null }]);
  });

  it("hold mails back", async () => {
    const staff = await admin();
    const mail = await ctx.db.outgoingMail.create({ data: { recipient: "a@example.com", kind: "test", subject: "s", text: "t", html: "h" } });
    const sent: string[] = [];
    const mailer = { send: async ({ id }: { id: string }) => void sent.push(id) } as unknown as Parameters<typeof deliverMail>[2];
    await setFlag(staff, { name: "mailDelivery", enabled: false });
    expect(await deliverMail(staff, { mailId: mail.id }, mailer)).toEqual({ sent: false });
    await setFlag(staff, { name: "mailDelivery", enabled: null });
    expect(await deliverMail(staff, { mailId: mail.id }, mailer)).toEqual({ sent: true });
    expect(sent).toEqual([mail.id]);
  });
});

describe("companies", () => {
  it("are changed by one of two editors who saw the same, and the other is told", async () => {
    const [one, other] = [await admin(), await admin()];
    const { ticker } = await aCompany(ctx.db);
    const [seen] = (await listCompanyProfiles(ctx, { limit: 1, search: ticker })).items;
    const both = await Promise.allSettled([one, other].map((staff, i) => updateCompany(staff, { ticker, industry: `Industry ${i}`, seenAt: seen!.updatedAt })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find((result) => result.status === "rejected")?.reason).toMatchObject({ code: "CONFLICT", details: { reason: "CHANGED_SINCE" } });
    expect(await updateCompany(other, { ticker, industry: "Said without looking" })).toMatchObject({ industry: "Said without looking" });
  });
});

describe("provider keys", () => {
  const refusing = (code: "UPSTREAM_INVALID" | "UPSTREAM_UNAVAILABLE") => ({ verify: () => Promise.reject(new AppError(code, "no")) });

  it("are tried where that can be done, each by itself, and that is on the record", async () => {
    const staff = await admin();
    type Asked = Parameters<typeof checkProviderKeys>[1];
    const ask = async (mailer: object | null, payments: object | null) => (await checkProviderKeys(staff, { mailer, payments } as Asked)).items.map(({ id, outcome }) => `${id} ${outcome}`);
    expect(await ask(null, null)).toEqual(["smtp notSet", "stripe notSet"]);
    expect(await ask({ verify: async () => undefined }, refusing("UPSTREAM_INVALID"))).toEqual(["smtp works", "stripe refused"]);
    expect(await ask(refusing("UPSTREAM_UNAVAILABLE"), null)).toEqual(["smtp unreachable", "stripe notSet"]);
    expect(await by(staff.user.id, "provider-keys.checked")).toContainEqual({ smtp: "works", stripe: "refused" });
    await expect(ask({ verify: () => Promise.reject(new Error("a bug")) }, null)).rejects.toThrow("a bug");
  });
});

describe("the audit log", () => {
  it("is filtered by action, actor, subject and day, goes on by cursor, and its export is on it", async () => {
    const [staff, person] = [await admin(), await aUser(ctx.db)];
    for (const name of ["a.one", "a.two", "b.one"]) await ctx.db.auditEntry.create({ data: { action: name, actorId: staff.user.id, subjectId: person.id, at: new Date("2026-02-03T10:00:00Z") } });
    const ask = async (filter: object) => (await listAuditLog(ctx, listAuditLogInput.parse({ limit: 10, ...filter }))).items;
    expect((await ask({ subject: person.email, action: "a." })).map(({ action, subject }) => [action, subject])).toEqual(expect.arrayContaining([["a.one", person.handle], ["a.two", person.handle]]));
    expect(await ask({ actor: staff.user.id, from: "2026-02-03", to: "2026-02-03" })).toHaveLength(3);
    expect(await ask({ actor: staff.user.id, from: "2026-02-04", to: "2026-02-05" })).toEqual([]);
    expect(await ask({ subject: "nobody-at-all" })).toEqual([]);
    for (const action of ["%", "____", "user%"]) expect(await ask({ action })).toEqual([]);
    const first = await listAuditLog(ctx, listAuditLogInput.parse({ limit: 2, subject: `@${person.handle}` }));
    const second = await listAuditLog(ctx, listAuditLogInput.parse({ limit: 2, subject: `@${person.handle}`, cursor: first.nextCursor }));
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(3);
    expect(await exportAuditLog(staff, { action: "b.", actor: staff.user.id, subject: "" })).toMatchObject({ items: [{ action: "b.one" }], cut: false });
    expect(await by(staff.user.id, "audit.exported")).toMatchObject([{ rows: 1 }]);
  });
});

describe("the mail outbox", () => {
  it("lists without texts, opens on the record, and sends again only what was not sent", async () => {
    const [staff, person] = [await admin(), await aUser(ctx.db)];
    const base = { userId: person.id, recipient: person.email!, kind: "verify-email", subject: "Confirm" };
    const waiting = await ctx.db.outgoingMail.create({ data: { ...base, text: "a link", html: "<p>a link</p>" } });
    const sent = await ctx.db.outgoingMail.create({ data: { ...base, text: "", html: "", sentAt: new Date() } });
    expect(JSON.stringify((await listMail(ctx, { limit: 10, state: "waiting" })).items)).not.toContain("a link");
    expect((await listMail(ctx, { limit: 10, state: "sent" })).items.map(({ id }) => id)).toContain(sent.id);
    expect(await openMail(staff, { mailId: waiting.id })).toEqual({ subject: "Confirm", text: "a link", html: "<p>a link</p>" });
    await resendMail(staff, { mailId: waiting.id });
    await expect(resendMail(staff, { mailId: sent.id })).rejects.toMatchObject({ details: { reason: "MAIL_SENT" } });
    expect(await ctx.db.outboxEvent.count({ where: { name: "mail/queued", data: { path: ["mailId"], equals: waiting.id } } })).toBe(1);
    expect([await by(staff.user.id, "mail.opened"), await by(staff.user.id, "mail.resent")]).toMatchObject([[{ mailId: waiting.id }], [{ mailId: waiting.id }]]);
  });

  it("sends again at once what waits for the end of quiet hours, and not a second time when they end", async () => {
    const staff = await admin();
    const heldUntil = new Date(Date.now() + 3_600_000);
    const { id: mailId } = await ctx.db.outgoingMail.create({ data: { recipient: "a@example.com", kind: "plan-changed", subject: "s", text: "t", html: "h", heldUntil } });
    await resendMail(staff, { mailId });
    expect(await ctx.db.outgoingMail.findUniqueOrThrow({ where: { id: mailId } })).toMatchObject({ heldUntil: null });
    await releaseHeldMails({ ...ctx, now: () => heldUntil });
    expect(await ctx.db.outboxEvent.count({ where: { name: "mail/queued", data: { path: ["mailId"], equals: mailId } } })).toBe(1);
  });
});

describe("data quality", () => {
  it("counts and lists what is stale, missing, doubled or does not add up", async () => {
    const count = async () => Object.fromEntries((await getDataQuality(ctx)).checks.map(({ check, count: n }) => [check, n]));
    const before = await count();
    const bare = await aCompany(ctx.db, { cik: "0000999999" });
    const twin = await aCompany(ctx.db, { cik: "0000999999" });
    const share = await anInstrument(ctx.db, { companyId: bare.id });
    await someBars(ctx.db, share, [["2026-01-05", 10]]);
    await anInstrument(ctx.db);
    const today = new Date().toISOString().slice(0, 10);
    await aStatement(ctx.db, twin.id, { end: "2020-03-31", totalAssets: 100, totalLiabilities: 50, equity: 30 });
    const stale = await aSeries(ctx.db, [["2020-01-01", 1]]);
    await aSeries(ctx.db, [[today, 1]]);
    const after = await count();
    const grown = Object.fromEntries(Object.entries(after).map(([check, n]) => [check, n - before[check]!]));
    expect(grown).toEqual({ staleSeries: 1, companiesWithoutStatements: 1, companiesWithoutPrices: 1, instrumentsWithoutBars: 1, balanceFaults: 1, duplicateCompanies: 2, staleStatements: 1 });
    const list = async (check: Parameters<typeof listDataFaults>[1]["check"]) => (await listDataFaults(ctx, { check, limit: 200 })).items;
    expect((await list("balanceFaults")).find(({ key }) => key.startsWith(twin.ticker))).toMatchObject({ gap: 0.2, note: "10-Q 2020-03-31" });
    expect((await list("duplicateCompanies")).find(({ key }) => key === bare.ticker)).toMatchObject({ note: twin.ticker });
    expect((await list("staleSeries")).find(({ key }) => key === stale.code)).toMatchObject({ note: "2020-01-01" });
    const first = await listDataFaults(ctx, { check: "duplicateCompanies", limit: 1 });
    expect((await listDataFaults(ctx, { check: "duplicateCompanies", limit: 1, cursor: first.nextCursor })).items[0]!.key > first.items[0]!.key).toBe(true);
  });
});

describe("ingestion", () => {
  it("lists runs by state, with their refused rows counted and listed", async () => {
    const provider = uniqueTicker("P");
    const { id: runId } = await ctx.db.ingestionRun.create({ data: { provider, subject: "prices", scope: "a.csv", status: "FAILED", finishedAt: new Date(), rejected: 3, error: "the disk is full" } });
    await ctx.db.importReject.createMany({ data: [1n, 2n, 3n].map((line) => ({ runId, file: "a.csv", line, reason: line < 3n ? "bad date" : "bad price", raw: "=1+1" })) });
    expect((await listIngestionRuns(ctx, { limit: 5, status: "FAILED", provider })).items).toMatchObject([{ id: runId, rejected: 3 }]);
    expect((await getIngestionRun(ctx, { runId })).reasons).toEqual([{ file: "a.csv", reason: "bad date", count: 2 }, { file: "a.csv", reason: "bad price", count: 1 }]);
    const first = await listRunRejects(ctx, { runId, limit: 2 });
    const second = await listRunRejects(ctx, { runId, limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ line }) => line).sort()).toEqual([1, 2, 3]);
    expect((await getAdminFigures(ctx)).ingest.find((row) => row.provider === provider)).toMatchObject({ lastStatus: "FAILED", lastSucceededAt: null, lastError: "the disk is full" });
  });
});

describe("figures of the overview", () => {
  it("count sign-ups of thirty days, the last of them today", async () => {
    const before = (await getAdminFigures(ctx)).signUps;
    await aUser(ctx.db);
    const { signUps } = await getAdminFigures(ctx);
    expect(signUps.byDay).toHaveLength(30);
    expect(signUps.byDay.at(-1)).toEqual({ date: new Date().toISOString().slice(0, 10), count: before.byDay.at(-1)!.count + 1 });
    expect([signUps.total, signUps.day]).toEqual([before.total + 1, before.day + 1]);
  });
});

describe("provider keys", () => {
  it("are told as set or not, never by their value", () => {
    const { items } = listProviderKeys({ status: () => [] }, readEnv({ GITHUB_CLIENT_ID: "the-id", GITHUB_CLIENT_SECRET: "hush", STRIPE_SECRET_KEY: "sk_test_hush" }));
    expect(Object.fromEntries(items.map(({ id, ready }) => [id, ready]))).toMatchObject({ github: true, stripe: false, google: false });
    expect(JSON.stringify(items)).not.toMatch(/hush|the-id/);
  });

  it("tell of each vendor's capability whether it is on, what is missing, what is left and how it answered", () => {
    const capability = { priority: 3, breaker: "open" as const, probeAt: "2026-11-20T12:01:00.000Z", lastSuccessAt: null, lastError: { at: "2026-11-20T12:00:00.000Z", code: "UPSTREAM_UNAVAILABLE", message: "finnhub answered 503" }, calls: 5, failures: 5 };
    const { vendors } = listProviderKeys({
      status: () => [{
        vendor: "finnhub", name: "Finnhub", signUpUrl: "https://finnhub.io/register", variables: [{ name: "FINNHUB_API_KEY", set: false, required: true }], budget: { callsLeft: 60, waiting: 0, running: 0, dayLimit: null, dayLeft: null, pausedUntil: null },
        capabilities: [{ ...capability, capability: "quotes", state: "on", missing: [] }, { ...capability, capability: "news", state: "key-missing", missing: ["FINNHUB_API_KEY"], breaker: "closed", probeAt: null, lastError: null, calls: 0, failures: 0 }],
      }],
    });
    expect(providerKeyList.shape.vendors.parse(vendors)).toMatchObject([
      { vendor: "finnhub", from: "https://finnhub.io/register", capability: "quotes", state: "on", breaker: "open", callsLeft: 60, lastError: { code: "UPSTREAM_UNAVAILABLE" } },
      { capability: "news", state: "key-missing", missing: ["FINNHUB_API_KEY"], lastSuccessAt: null },
    ]);
  });
});
