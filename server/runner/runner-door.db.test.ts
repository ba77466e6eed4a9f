import type { Inngest } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearerOf } from "./signed-request";
import { startBench, until, type Bench } from "@/server/testing/runner-bench";

const functions = (inngest: Inngest) => [
  inngest.createFunction({ id: "asleep", triggers: { event: "test/asleep" } }, ({ step }) => step.sleep("long", "10h")),
  inngest.createFunction({ id: "child", triggers: { event: "test/child" } }, ({ event }) => ({ got: event.data.value as unknown })),
];

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ functions });
});
afterAll(() => bench.stop());

describe("commands of an admin", () => {
  it("end a run that sleeps, and make one that has ended once more with the same data", async () => {
    const tag = "once more";
    const id = await bench.send("test/asleep", { tag });
    const runId = await bench.started("asleep", id, 1);
    await bench.send("runner/cancel-requested", { runId });
    expect(await bench.ended("asleep", id)).toMatchObject({ status: "CANCELLED", error: { message: "Cancelled by an admin" } });

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
