import { generate } from "otplib";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { A_PASSWORD, asGuest, asPerson, aUser, countingHasher, linkToken, SAFARI } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { changePassword } from "./change-password";
import { confirmEmailChange } from "./confirm-email-change";
import { confirmMfa } from "./confirm-mfa";
import { findSession } from "./find-session";
import { linkProvider } from "./link-provider";
import { listAudit } from "./list-audit";
import { listSessions } from "./list-sessions";
import { requestEmailChange } from "./request-email-change";
import { requestPasswordReset } from "./request-password-reset";
import { resetPassword } from "./reset-password";
import { revokeOtherSessions, revokeSession } from "./revoke-session";
import { GRACE_MS, rotateSession } from "./rotate-session";
import { signIn } from "./sign-in";
import { finishProviderSignIn, signInWithProvider } from "./sign-in-with-provider";
import { startMfa } from "./start-mfa";
import { stepUp } from "./step-up";
import { updateProfile } from "./update-profile";

let time = new Date("2026-11-21T08:00:00Z");
const ctx = createTestCtx({ now: () => time });
const later = (ms: number) => (time = new Date(time.getTime() + ms));
const reasonOf = (work: Promise<unknown>) => work.then(() => null, (error: unknown) => (error instanceof AppError ? [error.code, error.details.reason ?? error.details.field ?? null] : Promise.reject(error)));

beforeEach(() => void later(3_600_000));
afterAll(() => ctx.db.$disconnect());

describe("rotateSession", () => {
  it("gives all of many tabs at once the same one new secret", async () => {
    const before = await asPerson(ctx, await aUser(ctx.db));
    const tickets = await Promise.all(Array.from({ length: 50 }, () => rotateSession(before, before)));
    const secrets = new Set(tickets.map((ticket) => ticket?.secret));
    expect(secrets.size).toBe(1);
    const [secret] = secrets;
    expect(secret).not.toBe(before.secret);
    expect(await findSession(ctx, { ...before, secret: secret! })).not.toBeNull();
  });

  it("takes the secret before for a minute, and ends the session when it comes later", async () => {
    const user = await aUser(ctx.db);
    const before = await asPerson(ctx, user);
    const next = (await rotateSession(before, before))!;
    later(GRACE_MS);
    expect(await rotateSession(before, before)).toEqual(next);
    later(1);
    expect(await rotateSession(before, before)).toBeNull();
    expect(await findSession(ctx, next)).toBeNull();
    expect(await ctx.db.session.findUniqueOrThrow({ where: { id: before.sessionId } })).toMatchObject({ revokedReason: "refresh-reused" });
    expect(await ctx.db.outgoingMail.count({ where: { userId: user.id, kind: "session-reused" } })).toBe(1);
  });

  it("ends the session at once when a secret two steps back comes", async () => {
    const first = await asPerson(ctx, await aUser(ctx.db));
    const second = (await rotateSession(first, first))!;
    const third = (await rotateSession(first, second))!;
    expect(await rotateSession(first, first)).toBeNull();
    expect(await rotateSession(first, third)).toBeNull();
  });

  it("renews nothing that has ended, run out, or belongs to a locked account", async () => {
    const user = await aUser(ctx.db);
    const [ended, old, locked] = [await asPerson(ctx, user), await asPerson(ctx, user), await asPerson(ctx, user)];
    await revokeSession(ended, { sessionId: ended.sessionId });
    expect(await rotateSession(ended, ended)).toBeNull();
    await ctx.db.user.update({ where: { id: user.id }, data: { lockedAt: time } });
    expect(await rotateSession(locked, locked)).toBeNull();
    await ctx.db.user.update({ where: { id: user.id }, data: { lockedAt: null } });
    later(30 * 86_400_000);
    expect(await rotateSession(old, old)).toBeNull();
  });
});

