import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import type { Caller, Ctx, UserId } from "@/server/services/ctx";
import { aCompany } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { createDb } from "@/server/platform/db";
import { answerPreflight, handleRest, type RestCtx } from "./handle-rest";
import { createRequestMeter } from "./request-meter";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

let addresses = 0;
function restCtx(caller: Caller = { kind: "guest" }, allowedOrigins: string[] = [], base: Ctx = ctx): RestCtx {
  const origin = { address: `198.51.100.${(addresses += 1)}`, userAgent: "", place: "", requestId: "test-request-1" };
  const call = { ...base, caller, origin };
  return { ...call, ...createRequestMeter(call, "api"), requestId: origin.requestId, allowedOrigins };
}
const key = (scopes: string[] = ["read"]): Caller => ({ kind: "key", keyId: "k", scopes, user: { id: "00000000-0000-7000-8000-000000000001" as UserId, role: "USER", secondFactor: false, tier: "FREE", requestsPerHour: null, locale: "en", timeZone: "UTC" } });
const ask = (path: string, init: RequestInit = {}, as: RestCtx = restCtx()) => handleRest(new Request(`http://api.test/api/v1${path}`, { ...init, headers: { "x-request-id": "test-request-1", ...init.headers } }), async () => as);
const wire = async (response: Response) => ({ status: response.status, ...((await response.json()) as { error: { code: string; details: Record<string, unknown> } }) });

describe("handleRest", () => {
  it("wraps data and errors in the envelope, with the request's id and the limits", async () => {
    const found = await ask("/companies?limit=1");
    expect(found.status).toBe(200);
    expect(await found.json()).toEqual({ success: true, data: expect.objectContaining({ items: expect.any(Array), total: expect.any(Number) }), timestamp: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect(found.headers.get("x-request-id")).toBe("test-request-1");
    expect(Number(found.headers.get("x-ratelimit-remaining"))).toBe(99);
    expect(await wire(await ask("/companies/NOPE"))).toMatchObject({ status: 404, success: false, error: { code: "NOT_FOUND", requestId: "test-request-1" }, timestamp: expect.any(String) });
  });

  it("refuses what it does not know, by a code and the field's name", async () => {
    const get = async (path: string, init?: RequestInit) => {
      const { status, error } = await wire(await ask(path, init));
      return [status, error.code, error.details.field];
    };
    expect(await get("/nothing")).toEqual([404, "NOT_FOUND", undefined]);
    expect(await get("/companies?limit=a")).toEqual([400, "INVALID_INPUT", "limit"]);
    expect(await get("/companies?limit=201")).toEqual([400, "INVALID_INPUT", "limit"]);
    expect(await get("/companies?role=ADMIN")).toEqual([400, "INVALID_INPUT", "role"]);
    expect(await get("/companies", { method: "DELETE" })).toEqual([405, "METHOD_NOT_ALLOWED", undefined]);
    expect(await get("/companies", { headers: { accept: "text/html" } })).toEqual([406, "NOT_ACCEPTABLE", "Accept"]);
  });

  it("answers 304 to the tag it gave, whatever the time, and another tag to another selection", async () => {
    const first = await ask("/companies?limit=1");
    const etag = first.headers.get("etag")!;
    const again = await ask("/companies?limit=1", { headers: { "if-none-match": `"x", ${etag}` } });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
  });

  it("lets shared caches keep what guests read, and nothing of a key's", async () => {
    expect((await ask("/companies")).headers.get("cache-control")).toBe("public, max-age=0, s-maxage=60, stale-while-revalidate=240");
    expect((await ask("/companies", {}, restCtx(key()))).headers.get("cache-control")).toBe("private, no-cache");
    expect((await ask("/companies/NOPE")).headers.get("cache-control")).toBe("no-store");
  });

  it("compresses by what the caller takes", async () => {
    for (let n = 0; n < 5; n += 1) await aCompany(ctx.db);
    ctx.cache.drop("market:");
    const get = async (encoding: string, path = "/companies?limit=5") => {
      const response = await ask(path, { headers: { "accept-encoding": encoding } });
      return { name: response.headers.get("content-encoding"), bytes: Buffer.from(await response.arrayBuffer()) };
    };
    const dataOf = (bytes: Buffer) => (JSON.parse(bytes.toString()) as { data: unknown }).data;
    const [br, gzip, plain] = [await get("gzip, br"), await get("gzip;q=1, br;q=0"), await get("identity")];
    expect(plain.bytes.length).toBeGreaterThan(1_024);
    expect([br.name, gzip.name, plain.name]).toEqual(["br", "gzip", null]);
    expect(dataOf(brotliDecompressSync(br.bytes))).toEqual(dataOf(plain.bytes));
    expect(dataOf(gunzipSync(gzip.bytes))).toEqual(dataOf(plain.bytes));
    expect((await get("br", "/companies/NOPE")).name).toBeNull();
  });

  it("says by which type it answers", async () => {
    const typed = await ask("/companies", { headers: { accept: "application/vnd.nexus.v1+json" } });
    expect(typed.headers.get("content-type")).toBe("application/vnd.nexus.v1+json");
  });

  it("lets pages of a key's own origins in, and no others", async () => {
    const from = (origin: string) => ask("/companies", { headers: { origin } }, restCtx(key(), ["https://desk.example"]));
    const allowed = await from("https://desk.example");
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([200, "https://desk.example"]);
    const refused = await from("https://evil.example");
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([403, null]);
    const preflight = (known: boolean) => answerPreflight(new Request("http://api.test/api/v1/companies", { method: "OPTIONS", headers: { origin: "https://desk.example" } }), known).headers.get("access-control-allow-origin");
    expect([preflight(true), preflight(false)]).toEqual(["https://desk.example", null]);
  });

  it("asks of a key the scope of what it calls", async () => {
    expect(await wire(await ask("/companies", {}, restCtx(key(["post"]))))).toMatchObject({ status: 403, error: { code: "FORBIDDEN", details: { scope: "read", has: ["post"] } } });
  });

  it("says 429, when to come again and which plan has more, once the hour is used up", async () => {
    const caller = key();
    if (caller.kind !== "key") throw new Error("a key");
    const as = () => restCtx({ ...caller, user: { ...caller.user, id: "00000000-0000-7000-8000-00000000000a" as UserId, requestsPerHour: 2 } });
    await ask("/companies", {}, as());
    await ask("/companies", {}, as());
    const refused = await ask("/companies", {}, as());
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await wire(refused)).toMatchObject({ status: 429, error: { code: "RATE_LIMITED", details: { limit: "requests-per-hour", allowed: 2, nextTier: "PRO" } } });
  });

  it("says 503 when the database is away", async () => {
    const db = createDb("postgres://nobody:nothing@127.0.0.1:1/none", { connectWithinMs: 500 });
    expect(await wire(await ask("/companies?search=zz", {}, restCtx(undefined, [], { ...createTestCtx(), db })))).toMatchObject({ status: 503, error: { code: "UPSTREAM_UNAVAILABLE" } });
    await db.$disconnect();
  });
});
