import { afterAll, describe, expect, it } from "vitest";
import { generate } from "otplib";
import { createApiKey } from "@/server/services/api-key/create-api-key";
import { listSessions } from "@/server/services/account/list-sessions";
import { revokeSession } from "@/server/services/account/revoke-session";
import { GRACE_MS } from "@/server/services/account/rotate-session";
import { makeTotpSecret } from "@/server/services/account/second-factor";
import { A_PASSWORD, asPerson, aUser } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { createMemoryRateLimiter } from "@/server/platform/rate-limiter";
import { findCaller } from "./find-caller";
import { handleRest } from "./handle-rest";
import { restCtxOf } from "./rest-ctx";
import { ACCESS_LASTS_MS, encodeSession, freshToken, sessionCookieName } from "./session-cookie";

let time = new Date();
const ctx = { ...createTestCtx({ now: () => time }), limiter: createMemoryRateLimiter() };
afterAll(() => ctx.db.$disconnect());

type Tokens = { accessToken: string; refreshToken: string; tokenType: string; expiresAt: string };
type Answer<T = Record<string, unknown>> = { status: number; headers: Headers; data: T; error: { code: string; details: Record<string, unknown> } };

let addresses = 0;
async function send<T = Record<string, unknown>>(method: string, path: string, { body, bearer, headers = {}, userAgent = "curl/8.5.0" }: { body?: unknown; bearer?: string; headers?: Record<string, string>; userAgent?: string } = {}): Promise<Answer<T>> {
  const request = new Request(`http://api.test/api/v1${path}`, { method, headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...(bearer ? { authorization: `Bearer ${bearer}` } : {}), ...headers }, body: body === undefined ? undefined : JSON.stringify(body) });
  const response = await handleRest(request, (requestId) => restCtxOf(ctx, request.headers, { address: `198.51.100.${(addresses += 1) % 250}`, userAgent, place: "", requestId }));
  return { status: response.status, headers: response.headers, ...((await response.json()) as { data: T; error: Answer["error"] }) };
}

const logIn = (email: string | null, more: Record<string, unknown> = {}) => send<Tokens>("POST", "/auth/login", { body: { email, password: A_PASSWORD, ...more } });
const refresh = (refreshToken: string) => send<Tokens>("POST", "/auth/refresh", { body: { refreshToken } });
const me = (bearer: string) => send("GET", "/users/me", { bearer });

