import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { createRateLimiter, type RateLimiter } from "@/server/platform/rate-limiter";
import type { CtxUser } from "@/server/services/ctx";
import { takeRequest } from "./take-request";

const open: RateLimiter[] = [];
function limiter(connectionString = process.env.DATABASE_URL!): RateLimiter {
  const made = createRateLimiter(connectionString, () => undefined);
  open.push(made);
  return made;
}
// Not at the end only: while one of them is open no other is alone.
afterEach(() => Promise.all(open.splice(0).map((made) => made.close())));

const origin = { address: "203.0.113.7", userAgent: "", place: "", requestId: "" };
const account = (id: string, requestsPerHour: number | null = null) =>
  ({ kind: "key", keyId: "k", scopes: ["read"], user: { id, role: "USER", secondFactor: false, tier: "FREE", requestsPerHour, locale: "en", timeZone: "UTC" } as unknown as CtxUser }) as const;
const outcome = (asked: Promise<unknown>) => asked.then(() => "passed", (error: unknown) => (error instanceof AppError ? error.code : String(error)));
const count = (outcomes: string[]) => Object.fromEntries([...new Set(outcomes)].sort().map((name) => [name, outcomes.filter((other) => other === name).length]));

describe("takeRequest", () => {
  it("lets exactly the limit pass when 1,000 requests arrive at once in two processes", async () => {
    const [one, two] = [limiter(), limiter()];
    const ask = (from: RateLimiter) => outcome(takeRequest({ caller: account("crowd"), origin, limiter: from }, { group: "market", surface: "app" }));
    const outcomes = await Promise.all(Array.from({ length: 1_000 }, (_, n) => ask(n % 2 ? one : two)));
    expect(count(outcomes)).toEqual({ RATE_LIMITED: 900, passed: 100 });
  });

  it("lets exactly the limit pass when a process that counted alone, in memory, is joined by another", async () => {
    const [one, two] = [limiter(), limiter()];
    const ask = (from: RateLimiter) => outcome(takeRequest({ caller: account("joined"), origin, limiter: from }, { group: "market", surface: "app" }));
    const alone: string[] = [];
    for (let n = 0; n < 40; n += 1) alone.push(await ask(one));
    const both = await Promise.all(Array.from({ length: 400 }, (_, n) => ask(n % 2 ? one : two)));
    expect(count([...alone, ...both])).toEqual({ RATE_LIMITED: 340, passed: 100 });
  });

  it("loses nothing of what a process counts in memory up to the moment in which another joins", async () => {
    const [one, two] = [limiter(), limiter()];
    const budget = { key: "moment", limit: 1_000_000, windowSeconds: 60 };
    await one.take(budget);
    let joined = false;
    const first = two.take(budget).finally(() => (joined = true));
    const asked: Promise<unknown>[] = [];
    while (!joined) {
      asked.push(one.take(budget));
      await new Promise(setImmediate);
    }
    await Promise.all([first, ...asked]);
    expect(budget.limit - (await two.take(budget)).remaining).toBe(asked.length + 3);
    expect(asked.length).toBeGreaterThan(10);
  });

  it("goes on from what a process that has ended had counted in memory", async () => {
    const ask = (from: RateLimiter) => outcome(takeRequest({ caller: account("restarted"), origin, limiter: from }, { group: "market", surface: "app" }));
    const before = limiter();
    const passed: string[] = [];
    for (let n = 0; n < 40; n += 1) passed.push(await ask(before));
    open.splice(open.indexOf(before), 1);
    await before.close();
    const after = limiter();
    expect(count([...passed, ...(await Promise.all(Array.from({ length: 100 }, () => ask(after))))])).toEqual({ RATE_LIMITED: 40, passed: 100 });
  });

  it("begins a new window in memory when the old one has ended", async () => {
    const from = limiter();
    const take = async () => (await from.take({ key: "short", limit: 2, windowSeconds: 1 })).admitted;
    expect([await take(), await take(), await take()]).toEqual([true, true, false]);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect([await take(), await take(), await take()]).toEqual([true, true, false]);
  });

  it("says which limit is used up, when to come again and which plan has more", async () => {
    const from = limiter();
    const ask = () => takeRequest({ caller: account("hourly", 3), origin, limiter: from }, { group: "other", surface: "api" });
    expect((await ask()).remaining).toBe(2);
    await ask();
    await ask();
    const refusal = await ask().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "RATE_LIMITED", details: { limit: "requests-per-hour", allowed: 3, nextTier: "PRO" } });
    expect((refusal as AppError).details.retryAfterSeconds).toBeGreaterThan(3_500);
  });

  it("goes on from the old count when the plan changes", async () => {
    const from = limiter();
    const ask = (perHour: number) => outcome(takeRequest({ caller: account("upgraded", perHour), origin, limiter: from }, { group: "other", surface: "api" }));
    expect([await ask(1), await ask(1), await ask(5)]).toEqual(["passed", "RATE_LIMITED", "passed"]);
  });

  it("keeps guests of different addresses apart, and one person's minute from another's", async () => {
    const from = limiter();
    const ask = (address: string) => takeRequest({ caller: { kind: "guest" }, origin: { ...origin, address }, limiter: from }, { group: "hypothesis", surface: "app" });
    expect((await ask("203.0.113.8")).remaining).toBe(4);
    expect((await ask("203.0.113.9")).remaining).toBe(4);
  });

  it("waits once, not with every request, for another that holds the lock and does not answer, and counts in the database when it is gone", async () => {
    const hung = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await hung.connect();
    await hung.query("SELECT pg_advisory_lock(7163904)");
    const from = limiter();
    const budget = { key: `hung-${Date.now()}`, limit: 1_000, windowSeconds: 600 };
    expect((await from.take(budget)).admitted).toBe(true);
    const startedAt = performance.now();
    for (let n = 0; n < 20; n += 1) expect((await from.take(budget)).admitted).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    const stored = async () => (await from.take(budget), (await hung.query("SELECT points FROM rate_limit WHERE key = $1", [`600:${budget.key}`])).rows.length);
    await hung.query("SELECT pg_advisory_unlock(7163904)");
    await expect.poll(stored, { timeout: 15_000, interval: 100 }).toBe(1);
    await hung.end();
  });

  it("counts in memory while the database is away", async () => {
    const from = limiter("postgres://nobody:nothing@127.0.0.1:1/none");
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => outcome(takeRequest({ caller: account("offline"), origin, limiter: from }, { group: "ai", surface: "app" }))));
    expect(count(outcomes)).toEqual({ RATE_LIMITED: 20, passed: 10 });
  });
});
