import { afterAll, beforeAll, expect, it, vi } from "vitest";

/** As `npm start` and a deployment set them. */
const PRODUCTION = { NODE_ENV: "production", INNGEST_DEV: "0", INNGEST_BASE_URL: "http://127.0.0.1:9", INNGEST_SIGNING_KEY: `signkey-prod-${"0123456789abcdef".repeat(4)}`, INNGEST_EVENT_KEY: "an-event-key-of-the-test", DATABASE_URL: "postgresql://nobody@127.0.0.1:9/none" };

beforeAll(() => void Object.entries(PRODUCTION).forEach(([name, value]) => vi.stubEnv(name, value)));
afterAll(() => void vi.unstubAllEnvs());

it("refuses calls and syncs that are not signed, and tells them nothing", async () => {
  // The SDK says on the console that a signature was wrong.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const fetched = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("must not be called"));
  const { NextRequest } = await import("next/server");
  const route = await import("./route");
  const url = "http://127.0.0.1:3000/api/inngest";
  const body = JSON.stringify({ event: { name: "x", data: {} }, events: [], steps: {}, ctx: { run_id: "r", attempt: 0, stack: { stack: [], current: 0 } } });
  const forged = { "content-type": "application/json", "x-inngest-signature": `t=${Math.floor(Date.now() / 1000)}&s=${"0".repeat(64)}` };
  for (const headers of [{ "content-type": "application/json" }, forged] as Record<string, string>[]) {
    const answers = await Promise.all([
      route.POST(new NextRequest(`${url}?fnId=nexus-send-outbox&stepId=step`, { method: "POST", headers, body }), {}),
      route.PUT(new NextRequest(url, { method: "PUT", headers, body: "{}" }), {}),
      route.GET(new NextRequest(url, { headers }), {}),
    ]);
    expect(await Promise.all(answers.map(async (answer) => [answer.status, await answer.json()]))).toEqual(Array(3).fill([401, { message: "Unauthorized" }]));
  }
  expect(fetched).not.toHaveBeenCalled();
});