describe("signing in by the API", () => {
  it("opens what the person may do, and stands in their list of sessions by the name of the program", async () => {
    const user = await aUser(ctx.db);
    const { status, data, headers } = await logIn(user.email);
    expect([status, data]).toEqual([200, { accessToken: expect.stringMatching(/^nxa_access_/), refreshToken: expect.stringMatching(/^nxa_refresh_/), tokenType: "Bearer", expiresAt: new Date(time.getTime() + ACCESS_LASTS_MS).toISOString() }]);
    expect([headers.get("cache-control"), headers.get("set-cookie")]).toEqual(["no-store", null]);
    expect(await me(data.accessToken)).toMatchObject({ status: 200, data: { id: user.id, email: user.email } });
    expect(await send("PATCH", "/users/me", { bearer: data.accessToken, body: { name: "Ada" } })).toMatchObject({ status: 200, data: { name: "Ada" } });
    const person = await asPerson(ctx, user);
    expect((await listSessions(person)).items.find(({ current }) => !current)).toMatchObject({ device: "curl" });
    expect(JSON.stringify(await ctx.db.session.findMany({ where: { userId: user.id } }))).not.toContain(data.accessToken);
  });

  it("gives one answer to an unknown address, a wrong password and an address that is not confirmed, and asks for the code after the right password alone", async () => {
    const [user, waiting] = [await aUser(ctx.db), await aUser(ctx.db, { emailVerifiedAt: null })];
    const told = (answer: Answer<Tokens>) => [answer.status, answer.error.code, answer.error.details.reason, answer.headers.get("www-authenticate")];
    const refusals = [await logIn("nobody@example.com"), await logIn(user.email, { password: "not the password 1" }), await logIn(waiting.email)].map(told);
    expect(new Set(refusals.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(refusals[0]).toEqual([401, "UNAUTHENTICATED", "SIGN_IN_REFUSED", 'Bearer realm="Nexus-Alpha API"']);

    const { plain, sealed } = makeTotpSecret(ctx);
    const guarded = await aUser(ctx.db, { totpSecret: sealed, mfaEnabledAt: time });
    expect(told(await logIn(guarded.email, { password: "not the password 1" }))[2]).toBe("SIGN_IN_REFUSED");
    expect(told(await logIn(guarded.email))[2]).toBe("CODE_NEEDED");
    expect(told(await logIn(guarded.email, { mfaCode: "000000" }))[2]).toBe("CODE_REFUSED");
    const code = await generate({ secret: plain, epoch: Math.floor(time.getTime() / 1000) });
    expect((await logIn(guarded.email, { mfaCode: code })).status).toBe(200);
    expect(told(await logIn(guarded.email, { mfaCode: code }))[2]).toBe("CODE_REFUSED");
  });

  it("opens nothing of the pages by its tokens, and nothing of the API by a cookie or its value", async () => {
    const user = await aUser(ctx.db);
    const { data: { accessToken, refreshToken } } = await logIn(user.email);
    const cookieOfPages = (value: string) => ({ cookie: `${sessionCookieName(ctx.site.url)}=${value}` });
    for (const token of [accessToken, refreshToken, accessToken.replace("nxa_access_", ""), refreshToken.replace("nxa_refresh_", "")]) {
      expect(await findCaller(ctx, new Headers(cookieOfPages(token)))).toEqual({ kind: "guest" });
      expect(await findCaller(ctx, new Headers({ authorization: `Bearer ${token}` }))).toEqual({ kind: "guest" });
    }
    const cookie = await encodeSession(freshToken(await asPerson(ctx, user), time), ctx.site.secret);
    expect((await findCaller(ctx, new Headers(cookieOfPages(cookie)))).kind).toBe("session");
    expect((await send("GET", "/users/me", { headers: cookieOfPages(cookie) })).status).toBe(401);
    for (const bearer of [cookie, `nxa_access_${cookie}`, refreshToken, `nxa_access_${refreshToken.replace("nxa_refresh_", "")}`, `${accessToken.slice(0, -2)}xx`]) expect([bearer.slice(0, 12), (await me(bearer)).status]).toEqual([bearer.slice(0, 12), 401]);
    expect((await refresh(accessToken)).status).toBe(401);
    expect((await refresh(`nxa_refresh_${accessToken.replace("nxa_access_", "")}`)).status).toBe(401);
  });

  it("has every scope but that of admins, whoever it is, and no page of another site may use it", async () => {
    const admin = await aUser(ctx.db, { role: "ADMIN" });
    const { data: { accessToken } } = await logIn(admin.email);
    expect(await send("POST", "/companies", { bearer: accessToken, body: { ticker: "ZZNO", name: "None", sector: "OTHER" } })).toMatchObject({ status: 403, error: { details: { scope: "admin", has: ["read", "trade", "post"] } } });
    expect(await send("GET", "/users/me", { bearer: accessToken, headers: { origin: "https://evil.example" } })).toMatchObject({ status: 403, error: { details: { field: "Origin" } } });
  });

  it("counts towards the limits of the person, with their keys", async () => {
    const user = await aUser(ctx.db, { tier: "INSTITUTIONAL", requestsPerHour: 3 });
    const { data: { accessToken } } = await logIn(user.email);
    const { key } = await createApiKey(await asPerson(ctx, user), { name: "k", scopes: ["read"], allowedOrigins: [], expiresInDays: 1 });
    expect([(await me(accessToken)).status, (await me(key)).status, (await me(accessToken)).status, (await me(key)).status, (await me(accessToken)).status]).toEqual([200, 200, 200, 429, 429]);
  });
});

describe("the life of a login", () => {
  it("is renewed by its refresh token when the access has run out, again and again", async () => {
    const user = await aUser(ctx.db);
    let { data: tokens } = await logIn(user.email);
    for (let round = 0; round < 3; round += 1) {
      time = new Date(time.getTime() + ACCESS_LASTS_MS);
      expect(await me(tokens.accessToken)).toMatchObject({ status: 401, error: { details: { reason: "ACCESS_STALE" } } });
      const renewed = await refresh(tokens.refreshToken);
      expect(renewed.status).toBe(200);
      expect(renewed.data.refreshToken).not.toBe(tokens.refreshToken);
      tokens = renewed.data;
      expect((await me(tokens.accessToken)).status).toBe(200);
    }
  });

  it("ends for all when a refresh token comes again after the grace, and the person is told", async () => {
    const user = await aUser(ctx.db);
    const { data: stolen } = await logIn(user.email);
    const { data: mine } = await refresh(stolen.refreshToken);
    expect((await refresh(stolen.refreshToken)).status).toBe(200);
    time = new Date(time.getTime() + GRACE_MS + 1);
    expect(await refresh(stolen.refreshToken)).toMatchObject({ status: 401, error: { details: { reason: "LOGIN_ENDED" } } });
    expect(await me(mine.accessToken)).toMatchObject({ status: 401, error: { details: { reason: "LOGIN_ENDED" } } });
    expect((await refresh(mine.refreshToken)).status).toBe(401);
    expect(await ctx.db.notification.count({ where: { userId: user.id, kind: "security.session-reused" } })).toBe(1);
  });

  it("gives parallel renewals the same successor, so that none of them is taken for a thief", async () => {
    const { data } = await logIn((await aUser(ctx.db)).email);
    const renewed = await Promise.all(Array.from({ length: 8 }, () => refresh(data.refreshToken)));
    expect(renewed.map(({ status }) => status)).toEqual(Array(8).fill(200));
    time = new Date(time.getTime() + GRACE_MS + 1);
    for (const { data: { accessToken } } of renewed) expect((await me(accessToken)).status).toBe(200);
  });

  it("ends by logging out, by being revoked in the list of sessions, and by a lock, at once", async () => {
    const user = await aUser(ctx.db);
    const [out, revoked, locked] = [(await logIn(user.email)).data, (await logIn(user.email)).data, (await logIn(user.email)).data];
    expect(await send("POST", "/auth/logout", { bearer: out.accessToken })).toMatchObject({ status: 200, data: { accepted: true } });
    expect([(await me(out.accessToken)).status, (await refresh(out.refreshToken)).status, (await me(revoked.accessToken)).status]).toEqual([401, 401, 200]);

    const person = await asPerson(ctx, user);
    const sessions = (await listSessions(person)).items.filter(({ current }) => !current);
    expect(sessions.length).toBe(2);
    for (const { id } of sessions.slice(0, 1)) await revokeSession(person, { sessionId: id });
    expect([(await me(revoked.accessToken)).status, (await me(locked.accessToken)).status].sort()).toEqual([200, 401]);
    await ctx.db.user.update({ where: { id: user.id }, data: { lockedAt: time } });
    expect([(await me(revoked.accessToken)).status, (await me(locked.accessToken)).status]).toEqual([401, 401]);
  });

  it("lets the person erase the account only shortly after signing in, and no API key ever", async () => {
    const user = await aUser(ctx.db);
    const { key } = await createApiKey(await asPerson(ctx, user), { name: "k", scopes: ["read", "post", "trade"], allowedOrigins: [], expiresInDays: 1 });
    for (const [method, path] of [["DELETE", "/users/me"], ["POST", "/auth/logout"]] as const) expect(await send(method, path, { bearer: key })).toMatchObject({ status: 403, error: { details: { reason: "LOGIN_NEEDED" } } });
    const { data: early } = await logIn(user.email);
    time = new Date(time.getTime() + 10 * 60_000);
    expect(await send("DELETE", "/users/me", { bearer: early.accessToken })).toMatchObject({ status: 403, error: { details: { reason: "STEP_UP_NEEDED" } } });
    expect((await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })).erasureRequestedAt).toBeNull();
    const { data: fresh } = await logIn(user.email);
    expect(await send("DELETE", "/users/me", { bearer: fresh.accessToken })).toMatchObject({ status: 200, data: { requestedAt: time.toISOString() } });
    expect((await me(fresh.accessToken)).status).toBe(401);
    expect((await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })).erasureRequestedAt).toEqual(time);
    expect(await ctx.db.auditEntry.count({ where: { subjectId: user.id, action: "erasure.requested" } })).toBe(1);
  });

  it("is no browser's: a session with another person's eyes never opens the API", async () => {
    const [admin, user] = [await aUser(ctx.db, { role: "ADMIN" }), await aUser(ctx.db)];
    const { data } = await logIn(user.email);
    await ctx.db.session.updateMany({ where: { userId: user.id }, data: { impersonatorId: admin.id } });
    expect((await me(data.accessToken)).status).toBe(401);
  });
});
