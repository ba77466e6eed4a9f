import type { Inngest } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBench, type Bench } from "@/server/testing/runner-bench";
import { createNotebook } from "@/server/testing/runner-notebook";

const { note, noted, newTag } = createNotebook();

const functions = (inngest: Inngest) => [
  inngest.createFunction({ id: "sleeper", triggers: { event: "test/sleeper" } }, async ({ event, step }) => {
    await step.sleep("by duration", "20s");
    await step.sleepUntil("by instant", new Date(Date.now() + 20_000));
    await step.sleepUntil("gone by", new Date(Date.now() - 60_000));
    note("woke", event.data.tag);
    return "awake";
  }),
  inngest.createFunction({ id: "waiter", triggers: { event: "test/waiter" } }, async ({ step }) => {
    const answer = await step.waitForEvent("answer", { event: "test/answer", timeout: "1h", if: "async.data.tag == event.data.tag && async.data.n > 1" });
    return answer?.data ?? null;
  }),
  inngest.createFunction({ id: "impatient", triggers: { event: "test/impatient" } }, async ({ step }) => (await step.waitForEvent("never", { event: "test/never", timeout: "10s" })) ?? "timed out"),
  inngest.createFunction({ id: "signalled", triggers: { event: "test/signalled" } }, async ({ event, step }) => step.waitForSignal("go", { signal: `go ${String(event.data.tag)}`, timeout: "1h", onConflict: "fail" })),
  inngest.createFunction({ id: "unsignalled", triggers: { event: "test/unsignalled" } }, async ({ event, step }) => (await step.waitForSignal("go", { signal: `no ${String(event.data.tag)}`, timeout: "10s", onConflict: "fail" })) ?? "timed out"),
  inngest.createFunction({ id: "rival", triggers: { event: "test/rival" } }, async ({ event, step }) => {
    try {
      return await step.waitForSignal("go", { signal: `go ${String(event.data.tag)}`, timeout: "1h", onConflict: "fail" });
    } catch (error) {
      return (error as Error).message;
    }
  }),
];

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ functions });
});
afterAll(() => bench.stop());

describe("waiting", () => {
  it("sleeps for a duration and until an instant, and wakes once", async () => {
    const tag = newTag();
    expect(await bench.run("sleeper", { tag })).toMatchObject({ status: "COMPLETED", output: "awake" });
    expect(noted("woke", tag)).toHaveLength(1);
  });

  it("goes on with the event that matches, and with no other", async () => {
    const tag = newTag();
    const id = await bench.send("test/waiter", { tag });
    await bench.started("waiter", id, 1);
    await bench.send("test/answer", { tag: "another", n: 5 });
    await bench.send("test/answer", { tag, n: 1 });
    await bench.send("test/answer", { tag });
    await bench.send("test/answer", { tag, n: 2 });
    expect(await bench.ended("waiter", id)).toMatchObject({ status: "COMPLETED", output: { tag, n: 2 } });
  });

  it("gives null to a wait that nothing came for, and forgets it", async () => {
    const { id, output } = await bench.run("impatient");
    expect(output).toBe("timed out");
    expect((await bench.pool.query("SELECT 1 FROM runner_wait WHERE run_id = $1", [id])).rowCount).toBe(0);
  });

  it("hands a signal to the run that waits for it, and says when none does", async () => {
    const tag = newTag();
    const id = await bench.send("test/signalled", { tag });
    await bench.started("signalled", id, 1);
    expect((await bench.run("rival", { tag })).output).toBe(`Another run waits for the signal "go ${tag}"`);
    await bench.inngest.sendSignal({ signal: `go ${tag}`, data: { speed: 3 } });
    expect((await bench.ended("signalled", id)).output).toEqual({ signal: `go ${tag}`, data: { speed: 3 } });
    expect(await bench.inngest.sendSignal({ signal: "nobody waits" })).toEqual({ runId: undefined });
    expect((await bench.run("unsignalled", { tag })).output).toBe("timed out");
  });
});
