import type { Inngest } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBench, until, type Bench } from "@/server/testing/runner-bench";
import { createNotebook } from "@/server/testing/runner-notebook";

const { note, noted, newTag } = createNotebook();
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Handlers that wait until a test opens what they wait at: nothing here rests on how fast a busy machine is. */
const gates = new Set<string>();
const passGate = (name: string) => until(() => gates.has(name), `the gate ${name}`);

/** A fiftieth: a minute takes 1.2 s, and what a busy machine adds stays small beside the periods. */
const PACE = 0.02;

const functions = (inngest: Inngest) => {
  const slow = inngest.createFunction({ id: "busy-singleton", triggers: { event: "test/busy-singleton" }, singleton: { key: "event.data.tag", mode: "skip" }, retries: 0 }, async ({ event, step }) => {
    await step.run("begin", () => note("busy-singleton", event.data.tag, event.data.n));
    await step.waitForEvent("end", { event: "test/end", timeout: "1h", if: "async.data.tag == event.data.tag" });
  });
  const once = inngest.createFunction({ id: "once-a-day", triggers: { event: "test/once-a-day" }, idempotency: "event.data.tag", retries: 0 }, ({ event }) => (note("once-a-day", event.data.tag, event.data.n), "ran"));
  const settling = inngest.createFunction({ id: "settling", triggers: { event: "test/settling" }, debounce: { period: "1h", key: "event.data.tag" } }, ({ event, events }) => (note("settling", event.data.tag, [event.data.n, events.length]), "settled"));
  return [
    slow, once, settling,
    inngest.createFunction({ id: "settling-late", triggers: { event: "test/settling-late" }, debounce: { period: "20s", timeout: "50s" } }, ({ event }) => note("settling-late", "", event.data.n)),
    inngest.createFunction({ id: "batched", triggers: { event: "test/batched" }, batchEvents: { maxSize: 3, timeout: "20s", key: "event.data.tag", if: "event.data.urgent != true" } }, async ({ events, step }) =>
      step.run("store", () => (note("batched", events[0].data.tag, events.map(({ data }) => data.n as number)), events.length))),
    inngest.createFunction({ id: "throttled", triggers: { event: "test/throttled" }, throttle: { limit: 2, period: "20s", burst: 1, key: "event.data.tag" } }, async ({ event, step }) => {
      await step.run("start", () => note("throttled", event.data.tag, event.data.n));
      await step.run("go on", () => undefined);
    }),
    inngest.createFunction({ id: "rate-limited", triggers: { event: "test/rate-limited" }, rateLimit: { limit: 1, period: "24h", key: "event.data.tag" } }, ({ event }) => note("rate-limited", event.data.tag, event.data.n)),
    inngest.createFunction({ id: "first-come", triggers: { event: "test/first-come" }, concurrency: 1, priority: { run: "event.data.plan == 'paid' ? 120 : (event.data.plan == 'delayed' ? -60 : 0)" } }, async ({ event }) => {
      note("first-come", event.data.tag, event.data.n);
      if (event.data.n === 1) await passGate(String(event.data.tag));
    }),
    inngest.createFunction({ id: "latest-only", triggers: { event: "test/latest-only" }, singleton: { key: "event.data.tag", mode: "cancel" } }, async ({ event, step }) => {
      await step.sleep("think", "1h");
      note("latest-only", event.data.tag, event.data.n);
    }),
    inngest.createFunction({ id: "hesitant", triggers: { event: "test/hesitant" }, concurrency: 1, timeouts: { start: "30s" } }, async ({ event }) => {
      note("hesitant", event.data.tag);
      await passGate("hesitant");
    }),
    inngest.createFunction({ id: "dawdler", triggers: { event: "test/dawdler" }, timeouts: { finish: "100s" } }, async ({ event, step }) => {
      await step.run("first", () => note("dawdler first", event.data.tag));
      if (event.data.sleeps) await step.sleep("nap", "1h");
      await step.run("second", async () => {
        note("dawdler second", event.data.tag);
        await wait(2_200);
      });
      await step.run("third", () => note("dawdler third", event.data.tag));
    }),
    inngest.createFunction({ id: "long-last", triggers: { event: "test/long-last" }, timeouts: { finish: "20s" } }, async () => {
      await wait(500);
      return "whole";
    }),
    inngest.createFunction({ id: "cancel-listener", triggers: { event: "inngest/function.cancelled" } }, ({ event }) => note("cancelled", (event.data as { function_id: string }).function_id, (event.data as { error: { message: string } }).error.message)),
    inngest.createFunction({ id: "caller", triggers: { event: "test/caller" }, retries: 0 }, async ({ event, step }) => {
      const target = { "once-a-day": once, "busy-singleton": slow, settling }[event.data.target as string]!;
      try {
        return await step.invoke("call", { function: target, data: { tag: event.data.tag as string, n: 0 } });
      } catch (error) {
        return (error as Error).message;
      }
    }),
    inngest.createFunction({ id: "later", triggers: { event: "test/later" } }, ({ event }) => note("later", event.data.tag)),
  ];
};

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ functions, pace: PACE });
});
afterAll(() => bench.stop());

