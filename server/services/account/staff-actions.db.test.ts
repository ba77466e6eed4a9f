import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { aUser, asPerson } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { endUserSessions } from "./end-user-sessions";
import { findSession } from "./find-session";
import { startImpersonation, stopImpersonation } from "./impersonate";
import { lockUser, unlockUser } from "./lock-user";
import { setRole } from "./set-role";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

const reason = "asked for by mail";
const admin = async () => asPerson(ctx, await aUser(ctx.db, { role: "ADMIN" }));
const logged = (subjectId: string, action: string) => ctx.db.auditEntry.findMany({ where: { subjectId, action }, orderBy: { at: "asc" } });
/** Leaves only these admins able to act. */
const onlyAdmins = (ids: string[]) => ctx.db.user.updateMany({ where: { role: "ADMIN", id: { notIn: ids } }, data: { role: "USER" } });

describe("setRole", () => {
  it("changes somebody else's role once, with before and after on the record, and never one's own", async () => {
    const [staff, person] = [await admin(), await aUser(ctx.db)];
    await setRole(staff, { userId: person.id, role: "MODERATOR", reason });
    await setRole(staff, { userId: person.id, role: "MODERATOR", reason });
    expect((await logged(person.id, "role.set")).map(({ actorId, details }) => ({ actorId, details }))).toEqual([{ actorId: staff.user.id, details: { before: "USER", after: "MODERATOR", reason } }]);
    await expect(setRole(staff, { userId: staff.user.id, role: "USER", reason })).rejects.toMatchObject({ details: { reason: "OWN_ACCOUNT" } });
    await expect(setRole(staff, { userId: randomUUID(), role: "MODERATOR", reason })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("leaves one admin when two take the role from each other at once, by any mix of demoting and locking", async () => {
    for (const how of ["demote", "lock"] as const) {
      const [a, b] = [await admin(), await admin()];
      await onlyAdmins([a.user.id, b.user.id]);
      const act = (by: typeof a, on: typeof a) => (how === "demote" ? setRole(by, { userId: on.user.id, role: "USER", reason }) : lockUser(by, { userId: on.user.id, reason }));
      const ends = await Promise.allSettled([act(a, b), setRole(b, { userId: a.user.id, role: "USER", reason })]);
      expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await ctx.db.user.count({ where: { role: "ADMIN", lockedAt: null, erasedAt: null } })).toBe(1);
    }
  });
});

describe("lockUser", () => {
  it("ends the sessions, keeps the reason, and is undone", async () => {
    const [staff, person] = [await admin(), await asPerson(ctx, await aUser(ctx.db))];
    const userId = person.user.id;
    expect(await lockUser(staff, { userId, reason })).toEqual({ ended: 1 });
    expect(await findSession(ctx, person)).toBeNull();
    await expect(lockUser(staff, { userId, reason })).rejects.toMatchObject({ code: "CONFLICT" });
    await unlockUser(staff, { userId, reason: "talked to her" });
    await expect(unlockUser(staff, { userId, reason })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await ctx.db.user.findUniqueOrThrow({ where: { id: userId }, select: { lockedAt: true, lockedReason: true } })).toEqual({ lockedAt: null, lockedReason: null });
    expect((await logged(userId, "account.locked")).map(({ details }) => details)).toEqual([{ reason, sessionsEnded: 1 }]);
    expect((await logged(userId, "account.unlocked")).map(({ details }) => details)).toEqual([{ reason: "talked to her", lockedFor: reason }]);
    await expect(lockUser(staff, { userId: staff.user.id, reason })).rejects.toMatchObject({ details: { reason: "OWN_ACCOUNT" } });
  });
});

describe("endUserSessions", () => {
  it("signs a person out everywhere, on the record", async () => {
    const [staff, person] = [await admin(), await asPerson(ctx, await aUser(ctx.db))];
    expect(await endUserSessions(staff, { userId: person.user.id, reason })).toEqual({ ended: 1 });
    expect(await findSession(ctx, person)).toBeNull();
    expect(await logged(person.user.id, "session.revoked")).toHaveLength(1);
  });
});

describe("startImpersonation", () => {
  it("opens a session for half an hour that names the admin and is on the person's record", async () => {
    const [staff, person] = [await admin(), await aUser(ctx.db)];
    const ticket = await startImpersonation(staff, { userId: person.id, reason });
    expect(await findSession(ctx, ticket)).toMatchObject({ user: { id: person.id }, impersonatorId: staff.user.id, steppedUpAt: null });
    expect(await findSession({ ...ctx, now: () => new Date(Date.now() + 31 * 60_000) }, ticket)).toBeNull();
    expect(await stopImpersonation(staff, ticket)).toBe(true);
    expect(await findSession(ctx, ticket)).toBeNull();
    expect((await logged(person.id, "impersonation.started")).map(({ actorId }) => actorId)).toEqual([staff.user.id]);
    expect(await logged(person.id, "impersonation.stopped")).toHaveLength(1);
    expect(await stopImpersonation(staff, ticket)).toBe(true);
    expect(await logged(person.id, "impersonation.stopped")).toHaveLength(1);
  });

  it("is never of an admin, oneself, or somebody locked, and ends with the admin's role", async () => {
    const [staff, other, person] = [await admin(), await admin(), await aUser(ctx.db)];
    const locked = await aUser(ctx.db, { lockedAt: new Date() });
    for (const userId of [staff.user.id, other.user.id, locked.id]) await expect(startImpersonation(staff, { userId, reason })).rejects.toMatchObject({ code: "RULE_VIOLATED" });
    const ticket = await startImpersonation(other, { userId: person.id, reason });
    await setRole(staff, { userId: other.user.id, role: "USER", reason });
    expect(await findSession(ctx, ticket)).toBeNull();
  });

  it("ends when the admin is signed out everywhere, and with the role, however that went", async () => {
    const [staff, other, person] = [await admin(), await admin(), await aUser(ctx.db)];
    const first = await startImpersonation(other, { userId: person.id, reason });
    await endUserSessions(staff, { userId: other.user.id, reason });
    expect(await findSession(ctx, first)).toBeNull();
    const second = await startImpersonation(other, { userId: person.id, reason });
    await ctx.db.user.update({ where: { id: other.user.id }, data: { role: "MODERATOR" } });
    expect(await findSession(ctx, second)).toBeNull();
  });

  it("stops no session of a person's own", async () => {
    const person = await asPerson(ctx, await aUser(ctx.db));
    expect(await stopImpersonation(person, person)).toBe(false);
    expect(await findSession(ctx, person)).not.toBeNull();
  });
});
