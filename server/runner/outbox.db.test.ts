import { randomUUID } from "node:crypto";
import type { Inngest } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendOutbox } from "@/server/platform/outbox";
import { createTestCtx } from "@/server/testing/test-ctx";
import { pruneHistory } from "./prune-history";
import { startBench, testRunnerOptions, until, type Bench } from "@/server/testing/runner-bench";

const ctx = createTestCtx();
const heard: string[] = [];
const functions = (inngest: Inngest) => [inngest.createFunction({ id: "listener", triggers: { event: "test/outbox" } }, ({ event }) => void heard.push(String(event.data.tag)))];
const timesHeard = (tag: string) => heard.filter((one) => one === tag).length;
const emit = (tag: string, tx: Parameters<typeof appendOutbox>[0] = ctx.db) => appendOutbox(tx, { name: "test/outbox", data: { tag } });

afterAll(() => ctx.db.$disconnect());

describe("outbox and local runner", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ functions });
  });
  afterAll(() => bench.stop());

  it("sends an event of a transaction that commits, once, and none of one that is rolled back", async () => {
    const [kept, dropped] = [randomUUID(), randomUUID()];
    await expect(ctx.db.$transaction(async (tx) => {
      await emit(dropped, tx);
      throw new RangeError("rolled back");
    })).rejects.toThrow("rolled back");
    await ctx.db.$transaction((tx) => emit(kept, tx));
    await until(() => timesHeard(kept) > 0, "the event arrives");
    expect([timesHeard(kept), timesHeard(dropped)]).toEqual([1, 0]);
    const { sentAt } = (await ctx.db.outboxEvent.findFirst({ where: { data: { path: ["tag"], equals: kept } } }))!;
    expect(sentAt).toBeInstanceOf(Date);
  });

  it("counts an event once that was sent by hand and then taken from the outbox", async () => {
    const tag = randomUUID();
    const id = randomUUID();
    await bench.inngest.send({ id, name: "test/outbox", data: { tag } });
    await ctx.db.outboxEvent.create({ data: { id, name: "test/outbox", data: { tag } } });
    await until(async () => (await ctx.db.outboxEvent.findUnique({ where: { id } }))?.sentAt !== null, "the row is taken");
    await until(() => timesHeard(tag) > 0, "the event arrives");
    await emit(`after ${tag}`);
    await until(() => timesHeard(`after ${tag}`) === 1, "a later event arrives");
    expect(timesHeard(tag)).toBe(1);
  });
});

describe("outbox while nothing runs", () => {
  it("keeps events and delivers each once when a runner comes", async () => {
    const tags = Array.from({ length: 5 }, () => randomUUID());
    for (const tag of tags) await emit(tag);
    const bench = await startBench({ functions });
    await until(() => tags.every((tag) => timesHeard(tag) > 0), "all arrive");
    await bench.stop();
    expect(tags.map(timesHeard)).toEqual([1, 1, 1, 1, 1]);
  });
});

describe("pruneHistory", () => {
  it("removes what ended longer ago than is kept, and nothing that is at work", async () => {
    const bench = await startBench({ functions: (inngest) => [...functions(inngest), 
      inngest.createFunction({ id: "asleep", triggers: { event: "test/asleep" } }, ({ step }) => step.sleep("long", "40w")),
      inngest.createFunction({ id: "held", triggers: { event: "test/held" }, debounce: { period: "7d" } }, () => undefined),
      inngest.createFunction({ id: "limited", triggers: { event: "test/limited" }, rateLimit: { limit: 1, period: "1s" }, throttle: { limit: 1, period: "1s" } }, () => undefined),
    ] });
    const tag = randomUUID();
    const done = await bench.ended("listener", await bench.send("test/outbox", { tag }));
    const asleepEvent = await bench.send("test/asleep");
    const heldEvent = await bench.send("test/held");
    const limited = await bench.ended("limited", await bench.send("test/limited"));
    expect(limited.status).toBe("COMPLETED");
    await until(async () => (await bench.runs("asleep")).length === 1, "it sleeps");

    const keepDays = testRunnerOptions("").keepDays;
    const inDays = (days: number) => () => new Date(Date.now() + days * 86_400_000);
    const isThere = async (id: string) => (await bench.pool.query("SELECT 1 FROM runner_run WHERE id = $1", [id])).rowCount === 1;
    // Rates that are not used up any more go at once.
    expect((await pruneHistory({ pool: bench.pool, keepDays, now: inDays(keepDays - 1) })).limits).toBeGreaterThanOrEqual(2);
    expect(await isThere(done.id)).toBe(true);
    const removed = await pruneHistory({ pool: bench.pool, keepDays, now: inDays(keepDays + 1) });
    expect(removed.runs).toBeGreaterThan(0);
    // Nothing is left of what was done.
    const { rows: [left] } = await bench.pool.query<Record<string, number>>(`SELECT
      (SELECT count(*) FROM runner_run WHERE ended_at IS NOT NULL)::int AS runs, (SELECT count(*) FROM outbox_event WHERE sent_at IS NOT NULL)::int AS outbox,
      (SELECT count(*) FROM runner_limit WHERE arrival_ms < extract(epoch FROM now()) * 1000)::int AS limits,
      (SELECT count(*) FROM runner_event e WHERE NOT EXISTS (SELECT FROM runner_run r WHERE r.event_id = e.id) AND NOT EXISTS (SELECT FROM runner_hold h WHERE e.id = ANY(h.event_ids)))::int AS events`);
    expect(left).toEqual({ runs: 0, outbox: 0, limits: 0, events: 0 });
    expect((await bench.pool.query("SELECT 1 FROM runner_event WHERE id = $1", [heldEvent])).rowCount).toBe(1);
    expect(await isThere(done.id)).toBe(false);
    const [asleep] = await bench.runs("asleep");
    expect(asleep?.status).toBe("RUNNING");
    expect((await bench.pool.query("SELECT 1 FROM runner_event WHERE id = $1", [asleepEvent])).rowCount).toBe(1);
    await bench.stop();
  });
});