const send = (name: string, tag: string, numbers: number[], more: Record<string, unknown> = {}) => bench.inngest.send(numbers.map((n) => ({ name: `test/${name}`, data: { tag, n, ...more } })));
const dataOf = (what: string, tag?: string) => noted(what, tag).map(({ data }) => data);
const quiet = () => wait(200);
const endHolds = () => bench.pool.query("UPDATE runner_hold SET due_at = now()");
const nextDay = () => bench.pool.query("UPDATE runner_limit SET arrival_ms = arrival_ms - $1 WHERE key LIKE 'rate %'", [86_400_000 * PACE]);
const startTimes = async (functionId: string, tag: string) =>
  (await bench.pool.query<{ ms: number }>("SELECT extract(epoch FROM started_at)::float8 * 1000 AS ms FROM runner_run WHERE function_id LIKE $1 AND events -> 0 -> 'data' ->> 'tag' = $2 ORDER BY started_at", [`%-${functionId}`, tag])).rows.map(({ ms }) => ms);

describe("debounce", () => {
  it("starts once a quiet period after a burst, with its last event, each key by itself", async () => {
    const [tag, other] = [newTag(), newTag()];
    const dueTimes = async () => (await bench.pool.query<{ due: Date; opened: Date }>("SELECT due_at AS due, opened_at AS opened FROM runner_hold ORDER BY opened_at")).rows;
    await send("settling", tag, [1, 2]);
    const [before] = await dueTimes();
    await send("settling", other, [7]);
    await send("settling", tag, [3]);
    const [after, untouched] = await dueTimes();
    expect(before!.due.getTime() - before!.opened.getTime()).toBeGreaterThanOrEqual(3_600_000 * PACE);
    expect(after!.due.getTime()).toBeGreaterThan(before!.due.getTime());
    expect(Math.abs(untouched!.due.getTime() - untouched!.opened.getTime() - 3_600_000 * PACE)).toBeLessThanOrEqual(1);
    expect(noted("settling", tag)).toEqual([]);
    await endHolds();
    await until(() => noted("settling", tag).length === 1 && noted("settling", other).length === 1, "both keys");
    await quiet();
    expect([dataOf("settling", tag), dataOf("settling", other)]).toEqual([[[3, 1]], [[7, 1]]]);
  });

  it("lets an event that is older and comes late change nothing", async () => {
    const tag = newTag();
    const ts = Date.now();
    await bench.inngest.send({ name: "test/settling", data: { tag, n: 2 }, ts });
    await bench.inngest.send({ name: "test/settling", data: { tag, n: 1 }, ts: ts - 60_000 });
    await endHolds();
    await until(() => noted("settling", tag).length === 1, "the run");
    await quiet();
    expect(dataOf("settling", tag)).toEqual([[2, 1]]);
  });

  it("starts at its timeout while events keep coming, and then waits anew", async () => {
    for (let n = 0; n < 8; n++) {
      await send("settling-late", "", [n]);
      await wait(200);
    }
    await until(() => dataOf("settling-late").includes(7), "the last event");
    const seen = dataOf("settling-late") as number[];
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });
});