describe("the list of sessions", () => {
  it("shows device, place and last use, the one in use first, and no other person's", async () => {
    const user = await aUser(ctx.db);
    const desk = await asPerson(ctx, user);
    later(60_000);
    await asPerson(ctx, user, { userAgent: SAFARI, place: "Busan, KR" });
    await asPerson(ctx, await aUser(ctx.db));
    expect((await listSessions(desk)).items).toMatchObject([
      { id: desk.sessionId, current: true, device: "Firefox · Windows", deviceKind: "desktop", place: "Seoul, KR" },
      { current: false, device: "Safari · iOS", deviceKind: "mobile", place: "Busan, KR" },
    ]);
  });

  it("ends one or all others, and never another person's", async () => {
    const user = await aUser(ctx.db);
    const [mine, second, third] = [await asPerson(ctx, user), await asPerson(ctx, user), await asPerson(ctx, user)];
    const stranger = await asPerson(ctx, await aUser(ctx.db));
    expect(await reasonOf(revokeSession(stranger, { sessionId: mine.sessionId }))).toEqual(["NOT_FOUND", null]);
    expect(await revokeSession(mine, { sessionId: second.sessionId })).toEqual({ revoked: 1 });
    expect(await findSession(ctx, second)).toBeNull();
    expect(await revokeOtherSessions(mine)).toEqual({ revoked: 1 });
    expect(await findSession(ctx, third)).toBeNull();
    expect(await findSession(ctx, mine)).not.toBeNull();
    expect(await findSession(ctx, stranger)).not.toBeNull();
  });
});

