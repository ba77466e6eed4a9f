import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import type { Caller, UserId } from "@/server/services/ctx";
import { anAdmin, anOrigin, asPerson, aUser } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { createApiKey } from "@/server/services/api-key/create-api-key";
import { createCaller } from "./app-router";
import { handleRest } from "./handle-rest";
import { restCtxOf } from "./rest-ctx";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

const as = (caller: Caller, origin = anOrigin()) => createCaller({ ...ctx, caller, origin, requestId: origin.requestId, meter: async () => undefined, limitHeaders: () => ({}) });
const inSession = async (user: Awaited<ReturnType<typeof aUser>>, impersonatorId: string | null = null) => {
  const person = await asPerson(ctx, user);
  return { kind: "session" as const, user: { ...person.user, id: user.id as UserId }, sessionId: person.sessionId, steppedUpAt: new Date(), impersonatorId };
};
const noted = (where: object) => ctx.db.auditEntry.findMany({ where: { action: "access.refused", ...where }, orderBy: { id: "asc" } });

describe("refusals of access", () => {
  it("are on the record of whoever asked for what only staff may do, and of an admin without a second factor", async () => {
    const [person, admin] = [await aUser(ctx.db), await aUser(ctx.db, { role: "ADMIN" })];
    await expect(as(await inSession(person)).admin.listUsers({ limit: 1 })).rejects.toMatchObject({ code: "FORBIDDEN", cause: { details: { reason: "FORBIDDEN" } } });
    await expect(as(await inSession(admin)).admin.listUsers({ limit: 1 })).rejects.toMatchObject({ code: "FORBIDDEN", cause: { details: { reason: "SECOND_FACTOR_NEEDED" } } });
    expect(await noted({ subjectId: person.id })).toMatchObject([{ actorId: person.id, address: "203.0.113.7", details: { what: "admin.listUsers", reason: "FORBIDDEN", by: "session" } }]);
    expect(await noted({ subjectId: admin.id })).toMatchObject([{ details: { reason: "SECOND_FACTOR_NEEDED" } }]);
    await expect(as(await inSession(await anAdmin(ctx.db))).admin.listUsers({ limit: 1 })).resolves.toMatchObject({ items: expect.any(Array) });
  });

  it("name the admin who wanted to change something with another person's eyes", async () => {
    const [person, admin] = [await aUser(ctx.db), await anAdmin(ctx.db)];
    await expect(as(await inSession(person, admin.id)).account.updateProfile({ name: "Somebody else" })).rejects.toMatchObject({ cause: { details: { reason: "READ_ONLY" } } });
    expect(await noted({ subjectId: person.id })).toMatchObject([{ actorId: admin.id, details: { reason: "READ_ONLY" } }]);
  });

  it("leave out what pages find out by asking: no session, no plan, no fresh proof", async () => {
    const person = await aUser(ctx.db);
    const origin = anOrigin({ address: "198.51.100.200" });
    await expect(as({ kind: "guest" }, origin).account.getProfile()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(as({ ...(await inSession(person)), steppedUpAt: null }, origin).account.startMfa()).rejects.toMatchObject({ cause: { details: { reason: "STEP_UP_NEEDED" } } });
    expect(await noted({ OR: [{ subjectId: person.id }, { address: origin.address }] })).toEqual([]);
  });

  it("of keys are noted when they lack the scope, or are none", async () => {
    const person = await asPerson(ctx, await aUser(ctx.db));
    const { key } = await createApiKey(person, { name: "reads", scopes: ["read"], allowedOrigins: [], expiresInDays: 1 });
    const origin = anOrigin({ address: "198.51.100.201" });
    const call = (shown: string) => {
      const headers = { authorization: `Bearer ${shown}`, "content-type": "application/json" };
      const request = new Request("https://app.example/api/v1/users/me", { method: "PATCH", headers, body: JSON.stringify({ name: "Ada" }) });
      return handleRest(request, () => restCtxOf(ctx, request.headers, origin));
    };
    expect((await call(key)).status).toBe(403);
    expect(await noted({ subjectId: person.user.id })).toMatchObject([{ details: { what: "PATCH /api/v1/users/me", reason: "FORBIDDEN", by: "key" } }]);
    expect((await call(`${key.slice(0, -2)}xx`)).status).toBe(401);
    expect(await noted({ address: origin.address, subjectId: null })).toMatchObject([{ details: { what: "API key", reason: "UNAUTHENTICATED" } }]);
    expect(JSON.stringify(await noted({ address: origin.address }))).not.toContain(key.slice(0, 20));
  });

  it("are written down in bounded number, the last with the word that more may follow", async () => {
    const person = await aUser(ctx.db);
    const api = as(await inSession(person));
    await Promise.all(Array.from({ length: 100 }, () => api.admin.listUsers({ limit: 1 }).catch(() => undefined)));
    const entries = await noted({ subjectId: person.id });
    expect(entries).toHaveLength(60);
    expect(entries.filter(({ details }) => "furtherOnes" in (details as object))).toHaveLength(1);
  });

  it("change no answer when they cannot be written down", async () => {
    const broken = { ...ctx, limiter: { ...ctx.limiter, take: () => Promise.reject(new Error(`away ${randomUUID()}`)) } };
    const origin = anOrigin();
    const api = createCaller({ ...broken, caller: { kind: "guest" }, origin, requestId: origin.requestId, meter: async () => undefined, limitHeaders: () => ({}) });
    await expect(api.admin.listUsers({ limit: 1 })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});
