import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

vi.mock("server-only", () => ({}));

type Handler = (request: Request, context?: unknown) => Promise<Response>;
type Door = { route: string; method: "POST" | "DELETE"; context?: unknown };

/** What changes something for whoever's cookie comes along. */
const WITH_COOKIE: Door[] = [
  { route: "trpc/[trpc]", method: "POST" },
  { route: "auth/refresh", method: "POST" },
  { route: "admin/impersonation", method: "POST" },
  { route: "admin/impersonation", method: "DELETE" },
  ...[["signin", "google"], ["signout"], ["callback", "credentials"]].map((nextauth): Door => ({ route: "auth/[...nextauth]", method: "POST", context: { params: Promise.resolve({ nextauth }) } })),
];
/** These look at a key or a signature, and at no cookie. */
const WITHOUT_COOKIE = ["inngest", "stripe/webhook", "v1/[...path]"];

const changing = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("route.ts") && /\b(POST|PUT|PATCH|DELETE)\b/.test(readFileSync(join(import.meta.dirname, file), "utf8").replace(/\/\/.*$/gm, "")))
  .map((file) => file.replace(/\/route\.ts$/, ""));

beforeAll(() => void vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none"));
afterAll(() => void vi.unstubAllEnvs());

const handlerOf = async ({ route, method }: Pick<Door, "route" | "method">) => ((await import(join(import.meta.dirname, route, "route.ts"))) as Record<string, Handler>)[method]!;

describe("pages of other sites", () => {
  it("are asked about at every address that changes something", () => {
    expect(changing.sort()).toEqual([...new Set([...WITH_COOKIE.map(({ route }) => route), ...WITHOUT_COOKIE])].sort());
  });

  it.each(WITH_COOKIE.map((door) => [`${door.method} ${door.route}`, door] as const))("get nothing done at %s", async (_name, { route, method, context }) => {
    const { NextRequest } = await import("next/server");
    const handler = await handlerOf({ route, method });
    for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }, { origin: "http://localhost:3000", "sec-fetch-site": "same-site" }, { "sec-fetch-site": "cross-site" }] as Record<string, string>[]) {
      const request = new NextRequest(`http://localhost:3000/api/${route}`, { method, headers: { ...headers, host: "localhost:3000", "content-type": "application/json" }, ...(method === "POST" && { body: "{}" }) });
      expect((await handler(request, context)).status).toBe(403);
    }
    // The first one loads the whole app.
  }, 60_000);
});

describe("a body without end", () => {
  it.each([
    ["trpc/[trpc]", "/api/trpc/account.register", undefined],
    ["auth/[...nextauth]", "/api/auth/callback/credentials", { params: Promise.resolve({ nextauth: ["callback", "credentials"] }) }],
    ["inngest", "/api/inngest?fnId=nexus-send-outbox&stepId=step", undefined, 72],
  ] as const)("is left where it becomes too long at %s", async (route, path, context, chunksAtMost: number = 12) => {
    const { NextRequest } = await import("next/server");
    const handler = await handlerOf({ route, method: "POST" });
    let sent = 0;
    const body = new ReadableStream({ pull: (stream) => (sent += 1, stream.enqueue(new Uint8Array(64 * 1_024).fill(0x20))) });
    const answer = await handler(new NextRequest(`http://localhost:3000${path}`, { method: "POST", headers: { host: "localhost:3000", "content-type": "application/json" }, body, duplex: "half" }), context);
    expect(answer.status).toBe(413);
    expect(sent).toBeLessThan(chunksAtMost);
  }, 60_000);
});
