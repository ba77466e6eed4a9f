import { generate } from "otplib";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { signInInput } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { FAILURES_ARE_KEPT_MS, FREE_FAILURES_FROM_ANYWHERE, signInDelayMs } from "@/server/domain/account/sign-in-delay";
import { sha256 } from "@/server/platform/crypto";
import { A_PASSWORD, asGuest, asPerson, aUser, countingHasher, FIREFOX, linkToken, SAFARI } from "@/server/testing/factories/account-factory";
import { createApiKey } from "@/server/services/api-key/create-api-key";
import { findApiKeyOwner } from "@/server/services/api-key/find-api-key-owner";
import { createTestCtx } from "@/server/testing/test-ctx";
import { confirmMfa } from "./confirm-mfa";
import { createFirstAdmin } from "./create-first-admin";
import { findSession } from "./find-session";
import { KNOWN_BROWSER_LASTS_MS, makeKnownBrowser } from "./known-browser";
import { registerUser } from "./register-user";
import { renewRecoveryCodes } from "./renew-recovery-codes";
import { requestErasure } from "./request-erasure";
import { resetAdminPassword } from "./reset-admin-password";
import { signIn } from "./sign-in";
import { expireFailures } from "./sign-in-attempt";
import { startMfa } from "./start-mfa";
import { verifyEmail } from "./verify-email";

let time = new Date("2026-11-21T06:00:00Z");
const ctx = createTestCtx({ now: () => time });
const later = (ms: number) => (time = new Date(time.getTime() + ms));
const refusalOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(() => null, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(AppError);
  const { code, message, details } = error as AppError;
  return { code, message, details };
};
const REFUSED = expect.objectContaining({ code: "UNAUTHENTICATED", details: { reason: "SIGN_IN_REFUSED" } });

beforeEach(() => void later(60_000));
afterAll(() => ctx.db.$disconnect());

async function withMfa() {
  const user = await aUser(ctx.db);
  const person = await asPerson(ctx, user);
  const { secret } = await startMfa(person);
  const codeNow = () => generate({ secret, epoch: Math.floor(time.getTime() / 1000) });
  const { codes } = await confirmMfa(person, { code: await codeNow() });
  later(60_000);
  return { user, person, codeNow, codes, email: user.email! };
}

