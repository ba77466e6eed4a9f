import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/server/domain/app-error";
import { DEFAULT_BREAKER_RULE } from "@/server/domain/ingestion/circuit-breaker";
import { systemFetchDeps, type FetchDeps } from "@/server/platform/fetch-text";
import { createMemoryRateLimiter } from "@/server/platform/rate-limiter";
import { startMisbehavingVendor, type MisbehavingVendor } from "@/server/testing/misbehaving-vendor";
import { createVendorBudget, type BudgetRule } from "./vendor-budget";
import { createVendorClient, type VendorClient } from "./vendor-client";

const SECRET = "hush-hush-123";
const shape = z.object({ value: z.number() });
const ROOMY: BudgetRule = { windows: [], concurrency: 8 };

let vendor: MisbehavingVendor;
let ahead: number;
let deps: FetchDeps;
let lines: Record<string, unknown>[];
beforeEach(async () => {
  [ahead, lines] = [0, []];
  deps = { ...systemFetchDeps, random: () => 0, now: () => new Date(Date.UTC(2026, 10, 21) + ahead), sleep: async (ms) => void (ahead += ms) };
  vendor = await startMisbehavingVendor();
  vendor.answers({ body: '{"value":1}' });
});
afterEach(() => vendor.close());

const clientWith = (rule: BudgetRule = ROOMY, limiter = createMemoryRateLimiter()): VendorClient =>
  createVendorClient({
    id: "finnhub", bases: { api: "https://finnhub.example/api/v1" }, baseOverride: vendor.url, secrets: [SECRET], deps, budget: createVendorBudget({ vendor: "finnhub", rule, limiter, deps }), log: { warn: (line: unknown) => void lines.push(line as Record<string, unknown>) },
  });
const ask = (client: VendorClient, capability: "quotes" | "news" = "quotes", signal?: AbortSignal) => client.run(capability, { signal }, (http) => http.json(http.url("api", "/quote", { symbol: "A", token: SECRET, none: undefined }), shape, { retries: 0 }));
const codeOf = (work: Promise<unknown>) => work.then(() => "ok", (error: unknown) => (error instanceof AppError ? String(error.details.reason ?? error.code) : "bug"));

