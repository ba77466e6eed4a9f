import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { AppError, type ErrorCode } from "@/server/domain/app-error";
import { createMemoryRateLimiter } from "@/server/platform/rate-limiter";
import { createApiKey } from "@/server/services/api-key/create-api-key";
import { runOnce } from "@/server/services/api-key/run-once";
import type { Ctx } from "@/server/services/ctx";
import { anAdmin, asPerson } from "@/server/testing/factories/account-factory";
import { aSector, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { BODY_WITHIN_MS } from "./bounded-body";
import { sendRest } from "./rest-drill";

const ctx = { ...createTestCtx(), limiter: createMemoryRateLimiter() };
let admin: Awaited<ReturnType<typeof asPerson>>;
let key = "";
beforeAll(async () => {
  await aSector(ctx.db, "OTHER");
  admin = await asPerson(ctx, await anAdmin(ctx.db, { tier: "INSTITUTIONAL" }));
  key = (await createApiKey(admin, { name: "a", scopes: ["admin"], allowedOrigins: [], expiresInDays: 1 })).key;
});
afterAll(() => ctx.db.$disconnect());

const company = (ticker: string, name = "A company") => ({ ticker, name, sector: "OTHER" });
function post(idempotencyKey: string, body: unknown, { as = ctx, rawBody }: { as?: Ctx; rawBody?: ReadableStream } = {}): Promise<Response> {
  return sendRest(as, new Request("http://api.test/api/v1/companies", { method: "POST", headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "idempotency-key": idempotencyKey }, body: rawBody ?? JSON.stringify(body), ...(rawBody && { duplex: "half" }) } as RequestInit));
}
const made = (ticker: string) => ctx.db.company.count({ where: { ticker } });
const replayed = (response: Response) => response.headers.get("idempotent-replayed");

/** A database that loses its transactions. */
const broken: Ctx = { ...ctx, db: new Proxy(ctx.db, { get: (db, name) => (name === "$transaction" ? () => Promise.reject(new Error("broke")) : (Reflect.get(db, name) as unknown)) }) };