describe("signIn", () => {
  it("opens a session whose secret is stored as a hash, and notes it in the log", async () => {
    const user = await aUser(ctx.db);
    const ticket = await signIn(asGuest(ctx), { email: user.email!, password: A_PASSWORD });
    expect(await findSession(ctx, ticket)).toMatchObject({ sessionId: ticket.sessionId, user: { id: user.id } });
    expect(JSON.stringify(await ctx.db.session.findMany({ where: { userId: user.id } }))).not.toContain(ticket.secret);
    expect(await ctx.db.auditEntry.findMany({ where: { subjectId: user.id } })).toMatchObject([{ action: "session.started", address: "203.0.113.7" }]);
  });

  it("answers an unknown address, a wrong password, a locked account, an unconfirmed one and one without a password alike, with one verification each", async () => {
    const right = "plain:right-password";
    const people = [
      { email: "nobody@example.com", password: "right-password" },
      { email: (await aUser(ctx.db, { passwordHash: right })).email!, password: "wrong-password" },
      { email: (await aUser(ctx.db, { passwordHash: right, lockedAt: time })).email!, password: "right-password" },
      { email: (await aUser(ctx.db, { passwordHash: right, emailVerifiedAt: null })).email!, password: "right-password" },
      { email: (await aUser(ctx.db, { passwordHash: null })).email!, password: "right-password" },
      { email: (await aUser(ctx.db, { passwordHash: right, mustChangePassword: true, passwordExpiresAt: time })).email!, password: "right-password" },
      { email: (await aUser(ctx.db, { passwordHash: right })).email!, password: "right-password" },
    ];
    await ctx.db.signInFailure.create({ data: { subject: sha256(`sign-in:${people.at(-1)!.email}`), source: "all", failures: 30, retryAfter: new Date(time.getTime() + 1_000), lastFailedAt: time } });
    const answers = [];
    for (const input of people) {
      const hasher = countingHasher();
      answers.push(await refusalOf(signIn(asGuest(ctx), input, hasher)));
      expect(hasher.calls).toEqual({ hash: 0, verify: 1 });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual(REFUSED);
  });

  it("counts and writes down the same for an unknown address as for a known one", async () => {
    const known = await aUser(ctx.db);
    const traces = [];
    for (const [n, email] of [known.email!, `nobody-${time.getTime()}@example.com`].entries()) {
      const origin = { address: `198.51.100.${n + 1}`, requestId: `even-${time.getTime()}-${n}` };
      await refusalOf(signIn(asGuest(ctx, origin), { email, password: "wrong password here" }));
      const counted = await ctx.db.signInFailure.findMany({ where: { subject: sha256(`sign-in:${email}`) }, orderBy: { source: "asc" } });
      const [written] = await ctx.db.auditEntry.findMany({ where: { requestId: origin.requestId } });
      traces.push({ counted: counted.map(({ failures, retryAfter }) => ({ failures, retryAfter })), action: written?.action, details: written?.details });
    }
    expect(traces[0]).toEqual(traces[1]);
    expect(traces[0]).toMatchObject({ counted: [{ failures: 1 }, { failures: 1 }], action: "session.refused", details: { why: "password" } });
  });

  it("lets nobody elsewhere wait for a stranger's failures", async () => {
    const user = await aUser(ctx.db);
    const from = (address: string, password: string) => signIn(asGuest(ctx, { address }), { email: user.email!, password });
    for (let n = 0; n < 12; n++) await refusalOf(from("198.51.100.66", "wrong password here"));
    expect(await refusalOf(from("198.51.100.66", A_PASSWORD))).toEqual(REFUSED);
    await from("203.0.113.7", A_PASSWORD);
    // One IPv6 customer is one, whichever of their addresses they take.
    for (let n = 0; n < 5; n++) await refusalOf(from(`2001:db8:1:2::${n + 1}`, "wrong password here"));
    expect(await refusalOf(from("2001:db8:1:2:ffff::1", A_PASSWORD))).toEqual(REFUSED);
    await from("2001:db8:1:3::1", A_PASSWORD);
  });

  it("slows down guesses from many networks together, which a browser that the person knows passes", async () => {
    const [user, other] = [await aUser(ctx.db), await aUser(ctx.db)];
    const knownBrowser = makeKnownBrowser(ctx, user.id);
    for (let n = 0; n < FREE_FAILURES_FROM_ANYWHERE + 4; n++) await refusalOf(signIn(asGuest(ctx, { address: `198.51.${100 + (n % 3)}.${n + 1}` }), { email: user.email!, password: "wrong password here" }));
    const right = (origin: object) => signIn(asGuest(ctx, { address: "192.0.2.1", ...origin }), { email: user.email!, password: A_PASSWORD });
    expect(await refusalOf(right({}))).toEqual(REFUSED);
    expect(await refusalOf(right({ knownBrowser: makeKnownBrowser(ctx, other.id) }))).toEqual(REFUSED);
    expect(await refusalOf(right({ knownBrowser: knownBrowser.slice(0, -4) }))).toEqual(REFUSED);
    expect(await findSession(ctx, await right({ knownBrowser }))).not.toBeNull();
  });

  it("makes guesses from a known browser wait by a count of their own, for half a year", async () => {
    const user = await aUser(ctx.db);
    const knownBrowser = makeKnownBrowser(ctx, user.id);
    const attempt = (password: string, origin: object = { knownBrowser }) => signIn(asGuest(ctx, origin), { email: user.email!, password });
    for (let n = 0; n < 5; n++) await refusalOf(attempt("wrong password here"));
    expect(await refusalOf(attempt(A_PASSWORD))).toEqual(REFUSED);
    await attempt(A_PASSWORD, {});
    later(KNOWN_BROWSER_LASTS_MS);
    for (let n = 0; n < 5; n++) await refusalOf(attempt("wrong password here"));
    expect(await refusalOf(attempt(A_PASSWORD, {}))).toEqual(REFUSED);
  });

  it("forgets failures after a quiet day, and deletes them", async () => {
    const user = await aUser(ctx.db);
    const attempt = (password: string) => signIn(asGuest(ctx), { email: user.email!, password });
    for (let n = 0; n < 4; n++) await refusalOf(attempt("wrong password here"));
    later(FAILURES_ARE_KEPT_MS);
    await refusalOf(attempt("wrong password here"));
    await attempt(A_PASSWORD);
    for (let n = 0; n < 4; n++) await refusalOf(attempt("wrong password here"));
    later(FAILURES_ARE_KEPT_MS + 1);
    expect((await expireFailures(ctx)).expired).toBeGreaterThanOrEqual(2);
    expect(await ctx.db.signInFailure.count({ where: { subject: sha256(`sign-in:${user.email}`) } })).toBe(0);
  });

  it("refuses the right password while it waits after failures, twice as long after each", async () => {
    const user = await aUser(ctx.db);
    const attempt = (password: string) => signIn(asGuest(ctx), { email: user.email!, password });
    for (let n = 0; n < 5; n++) await refusalOf(attempt("wrong password here"));
    expect(await refusalOf(attempt(A_PASSWORD))).toEqual(REFUSED);
    later(signInDelayMs(5) + 1);
    await refusalOf(attempt("wrong password here"));
    later(signInDelayMs(5) + 1);
    expect(await refusalOf(attempt(A_PASSWORD))).toEqual(REFUSED);
    later(signInDelayMs(6));
    await attempt(A_PASSWORD);
    expect(await ctx.db.signInFailure.count({ where: { subject: sha256(`sign-in:${user.email}`) } })).toBe(0);
  });

  it("lets no more guesses through at once than one by one", async () => {
    const user = await aUser(ctx.db, { passwordHash: "plain:right-password" });
    const hasher = countingHasher();
    let looked = 0;
    const counting = { ...hasher, verify: (known: string | null, password: string) => ((looked += known === null ? 0 : 1), hasher.verify(known, password)) };
    await Promise.all(Array.from({ length: 40 }, () => refusalOf(signIn(asGuest(ctx), { email: user.email!, password: "a guess of many" }, counting))));
    expect(hasher.calls.verify).toBe(40);
    expect(looked).toBe(5);
  });

  it("ends the session that the browser had, and takes no session id from outside", async () => {
    const user = await aUser(ctx.db);
    const before = await asPerson(ctx, user);
    const after = await signIn(asGuest(ctx), { email: user.email!, password: A_PASSWORD, replaces: before.sessionId });
    expect(after.sessionId).not.toBe(before.sessionId);
    expect(await findSession(ctx, before)).toBeNull();
    expect(await findSession(ctx, { sessionId: after.sessionId, secret: before.secret })).toBeNull();
  });

  it("writes a mail when the device is new, and only then", async () => {
    const user = await aUser(ctx.db);
    const from = (userAgent: string) => signIn(asGuest(ctx, { userAgent }), { email: user.email!, password: A_PASSWORD });
    await from(FIREFOX);
    await from(FIREFOX);
    expect(await ctx.db.outgoingMail.count({ where: { userId: user.id, kind: "new-device" } })).toBe(0);
    await from(SAFARI);
    await from(SAFARI);
    expect(await ctx.db.outgoingMail.findMany({ where: { userId: user.id, kind: "new-device" } })).toMatchObject([{ text: expect.stringContaining("Safari · iOS") }]);
  });
});

describe("signIn with a second factor", () => {
  it("asks for the code after the right password only, and takes each code once", async () => {
    const { email, codeNow } = await withMfa();
    expect(await refusalOf(signIn(asGuest(ctx), { email, password: "wrong password here" }))).toEqual(REFUSED);
    expect(await refusalOf(signIn(asGuest(ctx), { email, password: A_PASSWORD }))).toMatchObject({ details: { reason: "CODE_NEEDED" } });
    const code = await codeNow();
    await signIn(asGuest(ctx), { email, password: A_PASSWORD, code });
    expect(await refusalOf(signIn(asGuest(ctx), { email, password: A_PASSWORD, code }))).toMatchObject({ details: { reason: "CODE_REFUSED" } });
  });

  it("lets one of two signs-in with the same code through when they come at once", async () => {
    const { email, codeNow } = await withMfa();
    const code = await codeNow();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => signIn(asGuest(ctx), { email, password: A_PASSWORD, code })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("takes each recovery code once, in any case and with or without dashes, and tells the person", async () => {
    const { user, email, codes } = await withMfa();
    expect(new Set(codes).size).toBe(10);
    const [first] = codes;
    await signIn(asGuest(ctx), { email, password: A_PASSWORD, code: first!.replaceAll("-", "").toLowerCase() });
    expect(await refusalOf(signIn(asGuest(ctx), { email, password: A_PASSWORD, code: first!.replaceAll("-", "") }))).toMatchObject({ details: { reason: "CODE_REFUSED" } });
    expect(await ctx.db.outgoingMail.count({ where: { userId: user.id, kind: "recovery-code-used" } })).toBe(1);
  });

  it("drops the earlier recovery codes when new ones are made", async () => {
    const { person, email, codes } = await withMfa();
    const renewed = await renewRecoveryCodes(person);
    expect(await refusalOf(signIn(asGuest(ctx), { email, password: A_PASSWORD, code: codes[1]!.replaceAll("-", "") }))).toMatchObject({ details: { reason: "CODE_REFUSED" } });
    await signIn(asGuest(ctx), { email, password: A_PASSWORD, code: renewed.codes[1]!.replaceAll("-", "") });
  });

  it("makes guessing codes wait as guessing passwords does, whatever network they come from; a known browser is counted apart", async () => {
    const { user, email, codeNow } = await withMfa();
    const from = (address: string, code: string, knownBrowser?: string) => signIn(asGuest(ctx, { address, knownBrowser }), { email, password: A_PASSWORD, code });
    for (let n = 0; n < 5; n++) await refusalOf(from(`198.51.100.${n + 1}`, "000000"));
    expect(await refusalOf(from("203.0.113.99", await codeNow()))).toMatchObject({ details: { reason: "CODE_REFUSED" } });
    await from("203.0.113.99", await codeNow(), makeKnownBrowser(ctx, user.id));
  });

  it("has recovery codes of 120 bits, stored as a hash that no change of the site's secret spoils", async () => {
    const { user, email, codes } = await withMfa();
    for (const code of codes) expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){5}[2-9A-HJ-NP-Z]{4}$/);
    expect(JSON.stringify(await ctx.db.recoveryCode.findMany({ where: { userId: user.id } }))).not.toContain(codes[0]!.replaceAll("-", ""));
    const elsewhere = { ...ctx, site: { ...ctx.site, secret: "another-secret-of-the-tests-with-enough-letters" } };
    await signIn(asGuest(elsewhere), { email, password: A_PASSWORD, code: codes[0]!.replaceAll("-", "") });
  });
});

describe("registerUser", () => {
  const input = (email: string) => ({ email, password: "velvet tractor hums 88", locale: "en" as const, timeZone: "UTC" });

  it("makes an account that opens once its address is confirmed", async () => {
    const email = `new-${time.getTime()}@example.com`;
    await (await registerUser(asGuest(ctx), input(email))).settle();
    expect(await refusalOf(signIn(asGuest(ctx), { email, password: "velvet tractor hums 88" }))).toEqual(REFUSED);
    const token = await linkToken(ctx.db, email, "verify-email");
    await verifyEmail(asGuest(ctx), { token });
    expect(await refusalOf(verifyEmail(asGuest(ctx), { token }))).toMatchObject({ details: { reason: "LINK_SPENT" } });
    await signIn(asGuest(ctx), { email, password: "velvet tractor hums 88" });
    expect(await ctx.db.user.findUniqueOrThrow({ where: { email } })).toMatchObject({ role: "USER", tier: "FREE" });
  });

  it("says nothing of an address that is known: same hash, no change, a mail to its owner", async () => {
    const user = await aUser(ctx.db);
    const hasher = countingHasher();
    await (await registerUser(asGuest(ctx), input(user.email!), hasher)).settle();
    expect(hasher.calls).toEqual({ hash: 1, verify: 0 });
    expect(await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })).toEqual(user);
    expect(await ctx.db.outgoingMail.findMany({ where: { userId: user.id } })).toMatchObject([{ kind: "address-known" }]);
  });

  it.each([
    ["password1234", "PASSWORD_WEAK"],
    ["abcabcabcabc", "PASSWORD_WEAK"],
    ["qwertyuiop12", "PASSWORD_WEAK"],
    ["nexus-alpha-2026", "PASSWORD_WEAK"],
    ["jane.roe-47!Hx2qLpz", "PASSWORD_HOLDS_EMAIL"],
    ["Jane Margaret Roe x9", "PASSWORD_HOLDS_NAME"],
  ])("refuses %s", async (password, reason) => {
    expect(await refusalOf(registerUser(asGuest(ctx), { ...input("jane.roe@example.com"), password, name: "Jane Margaret Roe" }))).toMatchObject({ code: "INVALID_INPUT", details: { field: "password", reason } });
  });

  it("lets one of two registrations of an address at once through", async () => {
    const email = `twice-${time.getTime()}@example.com`;
    const settled = await Promise.allSettled((await Promise.all([registerUser(asGuest(ctx), input(email)), registerUser(asGuest(ctx), input(email))])).map(({ settle }) => settle()));
    expect(settled.filter(({ status }) => status === "fulfilled").length).toBeGreaterThanOrEqual(1);
    expect(await ctx.db.user.count({ where: { email } })).toBe(1);
  });
});

