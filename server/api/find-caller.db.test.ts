import { TRPCError } from "@trpc/server";
import { afterAll, describe, expect, it } from "vitest";
import { revokeSession } from "@/server/services/account/revoke-session";
import { rotateSession } from "@/server/services/account/rotate-session";
import { asPerson, aUser } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { findCaller } from "./find-caller";
import { ACCESS_LASTS_MS, encodeSession, freshToken, sessionCookieName } from "./session-cookie";

let time = new Date();
const ctx = createTestCtx({ now: () => time });
afterAll(() => ctx.db.$disconnect());

const callerOf = (cookie: string) => findCaller(ctx, new Headers({ cookie: `theme=dark; ${sessionCookieName(ctx.site.url)}=${cookie}` }));
const cookieFor = (ticket: { sessionId: string; secret: string }) => encodeSession(freshToken(ticket, time), ctx.site.secret);

describe("findCaller", () => {
  it("takes role, tier and standing from the database, whatever the cookie was made with", async () => {
    const user = await aUser(ctx.db);
    const person = await asPerson(ctx, user);
    const cookie = await cookieFor(person);
    await ctx.db.user.update({ where: { id: user.id }, data: { role: "MODERATOR", tier: "PRO" } });
    expect(await callerOf(cookie)).toMatchObject({ kind: "session", sessionId: person.sessionId, user: { id: user.id, role: "MODERATOR", tier: "PRO" }, impersonatorId: null });
  });

  it("takes no cookie, a changed one, and one under another name for a guest", async () => {
    const cookie = await cookieFor(await asPerson(ctx, await aUser(ctx.db)));
    expect(await findCaller(ctx, new Headers())).toEqual({ kind: "guest" });
    expect(await callerOf(`${cookie.slice(0, 40)}x${cookie.slice(41)}`)).toEqual({ kind: "guest" });
    expect(await findCaller(ctx, new Headers({ cookie: `next-auth.session-token=${cookie}` }))).toEqual({ kind: "guest" });
    expect(await findCaller(ctx, new Headers({ authorization: `Bearer ${cookie}` }))).toEqual({ kind: "guest" });
  });

  it("asks for a renewal when the access has run out, and goes on after it", async () => {
    const person = await asPerson(ctx, await aUser(ctx.db));
    const cookie = await cookieFor(person);
    time = new Date(time.getTime() + ACCESS_LASTS_MS);
    const refusal: unknown = await callerOf(cookie).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TRPCError);
    expect(refusal).toMatchObject({ code: "UNAUTHORIZED", cause: { code: "UNAUTHENTICATED", details: { reason: "SESSION_STALE" } } });
    expect(await callerOf(await cookieFor((await rotateSession(person, person))!))).toMatchObject({ kind: "session" });
  });

  it("forgets at once a session that was ended and a person who was locked", async () => {
    const user = await aUser(ctx.db);
    const [ended, locked] = [await asPerson(ctx, user), await asPerson(ctx, user)];
    await revokeSession(ended, { sessionId: ended.sessionId });
    expect(await callerOf(await cookieFor(ended))).toEqual({ kind: "guest" });
    await ctx.db.user.update({ where: { id: user.id }, data: { lockedAt: time } });
    expect(await callerOf(await cookieFor(locked))).toEqual({ kind: "guest" });
  });
});