describe("an Idempotency-Key", () => {
  it("gives the first answer again, and makes the thing once", async () => {
    const ticker = uniqueTicker();
    const [first, again] = [await post(`once-${ticker}`, company(ticker)), await post(`once-${ticker}`, company(ticker))];
    expect([first.status, replayed(first), again.status, replayed(again)]).toEqual([201, null, 201, "true"]);
    const [one, two] = [(await first.json()) as { data: unknown }, (await again.json()) as { data: unknown }];
    expect(two.data).toEqual(one.data);
    expect(await made(ticker)).toBe(1);
  });

  it("refuses another body with 422, and the same key on another path too", async () => {
    const ticker = uniqueTicker();
    await post(`other-${ticker}`, company(ticker));
    const other = await post(`other-${ticker}`, company(ticker, "Another name"));
    expect([other.status, ((await other.json()) as { error: { details: unknown } }).error.details]).toEqual([422, { field: "Idempotency-Key" }]);
    const elsewhere = await sendRest(ctx, new Request("http://api.test/api/v1/connections", { method: "POST", headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "idempotency-key": `other-${ticker}` }, body: JSON.stringify({ kind: "supply", from: "company:A", to: "company:B", strength: 0, reason: "none of them" }) }));
    expect(elsewhere.status).toBe(422);
  });

  it("refuses another request whose difference stands in its address", async () => {
    const ticker = uniqueTicker();
    const { sector, ...inBody } = company(ticker);
    const send = (name: string) => sendRest(ctx, new Request(`http://api.test/api/v1/companies?sector=${sector}&headquarters=${name}`, { method: "POST", headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "idempotency-key": `address-${ticker}` }, body: JSON.stringify(inBody) }));
    expect([(await send("Here")).status, (await send("There")).status, (await send("Here")).headers.get("idempotent-replayed")]).toEqual([201, 422, "true"]);
  });

  it("lets one of many at once do the work; the others hear 409, or its answer when it is done", async () => {
    const ticker = uniqueTicker();
    const responses = await Promise.all(Array.from({ length: 12 }, () => post(`many-${ticker}`, company(ticker))));
    expect(responses.filter((response) => response.status === 201 && !replayed(response)).length).toBe(1);
    expect(responses.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    expect(await made(ticker)).toBe(1);
    expect([(await post(`many-${ticker}`, company(ticker))).status]).toEqual([201]);
  });

  it("answers 409 while the first is at work", async () => {
    const ticker = uniqueTicker();
    let finish = () => undefined as void;
    const waiting = new Promise<void>((resolve) => (finish = resolve));
    const slow: Ctx = { ...ctx, db: new Proxy(ctx.db, { get: (db, name) => (name === "$transaction" ? async (...given: unknown[]) => (await waiting, (db.$transaction as (...args: unknown[]) => unknown)(...given)) : (Reflect.get(db, name) as unknown)) }) };
    const first = post(`busy-${ticker}`, company(ticker), { as: slow });
    await expect.poll(() => ctx.db.idempotencyRecord.count({ where: { key: `busy-${ticker}` } })).toBe(1);
    const second = await post(`busy-${ticker}`, company(ticker));
    expect([second.status, replayed(second)]).toEqual([409, null]);
    finish();
    expect((await first).status).toBe(201);
    expect(replayed(await post(`busy-${ticker}`, company(ticker)))).toBe("true");
  });

  it("never gives a failure of ours (500) again: the retry does the work", async () => {
    const ticker = uniqueTicker();
    expect((await post(`broke-${ticker}`, company(ticker), { as: broken })).status).toBe(500);
    expect(await made(ticker)).toBe(0);
    const retry = await post(`broke-${ticker}`, company(ticker));
    expect([retry.status, replayed(retry)]).toEqual([201, null]);
  });

  it("forgets a refusal of the work (409), so that it can be mended and sent again", async () => {
    const ticker = uniqueTicker();
    await post(`first-${ticker}`, company(ticker));
    expect((await post(`mend-${ticker}`, company(ticker))).status).toBe(409);
    await ctx.db.graphNode.deleteMany({ where: { key: `company:${ticker}`, outgoing: { none: {} } } });
    await ctx.db.connection.deleteMany({ where: { from: { key: `company:${ticker}` } } });
    await ctx.db.graphNode.deleteMany({ where: { key: `company:${ticker}` } });
    await ctx.db.company.deleteMany({ where: { ticker } });
    const retry = await post(`mend-${ticker}`, company(ticker));
    expect([retry.status, replayed(retry)]).toEqual([201, null]);
  });

  it("is not taken by a body that never arrives (408)", async () => {
    const ticker = uniqueTicker();
    const never = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode("{")) });
    const { setTimeout: wait } = globalThis;
    const hurried = vi.spyOn(globalThis, "setTimeout").mockImplementation(((work: () => void, ms?: number) => wait(work, ms === BODY_WITHIN_MS ? 20 : ms)) as typeof setTimeout);
    expect((await post(`slow-${ticker}`, null, { rawBody: never })).status).toBe(408);
    hurried.mockRestore();
    expect(await ctx.db.idempotencyRecord.count({ where: { key: `slow-${ticker}` } })).toBe(0);
    expect((await post(`slow-${ticker}`, company(ticker))).status).toBe(201);
  });

  it("forgets whatever the work refuses by: a plan that does not include it (402), a rule, a part that is away", async () => {
    for (const code of ["TIER_REQUIRED", "CONFLICT", "RULE_VIOLATED", "UPSTREAM_UNAVAILABLE"] satisfies ErrorCode[]) {
      const request = { key: `refused-${code}-${admin.user.id}`, operation: "POST /things", requestText: "{}" };
      await expect(runOnce(admin, request, () => Promise.reject(new AppError(code, "no")))).rejects.toMatchObject({ code });
      expect(await runOnce(admin, request, async () => ({ status: 201, body: {} }))).toMatchObject({ status: 201, replayed: false });
    }
  });

  it("keeps the key taken when the work is done and its answer could not be noted", async () => {
    const request = { key: `unnoted-${admin.user.id}`, operation: "POST /things", requestText: "{}" };
    await expect(runOnce(admin, request, async () => ({ status: 201, body: { name: "\0" } }))).rejects.toThrow();
    await expect(runOnce(admin, request, async () => ({ status: 201, body: {} }))).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("costs a request each time it comes", async () => {
    const ticker = uniqueTicker();
    const left = async () => Number((await post(`meter-${ticker}`, company(ticker))).headers.get("x-ratelimit-remaining"));
    const [first, second] = [await left(), await left()];
    expect(second).toBe(first - 1);
  });
});
