import { randomBytes } from "node:crypto";
import http from "node:http";
import { loadavg } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { handleRest } from "@/server/api/handle-rest";
import { restCtxOf } from "@/server/api/rest-ctx";
import { formatApiKey } from "@/server/domain/account/api-key-format";
import { randomSecret, sha256 } from "@/server/platform/crypto";
import { readEnv } from "@/server/platform/env";
import { createLog } from "@/server/platform/log";
import { systemCtx } from "@/server/runtime";
import type { Ctx } from "@/server/services/ctx";

const PAIRS = 3_000;
const WARM_UP_PAIRS = 400;
const PATH = "/api/v1/companies?limit=20";
/** The limit a minute counts by account, so that a flood needs many. Their plan has a limit an hour too: both are taken from. */
const ACCOUNTS = 200;
/** Programs that ask all the time; each stays below its limit a minute. */
const COMPARED_ACCOUNTS = 40;
const TIER = "PREMIUM" as const;
const REQUESTS_PER_MINUTE = 10_000;
/** A new process compiles while it answers. */
const WARM_UP_SECONDS = 20;
const SOCKETS = 64;
const RATIO_AT_MOST = 1.5;
const P95_AT_MOST_MS = 100;

const { DATABASE_URL } = readEnv();
const server = process.argv[2];
if (!DATABASE_URL || (server !== undefined && !URL.canParse(server))) {
  console.error("Usage: DATABASE_URL=… npm run bench:api [-- <address of a running server on the same database>]\nWithout an address: what key and limits cost, as in a process that is alone on its database. With one: 10,000 requests within a minute.");
  process.exit(2);
}

// What the web process has, but for its log.
const ctx: Ctx = { ...systemCtx("bench"), log: createLog("bench", "silent") };
const { db, limiter } = ctx;
const mark = `bench-${randomBytes(4).toString("hex")}`;
const keys = Array.from({ length: ACCOUNTS }, () => formatApiKey({ name: randomSecret(8).slice(0, 8), secret: randomSecret(32) }));

try {
  await makeAccounts();
  if (server) await flood(new URL(PATH, server));
  else await compare();
} finally {
  await db.user.deleteMany({ where: { handle: { startsWith: mark } } });
  await limiter.close();
  await db.$disconnect();
}

async function makeAccounts(): Promise<void> {
  const users = await db.user.createManyAndReturn({ data: keys.map((_, i) => ({ handle: `${mark}-${i}`, email: `${mark}-${i}@example.invalid`, tier: TIER })), select: { id: true } });
  await db.apiKey.createMany({ data: keys.map(({ key, prefix }, i) => ({ userId: users[i]!.id, name: mark, prefix, keyHash: sha256(key), scopes: ["read"], allowedOrigins: [], expiresAt: null })) });
}

/** The same read through the same handler, by turns with and without finding the key's owner and taking from the limits. */
async function compare(): Promise<void> {
  const guest = { ...ctx, caller: { kind: "guest" as const }, origin: { address: "", userAgent: "", place: "", requestId: mark }, requestId: mark, meter: async () => undefined, limitHeaders: () => ({}), allowedOrigins: [] };
  const ask = (headers: Record<string, string>) => new Request(`http://bench.test${PATH}`, { headers: { "accept-encoding": "br", ...headers } });
  const bare = () => handleRest(ask({}), async () => guest);
  const keyed = (i: number) => {
    const request = ask({ authorization: `Bearer ${keys[i % COMPARED_ACCOUNTS]!.key}` });
    return handleRest(request, (requestId) => restCtxOf(ctx, request.headers, { address: "", userAgent: "", place: "", requestId }));
  };
  const times = { bare: [] as number[], keyed: [] as number[] };
  const loadBefore = load();
  for (let i = 0; i < PAIRS + WARM_UP_PAIRS; i += 1) {
    for (const [name, send] of Object.entries({ bare, keyed: () => keyed(i) }) as [keyof typeof times, () => Promise<Response>][]) {
      const startedAt = performance.now();
      const response = await send();
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${name}: ${response.status}`);
      if (i >= WARM_UP_PAIRS) times[name].push(performance.now() - startedAt);
    }
  }
  const ratio = percentile(times.keyed, 95) / percentile(times.bare, 95);
  console.log(`load before/after    ${loadBefore} / ${load()}`);
  console.log(`handler alone        ${told(times.bare)}`);
  console.log(`with key and limits  ${told(times.keyed)}`);
  console.log(`p95 ratio            ${ratio.toFixed(2)} (at most ${RATIO_AT_MOST}), p50 ratio ${(percentile(times.keyed, 50) / percentile(times.bare, 50)).toFixed(2)}`);
  if (ratio > RATIO_AT_MOST) process.exitCode = 1;
}

/** One minute at an even pace, whatever the server does, each request timed from when it was due: what has to wait for an earlier one counts its wait. */
async function flood(url: URL): Promise<void> {
  await pour(url, WARM_UP_SECONDS);
  const loadBefore = load();
  const { times, statuses, seconds } = await pour(url, 60);
  console.log(`load before/after    ${loadBefore} / ${load()}`);
  console.log(`flood                ${told(times)}`);
  console.log(`                     ${((times.length / seconds) * 60).toFixed(0)} requests/minute, statuses ${[...statuses].map(([status, count]) => `${status} x ${count}`).join(", ")}`);
  if (percentile(times, 95) > P95_AT_MOST_MS || statuses.get(200) !== REQUESTS_PER_MINUTE) process.exitCode = 1;
}

/** By node:http, whose client is the cheapest: it shares the machine with the server. */
async function pour(url: URL, forSeconds: number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: SOCKETS });
  const count = Math.round((REQUESTS_PER_MINUTE * forSeconds) / 60);
  const pause = 60_000 / REQUESTS_PER_MINUTE;
  const times: number[] = [];
  const statuses = new Map<number | string, number>();
  const startedAt = performance.now();
  const send = (i: number, due: number) =>
    new Promise<void>((resolve) => {
      const end = (status: number | string) => {
        times.push(performance.now() - due);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        resolve();
      };
      const request = http.get(url, { agent, headers: { authorization: `Bearer ${keys[i % ACCOUNTS]!.key}`, "accept-encoding": "br" } }, (response) => {
        response.resume();
        response.once("end", () => end(response.statusCode ?? "none"));
      });
      request.once("error", (error) => end(error.name));
    });
  const sent: Promise<void>[] = [];
  for (let i = 0; i < count; i += 1) {
    const due = startedAt + i * pause;
    while (performance.now() < due) await wait(Math.max(1, Math.floor(due - performance.now())));
    sent.push(send(i, due));
  }
  await Promise.all(sent);
  agent.destroy();
  return { times, statuses, seconds: (performance.now() - startedAt) / 1_000 };
}

/** What else the machine is doing belongs to the figure. */
function load(): string {
  return (loadavg()[0] ?? NaN).toFixed(2);
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

function told(values: readonly number[]): string {
  return [50, 95, 99].map((percent) => `p${percent} ${percentile(values, percent).toFixed(2)} ms`).join(", ");
}
