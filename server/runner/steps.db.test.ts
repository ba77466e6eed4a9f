import { NonRetriableError, RetryAfterError, type Inngest } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBench, until, type Bench } from "@/server/testing/runner-bench";

/** What the functions of this file did, by a tag that each test sends along. */
const seen = new Map<string, string[]>();
const note = (tag: string, what: string) => seen.set(tag, [...(seen.get(tag) ?? []), what]);
const times = (tag: string, what: string) => (seen.get(tag) ?? []).filter((entry) => entry === what).length;
let tags = 0;
const newTag = () => `tag-${++tags}`;

const functions = (inngest: Inngest) => {
  const define = (id: string, settings: { retries?: 0 | 1 | 2 | 3 }, handler: (tag: string, tools: { step: Parameters<Parameters<typeof inngest.createFunction>[1]>[0]["step"]; attempt: number }) => Promise<unknown>) =>
    inngest.createFunction({ id, triggers: { event: `test/${id}` }, ...settings }, async ({ event, step, attempt }) => handler(String((event.data as { tag?: unknown }).tag), { step, attempt }));
  return [
    define("sequential", {}, async (tag, { step }) => {
      const a = await step.run("a", () => (note(tag, "a"), 1));
      const b = await step.run("b", () => (note(tag, "b"), a + 1));
      return step.run("c", () => (note(tag, "c"), { a, b, c: b + 1 }));
    }),
    define("no-steps", {}, async (tag) => (note(tag, "ran"), "done")),
    define("parallel", {}, async (tag, { step }) => Promise.all([1, 2, 3, 4].map((n) => step.run(`branch ${n}`, () => (note(tag, `branch ${n}`), n * n))))),
    define("chains", {}, async (tag, { step }) => {
      const chain = async (name: string) => {
        const first = await step.run(`${name} first`, () => (note(tag, `${name} first`), name));
        return step.run(`${name} second`, () => (note(tag, `${name} second`), `${first}${first}`));
      };
      const both = await Promise.all([chain("x"), chain("y")]);
      return step.run("join", () => both.join("+"));
    }),
    define("step-retry", { retries: 3 }, async (tag, { step, attempt }) => {
      await step.run("before", () => note(tag, "before").size);
      return step.run("flaky", () => {
        note(tag, `attempt ${attempt}`);
        if (attempt < 2) throw new Error("not yet");
        return attempt;
      });
    }),
    define("function-retry", { retries: 2 }, async (tag, { attempt }) => {
      note(tag, "called");
      if (attempt < 2) throw new Error("not yet");
      return attempt;
    }),
    define("gives-up", { retries: 1 }, async (tag) => {
      note(tag, "called");
      throw new TypeError("never");
    }),
    define("retry-after", { retries: 1 }, async (tag, { attempt }) => {
      note(tag, "called");
      if (attempt === 0) throw new RetryAfterError("slow down", "20s");
      return "later";
    }),
    define("step-retry-after", { retries: 1 }, async (tag, { step, attempt }) =>
      step.run("patient", () => {
        note(tag, "called");
        if (attempt === 0) throw new RetryAfterError("slow down", new Date(Date.now() + 400));
        return "later";
      })),
    define("non-retriable", { retries: 3 }, async (tag) => {
      note(tag, "called");
      throw new NonRetriableError("no use");
    }),
    define("non-retriable-step", { retries: 3 }, async (tag, { step }) =>
      step.run("hopeless", () => {
        note(tag, "called");
        throw new NonRetriableError("no use");
      })),
    define("caught", { retries: 1 }, async (tag, { step }) => {
      try {
        await step.run("breaks", () => {
          note(tag, "tried");
          throw new RangeError("too far");
        });
        return "unreachable";
      } catch (error) {
        return step.run("recover", () => `caught ${(error as Error).message}`);
      }
    }),
    define("repeated-ids", {}, async (_tag, { step }) => {
      const results: number[] = [];
      for (let i = 0; i < 3; i++) results.push(await step.run("same", () => i * 10));
      return results;
    }),
    define("odd-values", {}, async (_tag, { step }) => {
      const text = await step.run("text", () => "zero \u0000 and half \ud83d");
      const nothing = await step.run("nothing", () => undefined);
      const deep = await step.run("deep", () => ({ z: 1, a: [null, { "__proto__ ": 1.5e-7 }], ko: "한국어" }));
      return { text, nothing: nothing ?? null, deep };
    }),
    define("plan-mixed", {}, async (tag, { step }) => {
      const [slept, made] = await Promise.all([step.sleep("nap", "30s").then(() => "slept"), step.run("make", () => (note(tag, "make"), "made"))]);
      return `${slept} ${made}`;
    }),
    inngest.createFunction({ id: "race", triggers: { event: "test/race" } }, async ({ event, step, group }) => {
      const winner = await group.parallel(() => Promise.race([step.run("quick", () => "quick"), step.sleep("slow", "5w").then(() => "slow")]));
      return step.run("after", () => (note(String(event.data.tag), `${winner} won`), winner));
    }),
    define("many", {}, async (_tag, { step }) => {
      let sum = 0;
      for (let i = 0; i < 30; i++) sum += await step.run(`add ${i}`, () => i);
      return sum;
    }),
  ];
};

