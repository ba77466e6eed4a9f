import { createHmac, randomBytes } from "node:crypto";
import { Cron } from "croner";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { canonicalJson } from "@/server/domain/runner/canonical-json";
import { readCronLine } from "@/server/domain/runner/cron-line";
import { durationTextMs } from "@/server/domain/runner/duration-text";
import { functionFaults, type FlowSettings } from "@/server/domain/runner/function-faults";

/** What an Inngest server meets when it is used instead of the local runner: the handler with the variables of the README and no others. */
const key = randomBytes(32).toString("hex");
const url = "https://app.example/api/inngest";

type Served = FlowSettings & {
  id: string;
  name: string;
  triggers: ({ event: string; expression?: string } | { cron: string; jitter?: string })[];
  steps: Record<string, { runtime: { type: string; url: string }; retries?: { attempts?: number } }>;
  concurrency?: number | { limit: number } | { limit: number }[];
};
type Handler = (request: Request, context: unknown) => Promise<Response>;
let route: Record<"GET" | "POST" | "PUT", Handler>;

beforeAll(async () => {
  for (const [name, value] of Object.entries({ INNGEST_SIGNING_KEY: `signkey-prod-${key}`, INNGEST_EVENT_KEY: "event-key", INNGEST_DEV: undefined, INNGEST_BASE_URL: undefined, NODE_ENV: "production" })) vi.stubEnv(name, value);
  vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new TypeError("the handler must not call anybody"))));
  // The SDK tells of each call that it refuses.
  vi.spyOn(console, "error").mockReturnValue(undefined);
  route = (await import("./route")) as unknown as typeof route;
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function call(method: "GET" | "POST" | "PUT", { signed, body = { url }, query = "", headers = {} }: { signed: boolean; body?: unknown; query?: string; headers?: Record<string, string> }): Promise<Response> {
  const text = method === "GET" ? undefined : canonicalJson(body);
  const seconds = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", key).update(text ?? "").update(seconds).digest("hex");
  const request = new Request(url + query, { method, body: text, headers: { "content-type": "application/json", "x-inngest-server-kind": "cloud", ...headers, ...(signed && { "x-inngest-signature": `t=${seconds}&s=${signature}` }) } });
  return route[method](request, undefined);
}
const inBand = { "x-inngest-sync-kind": "in_band" };

async function servedFunctions(): Promise<Served[]> {
  const answer = await call("PUT", { signed: true, headers: inBand });
  expect([answer.status, answer.headers.get("x-inngest-sync-kind")]).toEqual([200, "in_band"]);
  const { app_id, functions } = (await answer.json()) as { app_id: string; functions: Served[] };
  expect(app_id).toBe("nexus");
  return functions;
}

describe("the handler that an Inngest server calls", () => {
  it("serves every function with an id of its own, under this app, at the address that was asked", async () => {
    const functions = await servedFunctions();
    expect(functions.length).toBeGreaterThanOrEqual(8);
    expect(new Set(functions.map(({ id }) => id)).size).toBe(functions.length);
    for (const { id, name, triggers, steps } of functions) {
      expect(id).toMatch(/^nexus-[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(name).not.toBe("");
      expect(triggers.length).toBeGreaterThan(0);
      expect(Object.keys(steps)).toEqual(["step"]);
      const { runtime, retries } = steps.step!;
      expect(runtime).toEqual({ type: "http", url: `${url}?fnId=${id}&stepId=step` });
      expect(retries?.attempts ?? 4).toBeLessThanOrEqual(20);
    }
  });

  it("asks for nothing that an Inngest server refuses", async () => {
    for (const { id, triggers, concurrency, ...settings } of await servedFunctions()) {
      const limits = typeof concurrency === "number" ? [{ limit: concurrency }] : [concurrency ?? []].flat();
      expect({ id, faults: functionFaults({ ...settings, concurrency: limits }) }).toEqual({ id, faults: [] });
      // Five fields, a zone before them at most; a server takes no seconds.
      for (const trigger of triggers) if ("cron" in trigger) expect(trigger.cron).toMatch(/^(TZ=\S+ )?\S+( \S+){4}$/);
      for (const trigger of triggers) if ("cron" in trigger && trigger.jitter) expect(durationTextMs(trigger.jitter)).not.toBeNull();
    }
  });

  it("names times that come", async () => {
    const crons = (await servedFunctions()).flatMap(({ id, triggers }) => triggers.flatMap((trigger) => ("cron" in trigger ? [{ id, ...readCronLine(trigger.cron) }] : [])));
    expect(crons.length).toBeGreaterThan(8);
    for (const { id, pattern, timeZone } of crons) {
      const due = new Cron(pattern, { timezone: timeZone, paused: true }).nextRun();
      expect({ id, isDue: due !== null && due.getTime() - Date.now() < 32 * 86_400_000 }).toEqual({ id, isDue: true });
    }
  });

  it("answers nobody without a signature: no sync, no call, nothing told", async () => {
    const { id } = (await servedFunctions())[0]!;
    for (const headers of [{}, inBand]) expect((await call("PUT", { signed: false, headers })).status).toBe(401);
    expect((await call("POST", { signed: false, query: `?fnId=${id}&stepId=step`, body: { event: {}, events: [{}], steps: {}, ctx: { run_id: "1", attempt: 0, stack: { stack: [], current: 0 } } } })).status).toBe(401);
    const told = await (await call("GET", { signed: false })).text();
    expect(told).not.toContain(key);
    expect(told).not.toContain(id);
    expect(fetch).not.toHaveBeenCalled();
  });
});