describe("passwords", () => {
  it("are reset by a link that works once; every session ends", async () => {
    const user = await aUser(ctx.db);
    const person = await asPerson(ctx, user);
    await requestPasswordReset(asGuest(ctx), { email: user.email! });
    const token = await linkToken(ctx.db, user.email!, "reset-password");
    expect(await reasonOf(resetPassword(asGuest(ctx), { token, password: "password1234" }))).toEqual(["INVALID_INPUT", "PASSWORD_WEAK"]);
    await resetPassword(asGuest(ctx), { token, password: "marble thicket jumps 57" });
    expect(await reasonOf(resetPassword(asGuest(ctx), { token, password: "marble thicket jumps 58" }))).toEqual(["RULE_VIOLATED", "LINK_SPENT"]);
    expect(await findSession(ctx, person)).toBeNull();
    expect(await reasonOf(signIn(asGuest(ctx), { email: user.email!, password: A_PASSWORD }))).toEqual(["UNAUTHENTICATED", "SIGN_IN_REFUSED"]);
    await signIn(asGuest(ctx), { email: user.email!, password: "marble thicket jumps 57" });
  });

  it("send nothing for an unknown address, and use up the earlier link when asked again", async () => {
    await requestPasswordReset(asGuest(ctx), { email: "unknown@example.com" });
    expect(await ctx.db.outgoingMail.count({ where: { recipient: "unknown@example.com" } })).toBe(0);
    const user = await aUser(ctx.db);
    await requestPasswordReset(asGuest(ctx), { email: user.email! });
    const first = await linkToken(ctx.db, user.email!, "reset-password");
    later(120_000);
    await requestPasswordReset(asGuest(ctx), { email: user.email! });
    expect(await reasonOf(resetPassword(asGuest(ctx), { token: first, password: "marble thicket jumps 57" }))).toEqual(["RULE_VIOLATED", "LINK_SPENT"]);
    later(3_600_000);
    expect(await reasonOf(resetPassword(asGuest(ctx), { token: await linkToken(ctx.db, user.email!, "reset-password"), password: "marble thicket jumps 57" }))).toEqual(["RULE_VIOLATED", "LINK_SPENT"]);
  });

  it("that are reset let the person in at once, and start no new round of guesses at a second factor", async () => {
    const user = await aUser(ctx.db, { mfaEnabledAt: time, totpSecret: "sealed" });
    const guess = (password: string, code?: string) => reasonOf(signIn(asGuest(ctx), { email: user.email!, password, code }));
    for (let n = 0; n < 6; n++) await guess(A_PASSWORD, "000000");
    for (let n = 0; n < 6; n++) await guess("wrong password here");
    expect(await guess(A_PASSWORD)).toEqual(["UNAUTHENTICATED", "SIGN_IN_REFUSED"]);
    const failuresAtCode = () => ctx.db.signInFailure.findMany({ where: { subject: `code:${user.id}` } });
    const before = await failuresAtCode();
    expect(before).toMatchObject([{ source: "all", failures: 5 }]);
    await requestPasswordReset(asGuest(ctx), { email: user.email! });
    await resetPassword(asGuest(ctx), { token: await linkToken(ctx.db, user.email!, "reset-password"), password: "marble thicket jumps 57" });
    expect(await guess("marble thicket jumps 57")).toEqual(["UNAUTHENTICATED", "CODE_NEEDED"]);
    expect(await failuresAtCode()).toEqual(before);
  });

  it("typed wrong at the door keep nobody from a proof in an open session, nor the other way round", async () => {
    const user = await aUser(ctx.db);
    const here = await asPerson(ctx, user);
    const signedIn = (password: string) => reasonOf(signIn(asGuest(ctx), { email: user.email!, password }));
    for (let n = 0; n < 6; n++) await signedIn("wrong password here");
    expect(await reasonOf(stepUp(here, { password: A_PASSWORD }))).toBeNull();
    later(3_600_000);
    for (let n = 0; n < 5; n++) expect(await reasonOf(stepUp(here, { password: "wrong password here" }))).toEqual(["INVALID_INPUT", "PROOF_REFUSED"]);
    expect(await reasonOf(stepUp(here, { password: A_PASSWORD }))).toEqual(["INVALID_INPUT", "PROOF_REFUSED"]);
    expect(await signedIn(A_PASSWORD)).toBeNull();
  });

  it("are changed by the present one; the other sessions end, this one stays", async () => {
    const user = await aUser(ctx.db, { passwordHash: "plain:present password" });
    const [here, there] = [await asPerson(ctx, user), await asPerson(ctx, user)];
    const hasher = countingHasher();
    expect(await reasonOf(changePassword(here, { currentPassword: "another", password: "marble thicket jumps 57" }, hasher))).toEqual(["INVALID_INPUT", "PASSWORD_WRONG"]);
    await changePassword(here, { currentPassword: "present password", password: "marble thicket jumps 57" }, hasher);
    expect(await findSession(ctx, here)).not.toBeNull();
    expect(await findSession(ctx, there)).toBeNull();
  });

  it("step a session up, and only that one", async () => {
    const user = await aUser(ctx.db);
    const [here, there] = [await asPerson(ctx, user), await asPerson(ctx, user)];
    await ctx.db.session.updateMany({ where: { userId: user.id }, data: { steppedUpAt: null } });
    expect(await reasonOf(stepUp(here, { password: "not this one" }))).toEqual(["INVALID_INPUT", "PROOF_REFUSED"]);
    await stepUp(here, { password: A_PASSWORD });
    expect((await findSession(ctx, here))?.steppedUpAt).toEqual(time);
    expect((await findSession(ctx, there))?.steppedUpAt).toBeNull();
  });
});