describe("vendor client", () => {
  it("asks below the vendor's own path, without parameters that are not set", async () => {
    expect(await ask(clientWith())).toEqual({ value: 1 });
    expect(vendor.requests[0]!.url).toBe(`/api/v1/quote?symbol=A&token=${SECRET}`);
  });

  it("tells of a part that failed without holding it against the vendor", async () => {
    const client = clientWith();
    await client.run("news", undefined, async ({ partial }) => partial(new AppError("UPSTREAM_INVALID", `one feed of many: ${SECRET}`)));
    expect(client.health("news")).toMatchObject({ breaker: "closed", failures: 0, lastError: { code: "UPSTREAM_INVALID", message: "one feed of many: [redacted]" } });
    expect(lines).toMatchObject([{ event: "vendor failed in part", provider: "finnhub" }]);
  });

  it("does not hold one host's wish to be left alone against the others of a vendor that is many", async () => {
    const client = clientWith({ ...ROOMY, manyHosts: true });
    vendor.next({ kind: "status", status: 429, retryAfter: "900" });
    expect(await codeOf(ask(client))).toBe("too-many-calls");
    expect(await ask(client)).toEqual({ value: 1 });
    expect(ahead).toBe(0);
  });

  it("leaves a capability alone after failures in a row, lets one probe through after the time-out, and comes back", async () => {
    const client = clientWith();
    vendor.always({ kind: "status", status: 500 });
    for (let n = 0; n < DEFAULT_BREAKER_RULE.consecutiveFailures; n++) expect(await codeOf(ask(client))).toBe("UPSTREAM_UNAVAILABLE");
    expect(await codeOf(ask(client))).toBe("breaker-open");
    expect(vendor.requests).toHaveLength(DEFAULT_BREAKER_RULE.consecutiveFailures);
    expect(client.health("quotes")).toMatchObject({ breaker: "open", calls: 5, failures: 5, lastError: { code: "UPSTREAM_UNAVAILABLE" } });
    expect(client.health("quotes").probeAt).not.toBeNull();

    ahead += DEFAULT_BREAKER_RULE.openMs;
    vendor.always({ kind: "none" });
    const [probe, ...others] = await Promise.all([ask(client), codeOf(ask(client)), codeOf(ask(client))]);
    expect([probe, others]).toEqual([{ value: 1 }, ["breaker-open", "breaker-open"]]);
    expect(client.health("quotes")).toMatchObject({ breaker: "closed" });
    expect(await codeOf(ask(client))).toBe("ok");
  });

  it("keeps the breakers of two capabilities apart", async () => {
    const client = clientWith();
    vendor.always({ kind: "status", status: 500 });
    for (let n = 0; n < 5; n++) await codeOf(ask(client, "news"));
    vendor.always({ kind: "none" });
    expect([await codeOf(ask(client, "news")), await codeOf(ask(client, "quotes"))]).toEqual(["breaker-open", "ok"]);
  });

  it("counts what the mapping finds wrong, and not what is no fault of the vendor", async () => {
    const client = clientWith();
    const say = (error: unknown) => codeOf(client.run("quotes", undefined, async () => Promise.reject(error)));
    for (let n = 0; n < 20; n++) await say(new AppError("NOT_FOUND", "No such symbol"));
    expect(client.health("quotes")).toMatchObject({ breaker: "closed", failures: 0 });
    for (let n = 0; n < 20; n++) await say(new AppError("UPSTREAM_INVALID", "Another currency"));
    expect(client.health("quotes").breaker).toBe("open");
  });

  it("does not hold it against the vendor that a caller left", async () => {
    const client = clientWith();
    vendor.always({ kind: "hang" });
    for (let n = 0; n < 8; n++) {
      const leaving = new AbortController();
      setTimeout(() => leaving.abort(), 5);
      await codeOf(ask(client, "quotes", leaving.signal));
    }
    expect(client.health("quotes")).toMatchObject({ breaker: "closed", failures: 0 });
  });

  it("writes no key to the log or to the last error", async () => {
    const client = clientWith();
    vendor.always({ kind: "status", status: 401, body: `{"error":"bad token ${SECRET}"}` });
    await codeOf(ask(client));
    await codeOf(client.run("quotes", undefined, () => Promise.reject(new TypeError(`no ${SECRET}`))));
    expect(lines).toHaveLength(2);
    expect(JSON.stringify([lines, client.health("quotes")])).not.toContain(SECRET);
  });

  it("gives the errors of a library our codes, a time-out, and no keys", async () => {
    const client = clientWith();
    const library = (work: (signal: AbortSignal) => Promise<unknown>) => client.run("quotes", undefined, (http) => http.library(work, { attemptMs: 30, meaningOf: ({ name }) => (name === "NoSymbol" ? "NOT_FOUND" : null) }));
    await expect(library(() => Promise.reject(new Error(`GET /x?k=${SECRET}`)))).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE", message: "finnhub: GET /x?k=[redacted]" });
    await expect(library(() => Promise.reject(Object.assign(new Error("what?"), { name: "NoSymbol" })))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(library(() => new Promise(() => undefined))).rejects.toMatchObject({ details: { reason: "time-out" } });
  });

  it("ends a call with many requests within the caller's time", async () => {
    const client = clientWith();
    const work = client.run("quotes", { withinMs: 1_000 }, async (http) => {
      for (;;) {
        await http.json(http.url("api", "/quote"), shape);
        ahead += 400;
      }
    });
    expect(await codeOf(work)).toBe("time-out");
    expect(vendor.requests).toHaveLength(3);
  });
});

describe("addresses", () => {
  const client = (baseOverride?: string) => createVendorClient({ id: "upbit", bases: { live: "wss://api.upbit.example/websocket" }, baseOverride, secrets: [], deps, budget: createVendorBudget({ vendor: "upbit", rule: ROOMY, limiter: createMemoryRateLimiter(), deps }), log: { warn: () => undefined } });

  it("lead to the vendor, or to its stand-in by the same path and kind of line", () => {
    expect(client().url("live", "/v1", { a: 1 }).href).toBe("wss://api.upbit.example/websocket/v1?a=1");
    expect(client("http://127.0.0.1:9").url("live", "/v1").href).toBe("ws://127.0.0.1:9/websocket/v1");
    expect(() => client().url("none", "/")).toThrow("no base");
  });

  it("of a library lead to the stand-in too", async () => {
    const result = await clientWith().run("quotes", undefined, (http) => http.library(async (signal) => http.shape(await (await http.fetch("https://elsewhere.example/x?y=1", { signal })).json(), shape)));
    expect([result, vendor.requests[0]!.url]).toEqual([{ value: 1 }, "/x?y=1"]);
  });
});

describe("vendor budget", () => {
  it("lets no more than the limit pass in a window, and waits for the next when that is near", async () => {
    const client = clientWith({ windows: [{ limit: 2, windowMs: 1_000 }], concurrency: 1 });
    const from = ahead;
    for (let n = 0; n < 5; n++) await ask(client);
    expect(ahead - from).toBe(2_000);
  });

  it("refuses what would wait too long, without calling and without holding it against the vendor", async () => {
    const client = clientWith({ windows: [{ limit: 1, windowMs: 60_000 }], concurrency: 1, maxWaitMs: 5_000 });
    await ask(client);
    for (let n = 0; n < 10; n++) expect(await codeOf(ask(client))).toBe("own-budget");
    expect(vendor.requests).toHaveLength(1);
    expect(client.health("quotes")).toMatchObject({ breaker: "closed", failures: 0 });
  });

  it("has no more calls under way than the vendor allows", async () => {
    const client = clientWith({ windows: [], concurrency: 2 });
    let [running, most] = [0, 0];
    const work = () => client.run("quotes", undefined, (http) => http.library(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    }));
    await Promise.all(Array.from({ length: 9 }, work));
    expect(most).toBe(2);
  });

  it("gives a place that falls free to who waits, not to who comes at that moment as well", async () => {
    const budget = createVendorBudget({ vendor: "finnhub", rule: { windows: [], concurrency: 1 }, limiter: createMemoryRateLimiter(), deps });
    const first = await budget.acquire();
    const second = budget.acquire();
    first();
    const third = budget.acquire();
    const release = await second;
    expect(budget.status()).toMatchObject({ running: 1, waiting: 1 });
    release();
    (await third)();
    expect(budget.status()).toMatchObject({ running: 0, waiting: 0 });
  });

  it("lets a caller leave the queue, and gives its place to the next", async () => {
    const budget = createVendorBudget({ vendor: "finnhub", rule: { windows: [], concurrency: 1 }, limiter: createMemoryRateLimiter(), deps });
    const release = await budget.acquire();
    const leaving = new AbortController();
    const left = budget.acquire(leaving.signal);
    const next = budget.acquire();
    leaving.abort(new Error("enough"));
    await expect(left).rejects.toThrow("enough");
    release();
    release();
    (await next)();
    expect(budget.status()).toMatchObject({ running: 0, waiting: 0 });
  });

  it("counts a day's quota in the store, over all processes", async () => {
    const limiter = createMemoryRateLimiter();
    const rule: BudgetRule = { windows: [], concurrency: 4, dayLimit: 3 };
    const [one, two] = [clientWith(rule, limiter), clientWith(rule, limiter)];
    expect([await codeOf(ask(one)), await codeOf(ask(two)), await codeOf(ask(one)), await codeOf(ask(two)), await codeOf(ask(one))]).toEqual(["ok", "ok", "ok", "own-budget", "own-budget"]);
    expect(vendor.requests).toHaveLength(3);
  });

  it("leaves a vendor alone that asked for it, also with the next calls", async () => {
    const client = clientWith({ windows: [], concurrency: 4, maxWaitMs: 1_000 });
    vendor.next({ kind: "status", status: 429, retryAfter: "120" });
    expect(await codeOf(ask(client))).toBe("too-many-calls");
    expect(await codeOf(ask(client))).toBe("own-budget");
    ahead += 120_000;
    expect(await codeOf(ask(client))).toBe("ok");
    expect(vendor.requests).toHaveLength(2);
  });
});