describe("batchEvents", () => {
  it("starts with all events when the batch is full, and with what there is when its time is over", async () => {
    const [tag, other] = [newTag(), newTag()];
    await send("batched", tag, [1, 2, 3, 4]);
    await send("batched", other, [9]);
    await until(() => noted("batched", tag).length === 2 && noted("batched", other).length === 1, "three batches");
    await quiet();
    expect([dataOf("batched", tag), dataOf("batched", other)]).toEqual([[[1, 2, 3], [4]], [[9]]]);
    const [full, rest] = noted("batched", tag);
    expect(rest!.at).toBeGreaterThan(full!.at);
  });

  it("starts at once for an event that is not to be batched", async () => {
    const tag = newTag();
    const { ids } = await send("batched", tag, [1], { urgent: true });
    expect((await bench.ended("batched", ids[0]!)).output).toBe(1);
    expect((await bench.pool.query("SELECT 1 FROM runner_hold")).rowCount).toBe(0);
  });

  it("is made once more whole by an admin", async () => {
    const tag = newTag();
    const { ids } = await send("batched", tag, [1, 2, 3]);
    const { id: runId } = await bench.ended("batched", ids[0]!);
    await bench.send("runner/rerun-requested", { runId });
    await until(() => noted("batched", tag).length === 2, "the second run");
    expect(dataOf("batched", tag)).toEqual([[1, 2, 3], [1, 2, 3]]);
  });
});