describe("addresses", () => {
  it("change when the new one is confirmed, the old one is told, and its links end", async () => {
    const user = await aUser(ctx.db);
    const person = await asPerson(ctx, user);
    const email = `moved-${user.handle}@example.com`;
    await requestPasswordReset(asGuest(ctx), { email: user.email! });
    const reset = await linkToken(ctx.db, user.email!, "reset-password");
    await requestEmailChange(person, { email });
    expect((await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })).email).toBe(user.email);
    await confirmEmailChange(asGuest(ctx), { token: await linkToken(ctx.db, email, "change-email") });
    expect((await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })).email).toBe(email);
    expect(await ctx.db.outgoingMail.count({ where: { recipient: user.email!, kind: "email-changed" } })).toBe(1);
    expect(await reasonOf(resetPassword(asGuest(ctx), { token: reset, password: "marble thicket jumps 57" }))).toEqual(["RULE_VIOLATED", "LINK_SPENT"]);
  });

  it("of somebody else get no mail", async () => {
    const [user, other] = [await aUser(ctx.db), await aUser(ctx.db)];
    await requestEmailChange(await asPerson(ctx, user), { email: other.email! });
    expect(await ctx.db.outgoingMail.count({ where: { recipient: other.email! } })).toBe(0);
  });
});