describe("createFirstAdmin", () => {
  it("makes one admin, whose password has to be changed at the first sign-in", async () => {
    await ctx.db.user.updateMany({ where: { role: "ADMIN" }, data: { role: "USER" } });
    expect((await signInInput.safeParseAsync({ email: "a@example.com", password: "x", newPassword: "elevenchars" })).success).toBe(false);
    const made = (await Promise.all([1, 2, 3].map(() => createFirstAdmin(ctx, { email: "admin@localhost" })))).filter((one) => one !== null);
    expect(made).toHaveLength(1);
    const [{ email, password } = { email: "", password: "" }] = made;
    expect(await refusalOf(signIn(asGuest(ctx), { email, password }))).toMatchObject({ details: { reason: "NEW_PASSWORD_NEEDED" } });
    expect(await refusalOf(signIn(asGuest(ctx), { email, password, newPassword: "password1234" }))).toMatchObject({ details: { field: "newPassword" } });
    await signIn(asGuest(ctx), { email, password, newPassword: "gravel umbrella sings 31" });
    expect(await refusalOf(signIn(asGuest(ctx), { email, password }))).toEqual(REFUSED);
    await ctx.db.user.updateMany({ where: { email }, data: { role: "USER" } });
  });

  it("raises an account that has the address, signs it out and takes what its holder left open", async () => {
    await ctx.db.user.updateMany({ where: { role: "ADMIN" }, data: { role: "USER" } });
    const user = await aUser(ctx.db);
    const squatter = await asPerson(ctx, user);
    const { key } = await createApiKey(squatter, { name: "k", scopes: ["read"], allowedOrigins: [], expiresInDays: 1 });
    expect(await findApiKeyOwner(ctx, key)).not.toBeNull();
    const made = (await createFirstAdmin(ctx, { email: user.email! }))!;
    expect(await findSession(ctx, squatter)).toBeNull();
    expect(await findApiKeyOwner(ctx, key)).toBeNull();
    expect(await refusalOf(signIn(asGuest(ctx), { email: made.email, password: A_PASSWORD }))).toEqual(REFUSED);
    expect(await ctx.db.auditEntry.findFirst({ where: { subjectId: user.id, action: "role.set" } })).toMatchObject({ details: { before: "USER", after: "ADMIN", sessionsEnded: 1 } });
    await ctx.db.user.updateMany({ where: { email: made.email }, data: { role: "USER" } });
  });

  it("gives a password that opens nothing after seven days", async () => {
    await ctx.db.user.updateMany({ where: { role: "ADMIN" }, data: { role: "USER" } });
    const { email, password, until } = (await createFirstAdmin(ctx, { email: `first-${time.getTime()}@example.com` }))!;
    expect(until.getTime() - time.getTime()).toBe(7 * 86_400_000);
    later(7 * 86_400_000 - 1);
    expect(await refusalOf(signIn(asGuest(ctx), { email, password }))).toMatchObject({ details: { reason: "NEW_PASSWORD_NEEDED" } });
    later(1);
    expect(await refusalOf(signIn(asGuest(ctx), { email, password, newPassword: "gravel umbrella sings 31" }))).toEqual(REFUSED);
  });
});

