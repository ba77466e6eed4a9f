import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { referenceFunction, type Inngest } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearerOf } from "./signed-request";
import { startBench, until, type Bench } from "@/server/testing/runner-bench";

/** What the functions of this file did, in order. */
const log: { what: string; tag: string; data?: unknown }[] = [];
const note = (what: string, tag: unknown, data?: unknown) => void log.push({ what, tag: String(tag), data });
const noted = (what: string, tag?: string) => log.filter((entry) => entry.what === what && (tag === undefined || entry.tag === tag));
let tags = 0;
const newTag = () => `tag-${++tags}`;

/** How many calls run at this moment, by key, and the most there ever were. */
const busy = new Map<string, number>();
const most = new Map<string, number>();
async function occupy(key: string, ms: number): Promise<void> {
  busy.set(key, (busy.get(key) ?? 0) + 1);
  most.set(key, Math.max(most.get(key) ?? 0, busy.get(key)!));
  await new Promise((resolve) => setTimeout(resolve, ms));
  busy.set(key, busy.get(key)! - 1);
}

let refusals = 0;
const echo: Server = createServer((request, response) => {
  if (request.url?.endsWith("/chat/completions")) {
    let asked = "";
    request.on("data", (chunk: Buffer) => (asked += chunk.toString()));
    return void request.on("end", () => {
      // The first question of a busy model is refused.
      const refused = asked.includes("busy") && refusals++ === 0;
      response.writeHead(refused ? 429 : 200).end(JSON.stringify({ choices: [{ message: { content: `${request.headers.authorization} ${(JSON.parse(asked) as { model: string }).model}` } }] }));
    });
  }
  response.setHeader("x-echo", "yes");
  response.end(`${request.method} ${request.url} ${request.headers["x-sent"] ?? ""}`);
});
const echoUrl = () => `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;

const functions = (inngest: Inngest) => {
  const child = inngest.createFunction({ id: "child", triggers: { event: "test/child" }, retries: 0 }, ({ event }) => {
    if (event.data.fail) throw new RangeError("child failed");
    return { got: event.data.value };
  });
  return [
    child,
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
    inngest.createFunction({ id: "parent", triggers: { event: "test/parent" }, retries: 0 }, async ({ event, step }) => {
      try {
        return await step.invoke("ask the child", { function: child, data: { value: event.data.value, fail: event.data.fail } });
      } catch (error) {
        return `heard: ${(error as Error).message}`;
      }
    }),
    inngest.createFunction({ id: "hopeful-parent", triggers: { event: "test/hopeful-parent" }, retries: 0 }, ({ step }) => step.invoke("nobody", { function: referenceFunction({ functionId: "gone" }), data: {} })),
    inngest.createFunction({ id: "sender", triggers: { event: "test/sender" } }, async ({ event, step }) => {
      const { ids } = await step.sendEvent("tell", [{ name: "test/told", data: { tag: event.data.tag, n: 1 } }, { name: "test/told", data: { tag: event.data.tag, n: 2 } }]);
      return ids.length;
    }),
    inngest.createFunction({ id: "told", triggers: { event: "test/told" } }, ({ event }) => note("told", event.data.tag, event.data.n)),
    inngest.createFunction({ id: "picky", triggers: { event: "test/picky", if: "event.data.size == 'large'" } }, ({ event }) => note("picky", event.data.tag)),
    inngest.createFunction({ id: "family", triggers: [{ event: "test/family.*" }] }, ({ event }) => note("family", event.data.tag, event.name)),
    inngest.createFunction({ id: "fetcher", triggers: { event: "test/fetcher" } }, async ({ event, step }) => {
      const answer = await step.fetch(`${echoUrl()}/path?tag=${String(event.data.tag)}`, { method: "POST", headers: { "x-sent": "by step.fetch" }, body: "x" });
      return { status: answer.status, echoed: answer.headers.get("x-echo"), text: await answer.text() };
    }),
    inngest.createFunction({ id: "asker", triggers: { event: "test/asker" }, retries: 1 }, async ({ event, step }) => {
      const model = step.ai.models.openai({ model: "small", apiKey: "k1", baseUrl: `${echoUrl()}/v1` });
      const answer = await step.ai.infer("ask", { model, body: { messages: [{ role: "user", content: String(event.data.question) }] } });
      return answer.choices[0]?.message.content;
    }),
    inngest.createFunction({ id: "ticker", triggers: { cron: "*/2 * * * * *" } }, ({ event }) => note("tick", "", event)),
    inngest.createFunction({ id: "keyed", triggers: { event: "test/keyed" }, concurrency: { limit: 1, key: "event.data.key" } }, async ({ event, step }) => {
      await step.run("one", () => occupy(`keyed ${String(event.data.key)}`, 40));
      await step.run("two", () => occupy(`keyed ${String(event.data.key)}`, 40));
    }),
    inngest.createFunction({ id: "narrow", triggers: { event: "test/narrow" }, concurrency: 2 }, () => occupy("narrow", 40)),
    inngest.createFunction({ id: "cancellable", triggers: { event: "test/cancellable" }, cancelOn: [{ event: "test/cancel", if: "async.data.tag == event.data.tag" }] }, async ({ event, step }) => {
      await step.run("begin", () => note("began", event.data.tag));
      await step.sleep("long", "10h");
      note("cancellable went on", event.data.tag);
    }),
    inngest.createFunction({
      id: "failing", triggers: { event: "test/failing" }, retries: 0,
      onFailure: ({ event, error }) => note("onFailure", (event.data.event.data as { tag: string }).tag, { message: error.message, functionId: event.data.function_id }),
    }, () => {
      throw new TypeError("went wrong");
    }),
  ];
};

let bench: Bench;
beforeAll(async () => {
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  bench = await startBench({ functions });
});
afterAll(async () => {
  await bench.stop();
  echo.close();
});

const stepsDone = async (runId: string) => (await bench.pool.query("SELECT 1 FROM runner_step WHERE run_id = $1", [runId])).rowCount ?? 0;
const started = async (functionId: string, eventId: string, steps = 0) => {
  let runId = "";
  await until(async () => {
    const { rows } = await bench.pool.query<{ id: string }>("SELECT id FROM runner_run WHERE events -> 0 ->> 'id' = $1 AND function_id LIKE $2", [eventId, `%-${functionId}`]);
    runId = rows[0]?.id ?? "";
    return runId !== "" && (await stepsDone(runId)) >= steps;
  }, `${functionId} began`);
  return runId;
};

describe("waiting", () => {
  it("sleeps for a duration and until an instant, and wakes once", async () => {
    const tag = newTag();
    expect(await bench.run("sleeper", { tag })).toMatchObject({ status: "COMPLETED", output: "awake" });
    expect(noted("woke", tag)).toHaveLength(1);
  });

  it("goes on with the event that matches, and with no other", async () => {
    const tag = newTag();
    const id = await bench.send("test/waiter", { tag });
    await started("waiter", id, 1);
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
    await started("signalled", id, 1);
    expect((await bench.run("rival", { tag })).output).toBe(`Another run waits for the signal "go ${tag}"`);
    await bench.inngest.sendSignal({ signal: `go ${tag}`, data: { speed: 3 } });
    expect((await bench.ended("signalled", id)).output).toEqual({ signal: `go ${tag}`, data: { speed: 3 } });
    expect(await bench.inngest.sendSignal({ signal: "nobody waits" })).toEqual({ runId: undefined });
    expect((await bench.run("unsignalled", { tag })).output).toBe("timed out");
  });
});

describe("functions that start others", () => {
  it("invokes a function and gets its result, or its error to catch", async () => {
    expect((await bench.run("parent", { value: 7 })).output).toEqual({ got: 7 });
    expect((await bench.run("parent", { fail: true })).output).toBe("heard: child failed");
  });

  it("fails an invocation of a function that does not exist", async () => {
    expect(await bench.run("hopeful-parent")).toMatchObject({ status: "FAILED" });
  });

  it("sends events from a step, each once", async () => {
    const tag = newTag();
    expect((await bench.run("sender", { tag })).output).toBe(2);
    await until(() => noted("told", tag).length === 2, "both events arrive");
    expect(noted("told", tag).map(({ data }) => data).sort()).toEqual([1, 2]);
  });

  it("makes the request of step.fetch for the function", async () => {
    const tag = newTag();
    expect((await bench.run("fetcher", { tag })).output).toEqual({ status: 200, echoed: "yes", text: `POST /path?tag=${tag} by step.fetch` });
  });

  it("asks the model of step.ai.infer, and again when it refuses", async () => {
    expect((await bench.run("asker", { question: "how" })).output).toBe("Bearer k1 small");
    expect(await bench.run("asker", { question: "busy" })).toMatchObject({ status: "COMPLETED", output: "Bearer k1 small" });
    expect(refusals).toBe(2);
  });

  it("calls onFailure with the event and the error, once", async () => {
    const tag = newTag();
    expect(await bench.run("failing", { tag })).toMatchObject({ status: "FAILED", error: { name: "TypeError", message: "went wrong" } });
    await until(() => noted("onFailure", tag).length > 0, "onFailure");
    expect(noted("onFailure", tag)).toMatchObject([{ data: { message: "went wrong", functionId: `${bench.inngest.id}-failing` } }]);
  });
});

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
});

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

  it("cancels the run that the event names, and leaves the other asleep", async () => {
    const [gone, stays] = [newTag(), newTag()];
    const ids = [await bench.send("test/cancellable", { tag: gone }), await bench.send("test/cancellable", { tag: stays })];
    const runs = [await started("cancellable", ids[0]!, 2), await started("cancellable", ids[1]!, 2)];
    await bench.send("test/cancel", { tag: gone });
    expect(await bench.ended("cancellable", ids[0]!)).toMatchObject({ id: runs[0], status: "CANCELLED" });
    const { rows } = await bench.pool.query<{ runId: string }>(`SELECT run_id AS "runId" FROM runner_job WHERE run_id = ANY($1)`, [runs]);
    expect(rows).toEqual([{ runId: runs[1] }]);
    expect(noted("cancellable went on")).toEqual([]);
    await bench.send("test/cancel", { tag: stays });
    await bench.ended("cancellable", ids[1]!);
  });
});

describe("commands of an admin", () => {
  it("end a run that sleeps, and make one that has ended once more with the same data", async () => {
    const tag = newTag();
    const id = await bench.send("test/cancellable", { tag });
    const runId = await started("cancellable", id, 2);
    await bench.send("runner/cancel-requested", { runId });
    expect(await bench.ended("cancellable", id)).toMatchObject({ status: "CANCELLED", error: { message: "Cancelled by an admin" } });

    const { id: doneId } = await bench.run("child", { value: tag });
    await bench.send("runner/rerun-requested", { runId: doneId });
    const again = async () => (await bench.runs("child")).filter(({ status, output }) => status === "COMPLETED" && (output as { got: unknown }).got === tag);
    await until(async () => (await again()).length === 2, "the second run");
    await bench.send("runner/rerun-requested", { runId: "no such run" });
    await bench.send("runner/cancel-requested", {});
  });
});

describe("the runner's door", () => {
  it("takes events with the right key only, and nothing that is malformed", async () => {
    const url = `http://127.0.0.1:${bench.runner.port}`;
    const post = (path: string, body: string) => fetch(url + path, { method: "POST", body }).then(({ status }) => status);
    expect(await post("/e/wrong", JSON.stringify({ name: "test/told", data: {} }))).toBe(401);
    expect(await post("/v1/signals", JSON.stringify({ signal: "x" }))).toBe(401);
    expect(await post(`/e/${bench.inngest.eventKey}`, "{")).toBe(400);
    expect(await post(`/e/${bench.inngest.eventKey}`, JSON.stringify({ data: {} }))).toBe(400);
    expect(await post("/nowhere", "{}")).toBe(404);
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ leads: true, queue: { running: 0 }, outbox: { waiting: 0, oldestWaitingSeconds: null } });
  });

  it("refuses the checkpoint of a call that another has taken over from", async () => {
    const post = (lease: string) => fetch(`http://127.0.0.1:${bench.runner.port}/v1/checkpoint/${"0".repeat(26)}/async`, {
      method: "POST", headers: { authorization: `Bearer ${bearerOf(bench.inngest.signingKey!)}` }, body: JSON.stringify({ run_id: "0", fn_id: "f", qi_id: lease, steps: [] }),
    }).then(({ status }) => status);
    expect([await post("1.1"), await post("nonsense")]).toEqual([409, 409]);
  });

  it("gives the same ids to a request that the SDK sends twice", async () => {
    const send = () => fetch(`http://127.0.0.1:${bench.runner.port}/e/${bench.inngest.eventKey}`, {
      method: "POST", headers: { "x-inngest-event-id-seed": "1700000000000,AQIDBAUGBwgJCg==" }, body: JSON.stringify([{ name: "test/seeded", data: {} }, { name: "test/seeded", data: {} }]),
    }).then((response) => response.json() as Promise<{ ids: string[]; status: number }>);
    const first = await send();
    expect(first.status).toBe(200);
    expect(new Set(first.ids).size).toBe(2);
    expect(await send()).toEqual(first);
    expect((await bench.pool.query("SELECT 1 FROM runner_event WHERE id = ANY($1)", [first.ids])).rowCount).toBe(2);
  });
});
