import type { Inngest } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBench, type Bench } from "@/server/testing/runner-bench";
import { createNotebook } from "@/server/testing/runner-notebook";

const { note, noted, newTag } = createNotebook();

/** How many calls run at this moment, by key, and the most there ever were. */
const busy = new Map<string, number>();
const most = new Map<string, number>();
async function occupy(key: string, ms: number): Promise<void> {
  busy.set(key, (busy.get(key) ?? 0) + 1);
  most.set(key, Math.max(most.get(key) ?? 0, busy.get(key)!));
  await new Promise((resolve) => setTimeout(resolve, ms));
  busy.set(key, busy.get(key)! - 1);
}

const functions = (inngest: Inngest) => [
  inngest.createFunction({ id: "keyed", triggers: { event: "test/keyed" }, concurrency: { limit: 1, key: "event.data.key" } }, async ({ event, step }) => {
    await step.run("one", () => occupy(`keyed ${String(event.data.key)}`, 40));
    await step.run("two", () => occupy(`keyed ${String(event.data.key)}`, 40));
  }),
  inngest.createFunction({ id: "narrow", triggers: { event: "test/narrow" }, concurrency: 2 }, () => occupy("narrow", 40)),
  ...["env", "account"].flatMap((scope) => [1, 2].map((n) =>
    inngest.createFunction({ id: `${scope}-${n}`, triggers: { event: `test/${scope}` }, concurrency: { scope: scope as "env", key: n === 1 ? "event.data.vendor" : "event.data.also", limit: 1 } }, ({ event }) => occupy(`${scope} ${String(event.data.vendor)}`, 40)))),
  inngest.createFunction({ id: "twofold", triggers: { event: "test/twofold" }, concurrency: [{ limit: 1, key: "event.data.key" }, { limit: 2 }] }, async ({ event }) => {
    await Promise.all([occupy(`twofold ${String(event.data.key)}`, 40), occupy("twofold", 40)]);
  }),
  inngest.createFunction({ id: "unlimited", triggers: { event: "test/unlimited" }, concurrency: 0 }, () => occupy("unlimited", 40)),
  inngest.createFunction({ id: "cancel-window", triggers: { event: "test/cancel-window" }, cancelOn: [{ event: "test/cancel-soon", match: "data.tag", timeout: "10s" }] }, async ({ event, step }) => {
    await step.waitForEvent("word", { event: "test/word", match: "data.tag", timeout: "1h" });
    return event.data.tag as string;
  }),
  inngest.createFunction({ id: "cancellable", triggers: { event: "test/cancellable" }, cancelOn: [{ event: "test/cancel", if: "async.data.tag == event.data.tag" }] }, async ({ event, step }) => {
    await step.run("begin", () => note("began", event.data.tag));
    await step.sleep("long", "10h");
    note("cancellable went on", event.data.tag);
  }),
];

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ functions });
});
afterAll(() => bench.stop());

describe("limits and cancelling", () => {
  it("runs as many calls of one key at once as allowed, keys beside each other", async () => {
    const ids = await Promise.all(["a", "a", "a", "b", "b", "b"].map((key) => bench.send("test/keyed", { key })));
    for (const id of ids) expect((await bench.ended("keyed", id)).status).toBe("COMPLETED");
    expect([most.get("keyed a"), most.get("keyed b")]).toEqual([1, 1]);
  });

  it("keeps a function within its own limit and uses all of it", async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => bench.send("test/narrow")));
    for (const id of ids) await bench.ended("narrow", id);
    expect(most.get("narrow")).toBe(2);
  });

  it("shares a limit of an environment or account between functions, by the value of the key", async () => {
    for (const scope of ["env", "account"]) {
      const ids = await Promise.all(["x", "x", "y"].map((vendor) => bench.send(`test/${scope}`, { vendor, also: vendor })));
      for (const id of ids) for (const n of [1, 2]) expect((await bench.ended(`${scope}-${n}`, id)).status).toBe("COMPLETED");
      expect([most.get(`${scope} x`), most.get(`${scope} y`)]).toEqual([1, 1]);
    }
  });

  it("keeps a function within each of its limits", async () => {
    const ids = await Promise.all(["a", "a", "b", "b", "c", "c"].map((key) => bench.send("test/twofold", { key })));
    for (const id of ids) await bench.ended("twofold", id);
    expect(["twofold", "twofold a", "twofold b", "twofold c"].map((key) => most.get(key))).toEqual([2, 1, 1, 1]);
  });

  it("takes a limit of 0 for none", async () => {
    const ids = await Promise.all(Array.from({ length: 4 }, () => bench.send("test/unlimited")));
    for (const id of ids) await bench.ended("unlimited", id);
    expect(most.get("unlimited")).toBeGreaterThanOrEqual(2);
  });

  it("cancels by an event only as long as its time-out says", async () => {
    const [soon, late] = [newTag(), newTag()];
    const ids = [await bench.send("test/cancel-window", { tag: soon }), await bench.send("test/cancel-window", { tag: late })];
    for (const id of ids) await bench.started("cancel-window", id, 1);
    await bench.pool.query("UPDATE runner_wait w SET expires_at = now() + interval '1 hour' FROM runner_run r WHERE r.id = w.run_id AND w.kind = 'CANCEL' AND r.events -> 0 -> 'data' ->> 'tag' = $1", [soon]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await bench.send("test/cancel-soon", { tag: late });
    await bench.send("test/cancel-soon", { tag: soon });
    expect(await bench.ended("cancel-window", ids[0]!)).toMatchObject({ status: "CANCELLED" });
    await bench.send("test/word", { tag: late });
    expect(await bench.ended("cancel-window", ids[1]!)).toMatchObject({ status: "COMPLETED", output: late });
  });

  it("cancels the run that the event names, and leaves the other asleep", async () => {
    const [gone, stays] = [newTag(), newTag()];
    const ids = [await bench.send("test/cancellable", { tag: gone }), await bench.send("test/cancellable", { tag: stays })];
    const runs = [await bench.started("cancellable", ids[0]!, 2), await bench.started("cancellable", ids[1]!, 2)];
    await bench.send("test/cancel", { tag: gone });
    expect(await bench.ended("cancellable", ids[0]!)).toMatchObject({ id: runs[0], status: "CANCELLED" });
    const { rows } = await bench.pool.query<{ runId: string }>(`SELECT run_id AS "runId" FROM runner_job WHERE run_id = ANY($1)`, [runs]);
    expect(rows).toEqual([{ runId: runs[1] }]);
    expect(noted("cancellable went on")).toEqual([]);
    await bench.send("test/cancel", { tag: stays });
    await bench.ended("cancellable", ids[1]!);
  });
});