describe.each([
  { mode: "one call for each step", checkpoints: false, signed: true },
  { mode: "checkpoints", checkpoints: true, signed: true },
  { mode: "checkpoints, without keys", checkpoints: true, signed: false },
  { mode: "streamed answers, one call for each step", checkpoints: false, signed: true, streaming: true },
])("steps of the real SDK ($mode)", (setting) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ functions, ...setting });
  });
  afterAll(() => bench.stop());
  const run = async (id: string) => {
    const tag = newTag();
    return { tag, ...(await bench.run(id, { tag })) };
  };

  it("runs steps one after the other, each once", async () => {
    const { tag, status, output } = await run("sequential");
    expect({ status, output }).toEqual({ status: "COMPLETED", output: { a: 1, b: 2, c: 3 } });
    expect(seen.get(tag)).toEqual(["a", "b", "c"]);
  });

  it("completes a function without steps", async () => {
    const { tag, status, output } = await run("no-steps");
    expect({ status, output, times: times(tag, "ran") }).toEqual({ status: "COMPLETED", output: "done", times: 1 });
  });

  it("runs four steps side by side, each once", async () => {
    const { tag, output } = await run("parallel");
    expect(output).toEqual([1, 4, 9, 16]);
    expect([...seen.get(tag)!].sort()).toEqual(["branch 1", "branch 2", "branch 3", "branch 4"]);
  });

  it("goes on with each of two chains and joins them", async () => {
    const { tag, output } = await run("chains");
    expect(output).toBe("xx+yy");
    expect([...seen.get(tag)!].sort()).toEqual(["x first", "x second", "y first", "y second"]);
  });

  it("retries a step with its attempt number, and only that step", async () => {
    const { tag, status, output } = await run("step-retry");
    expect({ status, output }).toEqual({ status: "COMPLETED", output: 2 });
    expect(seen.get(tag)).toEqual(["before", "attempt 0", "attempt 1", "attempt 2"]);
  });

  it("retries a function and ends it after its last attempt", async () => {
    const again = await run("function-retry");
    expect({ status: again.status, output: again.output, calls: times(again.tag, "called") }).toEqual({ status: "COMPLETED", output: 2, calls: 3 });
    const gone = await run("gives-up");
    expect({ status: gone.status, error: gone.error, calls: times(gone.tag, "called") }).toMatchObject({ status: "FAILED", error: { name: "TypeError", message: "never" }, calls: 2 });
  });

  it("waits as long as RetryAfterError says", async () => {
    const { tag, output } = await run("retry-after");
    expect({ output, calls: times(tag, "called") }).toEqual({ output: "later", calls: 2 });
    const step = await run("step-retry-after");
    expect({ output: step.output, calls: times(step.tag, "called") }).toEqual({ output: "later", calls: 2 });
  });

  it("does not retry NonRetriableError, thrown by the function or by a step", async () => {
    for (const id of ["non-retriable", "non-retriable-step"]) {
      const { tag, status, error } = await run(id);
      expect({ status, message: error?.message, calls: times(tag, "called") }).toEqual({ status: "FAILED", message: "no use", calls: 1 });
    }
  });

  it("gives a step's last error to the function's catch", async () => {
    const { tag, status, output } = await run("caught");
    expect({ status, output, tried: times(tag, "tried") }).toEqual({ status: "COMPLETED", output: "caught too far", tried: 2 });
  });

  it("tells steps with the same id apart", async () => {
    expect((await run("repeated-ids")).output).toEqual([0, 10, 20]);
  });

  it("keeps what steps return, and replaces only characters that cannot be stored", async () => {
    expect((await run("odd-values")).output).toEqual({ text: "zero \ufffd and half \ufffd", nothing: null, deep: { z: 1, a: [null, { "__proto__ ": 1.5e-7 }], ko: "한국어" } });
  });

  it("sleeps and works side by side", async () => {
    const { tag, output } = await run("plan-mixed");
    expect({ output, made: times(tag, "make") }).toEqual({ output: "slept made", made: 1 });
  });

  it("goes on with the first step of a race; the run ends with the last, as the SDK wants it", async () => {
    const tag = newTag();
    const eventId = await bench.send("test/race", { tag });
    await until(() => times(tag, "quick won") === 1, "the step after the race");
    const [race] = await bench.runs("race");
    expect(race?.status).toBe("RUNNING");
    await bench.pool.query("UPDATE runner_job SET run_at = now() WHERE run_id = $1 AND kind = 'WAKE'", [race!.id]);
    expect(await bench.ended("race", eventId)).toMatchObject({ status: "COMPLETED", output: "quick" });
    expect(seen.get(tag)).toEqual(["quick won"]);
  });

  it("runs thirty steps in a row", async () => {
    expect((await run("many")).output).toBe(435);
  });
});
