import { afterAll, describe, expect, it } from "vitest";
import { asPerson, aUser } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { createApiKey } from "./create-api-key";
import { findApiKeyOwner, forgetApiKeyOwners } from "./find-api-key-owner";
import { listApiKeys } from "./list-api-keys";
import { revokeApiKey } from "./revoke-api-key";
import { rotateApiKey } from "./rotate-api-key";
import { runOnce } from "./run-once";

let at = new Date("2026-11-21T06:00:00Z");
const ctx = createTestCtx({ now: () => at });
afterAll(() => ctx.db.$disconnect());

const input = { name: "Trading desk", scopes: ["read" as const], allowedOrigins: [], expiresInDays: 30 };
const later = (ms: number) => {
  at = new Date(at.getTime() + ms);
};

describe("API keys", () => {
  it("open for their owner, and are stored as a hash only", async () => {
    const person = await asPerson(ctx, await aUser(ctx.db));
    const { key, prefix, id } = await createApiKey(person, input);
    expect(await findApiKeyOwner(ctx, key)).toMatchObject({ keyId: id, userId: person.user.id, scopes: ["read"], tier: "FREE" });
    expect(key.startsWith(prefix)).toBe(true);
    const stored = await ctx.db.apiKey.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(stored)).not.toContain(key.slice(prefix.length + 1));
    expect(JSON.stringify(await listApiKeys(person, { limit: 50 }))).not.toContain(key);
  });

  it("end when revoked, when their time is up, and when the account is locked", async () => {
    const user = await aUser(ctx.db);
    const person = await asPerson(ctx, user);
    const [revoked, timed, locked] = [await createApiKey(person, input), await createApiKey(person, { ...input, expiresInDays: 1 }), await createApiKey(person, input)];
    await revokeApiKey(person, revoked);
    expect(await findApiKeyOwner(ctx, revoked.key)).toBeNull();
    later(86_400_001);
    expect(await findApiKeyOwner(ctx, timed.key)).toBeNull();
    expect(await findApiKeyOwner(ctx, locked.key)).not.toBeNull();
    await ctx.db.user.update({ where: { id: user.id }, data: { lockedAt: at } });
    forgetApiKeyOwners(ctx);
    expect(await findApiKeyOwner(ctx, locked.key)).toBeNull();
  });

  it("are looked up once in five seconds, and once more as soon as anything of them changes here", async () => {
    const user = await aUser(ctx.db);
    const person = await asPerson(ctx, user);
    const { key, id } = await createApiKey(person, input);
    await findApiKeyOwner(ctx, key);
    // Another process changes the plan.
    await ctx.db.user.update({ where: { id: user.id }, data: { tier: "PRO" } });
    expect(await findApiKeyOwner(ctx, key)).toMatchObject({ tier: "FREE" });
    later(5_001);
    expect(await findApiKeyOwner(ctx, key)).toMatchObject({ tier: "PRO" });
    await revokeApiKey(person, { id });
    expect(await findApiKeyOwner(ctx, key)).toBeNull();
  });

  it("belong to one person: another finds none of them", async () => {
    const [owner, other] = [await asPerson(ctx, await aUser(ctx.db)), await asPerson(ctx, await aUser(ctx.db))];
    const { id, key } = await createApiKey(owner, input);
    await expect(revokeApiKey(other, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(rotateApiKey(other, { id, graceHours: 1 })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await listApiKeys(other, { limit: 50 })).items).toEqual([]);
    expect(await findApiKeyOwner(ctx, key)).not.toBeNull();
  });

  it("are rotated once, however often it is asked, and the old one serves for its grace", async () => {
    const person = await asPerson(ctx, await aUser(ctx.db));
    const old = await createApiKey(person, input);
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => rotateApiKey(person, { id: old.id, graceHours: 2 })));
    const made = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    expect(made).toHaveLength(1);
    expect(await findApiKeyOwner(ctx, old.key)).not.toBeNull();
    later(2 * 3_600_000 + 1);
    expect(await findApiKeyOwner(ctx, old.key)).toBeNull();
    expect(await findApiKeyOwner(ctx, made[0]!.key)).toMatchObject({ scopes: ["read"] });
  });

  it("with the scope admin are for admins", async () => {
    await expect(createApiKey(await asPerson(ctx, await aUser(ctx.db)), { ...input, scopes: ["admin"] })).rejects.toMatchObject({ code: "FORBIDDEN", details: { field: "scopes" } });
    await expect(createApiKey(await asPerson(ctx, await aUser(ctx.db, { role: "ADMIN" })), { ...input, scopes: ["admin"] })).resolves.toMatchObject({ scopes: ["admin"] });
  });

  it("are listed newest first, page by page, each once", async () => {
    const person = await asPerson(ctx, await aUser(ctx.db));
    for (const name of ["a", "b", "c", "d", "e"]) await createApiKey(person, { ...input, name });
    const seen: string[] = [];
    for (let cursor: string | null | undefined = undefined; cursor !== null; ) {
      const page: { items: { name: string }[]; nextCursor: string | null } = await listApiKeys(person, { limit: 2, cursor });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(["e", "d", "c", "b", "a"]);
  });
});

describe("runOnce", () => {
  const request = (key: string, requestText = "{}") => ({ key, operation: "POST /things", requestText });

  it("does the work once when the request comes twice at once, and again later", async () => {
    const person = await asPerson(ctx, await aUser(ctx.db));
    let done = 0;
    const work = async () => ({ status: 201, body: { n: (done += 1) } });
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => runOnce(person, request("k1"), work)));
    expect(done).toBe(1);
    expect(outcomes.filter((outcome) => outcome.status === "rejected").every((outcome) => (outcome as PromiseRejectedResult).reason.code === "CONFLICT")).toBe(true);
    expect(await runOnce(person, request("k1"), work)).toEqual({ status: 201, body: { n: 1 }, replayed: true });
  });

  it("refuses a key that comes with another request, and keeps people apart", async () => {
    const [one, two] = [await asPerson(ctx, await aUser(ctx.db)), await asPerson(ctx, await aUser(ctx.db))];
    const work = async () => ({ status: 201, body: {} });
    await runOnce(one, request("k2"), work);
    await expect(runOnce(one, request("k2", '{"a":1}'), work)).rejects.toMatchObject({ code: "RULE_VIOLATED", details: { field: "Idempotency-Key" } });
    expect((await runOnce(two, request("k2"), work)).replayed).toBe(false);
  });

  it("forgets a request that failed, and one that was cut off a minute ago", async () => {
    const person = await asPerson(ctx, await aUser(ctx.db));
    await expect(runOnce(person, request("k3"), () => Promise.reject(new Error("broke")))).rejects.toThrow("broke");
    expect((await runOnce(person, request("k3"), async () => ({ status: 201, body: {} }))).replayed).toBe(false);
    await ctx.db.idempotencyRecord.create({ data: { userId: person.user.id, key: "k4", operation: "POST /things", requestHash: "x", createdAt: at } });
    await expect(runOnce(person, request("k4"), async () => ({ status: 201, body: {} }))).rejects.toMatchObject({ code: "RULE_VIOLATED" });
    later(61_000);
    expect((await runOnce(person, request("k4"), async () => ({ status: 201, body: {} }))).replayed).toBe(false);
  });
});