describe("signInWithProvider", () => {
  const profile = (given: object) => ({ provider: "google" as const, providerId: crypto.randomUUID(), email: "x@example.com", emailVerified: true, name: "Kim", ...given });

  it("makes an account once and finds it again by the provider's id, whatever the address is by then", async () => {
    const given = profile({ email: `fresh-${time.getTime()}@example.com` });
    const first = await signInWithProvider(asGuest(ctx), given, null);
    const second = await signInWithProvider(asGuest(ctx), { ...given, email: "other@example.com" }, null);
    expect("session" in first && "session" in second && first.session.userId === second.session.userId).toBe(true);
  });

  it("links by address only when both sides have confirmed it", async () => {
    const confirmed = await aUser(ctx.db);
    const squatted = await aUser(ctx.db, { emailVerifiedAt: null });
    expect(await reasonOf(signInWithProvider(asGuest(ctx), profile({ email: confirmed.email, emailVerified: false }), null))).toEqual(["UNAUTHENTICATED", "PROVIDER_UNVERIFIED"]);
    expect(await reasonOf(signInWithProvider(asGuest(ctx), profile({ email: squatted.email }), null))).toEqual(["UNAUTHENTICATED", "LOCAL_UNVERIFIED"]);
    expect(await signInWithProvider(asGuest(ctx), profile({ email: confirmed.email }), null)).toMatchObject({ session: { userId: confirmed.id } });
  });

  it.each([["wide letters", "ｐerson", "person"], ["a letter whose lower case is another's", "\u212aim", "kim"]])("takes %s for a different mailbox, whose owner may be a stranger", async (_what, lookalike, name) => {
    const user = await aUser(ctx.db, { email: `${name}-${crypto.randomUUID()}@example.com` });
    expect(await reasonOf(signInWithProvider(asGuest(ctx), profile({ email: user.email!.replace(name, lookalike) }), null))).toEqual(["UNAUTHENTICATED", "PROVIDER_UNVERIFIED"]);
  });

  it("keeps one account of a provider to one person, also when two link it at once", async () => {
    const [user, other] = [await aUser(ctx.db), await aUser(ctx.db)];
    const { provider, providerId } = profile({});
    const outcomes = await Promise.allSettled([user, other].map(({ id }) => linkProvider(asGuest(ctx), { userId: id, provider, providerId })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find((one) => one.status === "rejected")?.reason).toMatchObject({ details: { reason: "PROVIDER_TAKEN" } });
  });

  it("links a provider once when it is asked for twice, and says so once", async () => {
    const user = await aUser(ctx.db);
    const link = { userId: user.id, provider: "google" as const, providerId: crypto.randomUUID() };
    await Promise.all([linkProvider(asGuest(ctx), link), linkProvider(asGuest(ctx), link)]);
    expect([await ctx.db.oauthAccount.count({ where: { userId: user.id } }), await ctx.db.outgoingMail.count({ where: { userId: user.id, kind: "provider-linked" } })]).toEqual([1, 1]);
  });

  it("asks for the second factor all the same", async () => {
    const user = await aUser(ctx.db, { mfaEnabledAt: time, totpSecret: "sealed" });
    expect(await signInWithProvider(asGuest(ctx), profile({ email: user.email }), null)).toMatchObject({ halfWay: expect.any(String) });
    expect(await ctx.db.session.count({ where: { userId: user.id } })).toBe(0);
  });

  it("lets a half-way note serve no longer than five minutes, and not after the provider was unlinked or the address became another", async () => {
    const user = await aUser(ctx.db);
    const person = await asPerson(ctx, user);
    const { secret } = await startMfa(person);
    const codeNow = () => generate({ secret, epoch: Math.floor(time.getTime() / 1000) });
    await confirmMfa(person, { code: await codeNow() });
    const given = profile({ email: user.email });
    const halfWay = async () => ((await signInWithProvider(asGuest(ctx), given, null)) as { halfWay: string }).halfWay;
    const finish = async (note: string) => finishProviderSignIn(asGuest(ctx), { halfWay: note, code: await codeNow(), replaces: null });
    const old = await halfWay();
    later(5 * 60_000);
    expect(await reasonOf(finish(old))).toEqual(["UNAUTHENTICATED", "SIGN_IN_REFUSED"]);
    const byAddress = await halfWay();
    await ctx.db.user.update({ where: { id: user.id }, data: { email: `moved-${user.email}` } });
    expect(await reasonOf(finish(byAddress))).toEqual(["UNAUTHENTICATED", "SIGN_IN_REFUSED"]);
    await linkProvider(asGuest(ctx), { userId: user.id, provider: given.provider, providerId: given.providerId });
    const byLink = await halfWay();
    await ctx.db.oauthAccount.deleteMany({ where: { userId: user.id } });
    later(60_000);
    expect(await reasonOf(finish(byLink))).toEqual(["UNAUTHENTICATED", "SIGN_IN_REFUSED"]);
    expect(await ctx.db.oauthAccount.count({ where: { userId: user.id } })).toBe(0);
  });
});

describe("the log", () => {
  it("shows people what concerns them, page by page, and nobody else's", async () => {
    const user = await aUser(ctx.db);
    const person = await asPerson(ctx, user);
    for (let n = 0; n < 4; n++) {
      later(1_000);
      await stepUp(person, { password: A_PASSWORD });
    }
    const first = await listAudit(person, { limit: 3 });
    const second = await listAudit(person, { limit: 3, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ action }) => action)).toEqual(["session.stepped-up", "session.stepped-up", "session.stepped-up", "session.stepped-up", "session.started"]);
    expect(second.nextCursor).toBeNull();
    expect((await listAudit(await asPerson(ctx, await aUser(ctx.db)), { limit: 50 })).items).toHaveLength(1);
  });

  it("can be neither changed nor shortened", async () => {
    await asPerson(ctx, await aUser(ctx.db));
    await expect(ctx.db.auditEntry.updateMany({ data: { action: "nothing.happened" } })).rejects.toThrow(/append-only/);
    await expect(ctx.db.auditEntry.deleteMany({})).rejects.toThrow(/append-only/);
    await expect(ctx.db.$executeRaw`TRUNCATE audit_entry`).rejects.toThrow(/append-only/);
  });
});

describe("updateProfile", () => {
  it("changes what is given and refuses handles that are taken or would be taken for ours", async () => {
    const [user, other] = [await aUser(ctx.db), await aUser(ctx.db)];
    const person = await asPerson(ctx, user);
    const unsafe = { name: "<script>alert(1)</script>", role: "ADMIN", tier: "INSTITUTIONAL", emailVerifiedAt: null };
    expect(await updateProfile(person, unsafe)).toMatchObject({ name: "<script>alert(1)</script>", role: "USER", tier: "FREE", emailVerified: true });
    expect(await reasonOf(updateProfile(person, { handle: other.handle }))).toEqual(["CONFLICT", "HANDLE_TAKEN"]);
    expect(await reasonOf(updateProfile(person, { handle: "admin" }))).toEqual(["CONFLICT", "HANDLE_TAKEN"]);
  });
});