describe("throttle", () => {
  it("starts limit and burst at once and then one in each part of the period, and loses none", async () => {
    const [tag, other] = [newTag(), newTag()];
    await bench.inngest.send([...[1, 2, 3, 4, 5, 6].map((n) => ({ tag, n })), { tag: other, n: 1 }].map((data) => ({ name: "test/throttled", data })));
    await until(() => noted("throttled", tag).length === 6 && noted("throttled", other).length === 1, "all seven");
    expect([...(dataOf("throttled", tag) as number[])].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const [times, [alone]] = [await startTimes("throttled", tag), await startTimes("throttled", other)];
    // 2 in 20 s: one every 200 ms at this pace, counted from when the first was claimed, which on a busy machine is some time before it is noted as started.
    const after = times.map((ms) => ms - times[0]!);
    expect(after.slice(0, 3).every((ms) => ms < 100)).toBe(true);
    [50, 200, 350].forEach((least, i) => expect(after[3 + i]).toBeGreaterThanOrEqual(least));
    expect(Math.abs(alone! - times[0]!)).toBeLessThan(100);
  });
});

describe("rateLimit", () => {
  it("skips what is beyond the limit for good, by key, also when all come at once", async () => {
    const [tag, other] = [newTag(), newTag()];
    await Promise.all(Array.from({ length: 12 }, (_, n) => send("rate-limited", tag, [n])));
    await send("rate-limited", other, [1]);
    await until(() => noted("rate-limited", other).length === 1, "another key");
    await nextDay();
    await send("rate-limited", tag, [99]);
    await until(() => dataOf("rate-limited", tag).includes(99), "the next period");
    expect(noted("rate-limited", tag)).toHaveLength(2);
  });
});

describe("idempotency", () => {
  it("starts a function once a day for each value of its key", async () => {
    const [tag, other] = [newTag(), newTag()];
    await Promise.all([send("once-a-day", tag, [1]), send("once-a-day", tag, [1])]);
    await send("once-a-day", tag, [2]);
    await send("once-a-day", other, [3]);
    await until(() => noted("once-a-day", other).length === 1, "the other");
    await quiet();
    expect(noted("once-a-day", tag)).toHaveLength(1);
    await nextDay();
    await send("once-a-day", tag, [4]);
    await until(() => noted("once-a-day", tag).length === 2, "the next day");
  });
});

describe("priority", () => {
  it("lets a run go before those of its function that were queued earlier, and delays one below zero", async () => {
    const tag = newTag();
    await send("first-come", tag, [1]);
    await until(() => noted("first-come", tag).length === 1, "the first runs");
    const queued = Date.now();
    await send("first-come", tag, [0], { plan: "delayed" });
    await send("first-come", tag, [2, 3]);
    await send("first-come", tag, [9], { plan: "paid" });
    gates.add(tag);
    await until(() => noted("first-come", tag).length === 5, "all");
    expect(dataOf("first-come", tag)).toEqual([1, 9, 2, 3, 0]);
    expect(noted("first-come", tag)[4]!.at - queued).toBeGreaterThanOrEqual(60_000 * PACE);
  });
});

describe("singleton", () => {
  it("skips a run while another of its key is at work, sleeping included, and takes the next after it", async () => {
    const [tag, other] = [newTag(), newTag()];
    await Promise.all(Array.from({ length: 6 }, (_, n) => send("busy-singleton", tag, [n])));
    await send("busy-singleton", other, [7]);
    await until(() => noted("busy-singleton", other).length === 1, "another key");
    await quiet();
    expect(noted("busy-singleton", tag)).toHaveLength(1);
    await bench.send("test/end", { tag });
    await until(async () => (await bench.runs("busy-singleton")).filter(({ status }) => status === "COMPLETED").length === 1, "the first ends");
    await send("busy-singleton", tag, [8]);
    await until(() => dataOf("busy-singleton", tag).includes(8), "the next run");
    expect(noted("busy-singleton", tag)).toHaveLength(2);
  });

  it("cancels the run at work for a newer one", async () => {
    const tag = newTag();
    const { ids } = await send("latest-only", tag, [1]);
    await send("latest-only", tag, [2]);
    expect(await bench.ended("latest-only", ids[0]!)).toMatchObject({ status: "CANCELLED", error: { message: "Cancelled by a newer run" } });
    const { rows } = await bench.pool.query("SELECT 1 FROM runner_run WHERE singleton_key IS NOT NULL AND function_id LIKE '%-latest-only' AND status = 'RUNNING'");
    expect(rows).toHaveLength(1);
    await until(async () => {
      await bench.pool.query("UPDATE runner_job SET run_at = now() WHERE kind = 'WAKE' AND run_at > now()");
      return noted("latest-only", tag).length === 1;
    }, "the newer one");
    await quiet();
    expect(dataOf("latest-only", tag)).toEqual([2]);
  });
});

describe("timeouts", () => {
  it("cancel a run that did not start in time, and tell of it", async () => {
    const [first, second] = [await bench.send("test/hesitant", { tag: "first" }), await bench.send("test/hesitant", { tag: "second" })];
    expect(await bench.ended("hesitant", second)).toMatchObject({ status: "CANCELLED", error: { message: "Cancelled because it did not start in time" } });
    gates.add("hesitant");
    expect(await bench.ended("hesitant", first)).toMatchObject({ status: "COMPLETED" });
    expect([noted("hesitant", "first").length, noted("hesitant", "second").length]).toEqual([1, 0]);
    await until(() => noted("cancelled", `${bench.inngest.id}-hesitant`).length === 1, "inngest/function.cancelled");
  });

  it("cancel a run that does not finish in time: asleep at once, at work after its step", async () => {
    const [asleep, atWork] = [newTag(), newTag()];
    const ids = [await bench.send("test/dawdler", { tag: asleep, sleeps: true }), await bench.send("test/dawdler", { tag: atWork })];
    expect(await bench.ended("dawdler", ids[0]!)).toMatchObject({ status: "CANCELLED", error: { message: "Cancelled because it did not finish in time" } });
    expect(await bench.ended("dawdler", ids[1]!)).toMatchObject({ status: "CANCELLED" });
    await quiet();
    expect([noted("dawdler second", atWork).length, noted("dawdler third", atWork).length, noted("dawdler second", asleep).length]).toEqual([1, 0, 0]);
  });

  it("let a last call that began in time end the run", async () => {
    expect(await bench.run("long-last")).toMatchObject({ status: "COMPLETED", output: "whole" });
  });
});

describe("flow control and other ways to start", () => {
  it("tells a caller that the function it invokes is limited or at work, and debounces no invocation", async () => {
    const tag = newTag();
    expect((await bench.run("caller", { tag, target: "once-a-day" })).output).toBe("ran");
    expect((await bench.run("caller", { tag, target: "once-a-day" })).output).toBe(`The function "${bench.inngest.id}-once-a-day" was not started: its rate limit is reached`);
    await send("busy-singleton", tag, [1]);
    await until(() => noted("busy-singleton", tag).length === 1, "one is at work");
    expect((await bench.run("caller", { tag, target: "busy-singleton" })).output).toBe(`The function "${bench.inngest.id}-busy-singleton" was not started: another run of it is at work`);
    expect((await bench.run("caller", { tag, target: "settling" })).output).toBe("settled");
  });

  it("starts the functions of an event with a time to come at that time", async () => {
    const tag = newTag();
    const began = Date.now();
    await bench.inngest.send({ name: "test/later", data: { tag }, ts: began + 20_000 });
    await until(() => noted("later", tag).length === 1, "the run");
    expect(noted("later", tag)[0]!.at - began).toBeGreaterThanOrEqual(350);
  });
});
