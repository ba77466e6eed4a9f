import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { referenceFunction, type Inngest } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBench, until, type Bench } from "@/server/testing/runner-bench";
import { createNotebook } from "@/server/testing/runner-notebook";

const { note, noted, newTag } = createNotebook();

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
    inngest.createFunction({ id: "fetcher", triggers: { event: "test/fetcher" } }, async ({ event, step }) => {
      const answer = await step.fetch(`${echoUrl()}/path?tag=${String(event.data.tag)}`, { method: "POST", headers: { "x-sent": "by step.fetch" }, body: "x" });
      return { status: answer.status, echoed: answer.headers.get("x-echo"), text: await answer.text() };
    }),
    inngest.createFunction({ id: "asker", triggers: { event: "test/asker" }, retries: 1 }, async ({ event, step }) => {
      const model = step.ai.models.openai({ model: "small", apiKey: "k1", baseUrl: `${echoUrl()}/v1` });
      const answer = await step.ai.infer("ask", { model, body: { messages: [{ role: "user", content: String(event.data.question) }] } });
      return answer.choices[0]?.message.content;
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
