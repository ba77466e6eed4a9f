import type { Inngest } from "inngest";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBench, until, type Bench } from "@/server/testing/runner-bench";
import { createNotebook } from "@/server/testing/runner-notebook";

const { note, noted, newTag } = createNotebook();

const functions = (inngest: Inngest) => [
  inngest.createFunction({ id: "child", triggers: { event: "test/child" }, retries: 0 }, ({ event }) => ({ got: event.data.value as unknown })),
  inngest.createFunction({ id: "told", triggers: { event: "test/told" } }, ({ event }) => note("told", event.data.tag, event.data.n)),
  inngest.createFunction({ id: "picky", triggers: { event: "test/picky", if: "event.data.size == 'large'" } }, ({ event }) => note("picky", event.data.tag)),
  inngest.createFunction({ id: "family", triggers: [{ event: "test/family.*" }] }, ({ event }) => note("family", event.data.tag, event.name)),
  inngest.createFunction({ id: "jittery", triggers: { cron: "* * * * * *", jitter: "200s" } as { cron: string } }, ({ event }) => note("jitter", "", event.ts)),
  inngest.createFunction({ id: "impossible", triggers: { event: "test/told" }, batchEvents: { maxSize: 10, timeout: "5s" }, debounce: { period: "5s" } }, () => note("impossible")),
  inngest.createFunction({ id: "misspelt", triggers: { event: "test/told", if: "event.data." } }, () => note("misspelt")),
  inngest.createFunction({ id: "ticker", triggers: { cron: "*/2 * * * * *" } }, ({ event }) => note("tick", "", event)),
];

let bench: Bench;
const errors: string[] = [];
beforeAll(async () => {
  bench = await startBench({ functions, spread: () => 0.5, log: pino({ level: "error" }, { write: (line) => void errors.push(line) }) });
});
afterAll(() => bench.stop());

describe("triggers", () => {
  it("starts a function by its condition, and not when a field of it is missing", async () => {
    const tag = newTag();
    await bench.send("test/picky", { tag: "small", size: "small" });
    await bench.send("test/picky", { tag: "missing" });
    await bench.send("test/picky", { tag, size: "large" });
    await until(() => noted("picky", tag).length === 1, "the large one");
    expect(noted("picky").map((entry) => entry.tag)).toEqual([tag]);
  });

  it("matches names by a star at the end", async () => {
    const tag = newTag();
    await bench.send("test/family.born", { tag });
    await until(() => noted("family", tag).length === 1, "the family event");
    expect(noted("family", tag)[0]!.data).toBe("test/family.born");
  });

  it("counts an event id once for each event name", async () => {
    const id = `given-${Date.now()}`;
    await bench.send("test/child", { value: 1 }, id);
    await bench.send("test/child", { value: 2 }, id);
    const told = newTag();
    await bench.send("test/told", { tag: told, n: 0 }, id);
    expect((await bench.ended("child", id)).output).toEqual({ got: 1 });
    await until(() => noted("told", told).length === 1, "the other name");
    expect((await bench.runs("child")).filter(({ output }) => JSON.stringify(output) === '{"got":2}')).toEqual([]);
  });

  it("fires a cron every two seconds, once for each time", async () => {
    await until(() => noted("tick").length >= 2, "two ticks");
    const ticks = noted("tick").map(({ data }) => data as { name: string; data: { cron: string }; ts: number });
    expect(ticks[0]).toMatchObject({ name: "inngest/scheduled.timer", data: { cron: "*/2 * * * * *" } });
    const instants = ticks.map(({ ts }) => ts);
    expect(new Set(instants).size).toBe(instants.length);
    expect(instants.every((ts) => ts % 2_000 === 0)).toBe(true);
  });
  it("starts a cron with jitter some time after its hour", async () => {
    await until(() => noted("jitter").length >= 2, "two runs");
    // Half of 200 s at this pace.
    for (const { at, data } of noted("jitter")) expect(at - (data as number)).toBeGreaterThanOrEqual(490);
  });

  it("leaves out what an Inngest server would refuse, says so once, and takes the other functions", async () => {
    expect(await bench.runner.sync()).toBe(false);
    const refused = errors.map((line) => JSON.parse(line) as { event: string; refused: { name: string; faults: string[] }[] }).filter(({ event }) => event === "functions refused");
    expect(refused).toHaveLength(1);
    expect(refused[0]!.refused).toEqual([
      { name: `${bench.inngest.id}-impossible`, faults: ["batching and debouncing exclude each other"] },
      { name: `${bench.inngest.id}-misspelt`, faults: ['"event.data." is no expression'] },
    ]);
    expect([...noted("impossible"), ...noted("misspelt")]).toEqual([]);
  });
});