describe("resetAdminPassword", () => {
  it("gives an admin a new one-time password, ends the sessions and is on the record; a second factor stays unless it is dropped", async () => {
    const { user, person, codeNow, email } = await withMfa();
    await expect(resetAdminPassword(ctx, { email, dropSecondFactor: false })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await ctx.db.user.update({ where: { id: user.id }, data: { role: "ADMIN" } });
    const first = await resetAdminPassword(ctx, { email, dropSecondFactor: false });
    expect(await findSession(ctx, person)).toBeNull();
    expect(await refusalOf(signIn(asGuest(ctx), { email, password: A_PASSWORD }))).toEqual(REFUSED);
    const newPassword = "gravel umbrella sings 31";
    expect(await refusalOf(signIn(asGuest(ctx), { email, password: first.password, newPassword }))).toMatchObject({ details: { reason: "CODE_NEEDED" } });
    await signIn(asGuest(ctx), { email, password: first.password, newPassword, code: await codeNow() });
    const second = await resetAdminPassword(ctx, { email, dropSecondFactor: true });
    await signIn(asGuest(ctx), { email, password: second.password, newPassword: "velvet tractor hums 88" });
    const log = await ctx.db.auditEntry.findMany({ where: { subjectId: user.id, action: "password.one-time-issued" }, orderBy: { id: "asc" } });
    expect(log.map(({ details }) => (details as { secondFactorDropped: boolean }).secondFactorDropped)).toEqual([false, true]);
    expect(JSON.stringify(log)).not.toContain(second.password);
    await ctx.db.user.update({ where: { id: user.id }, data: { role: "USER" } });
  });
});

describe("signIn before the end of the grace period", () => {
  it("keeps the account", async () => {
    const user = await aUser(ctx.db);
    await requestErasure(await asPerson(ctx, user));
    await signIn(asGuest(ctx), { email: user.email!, password: A_PASSWORD });
    expect(await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })).toMatchObject({ erasureRequestedAt: null });
  });
});
