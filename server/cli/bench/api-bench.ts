import { randomBytes } from "node:crypto";
import { handleRest } from "@/server/api/handle-rest";
import { restCtxOf } from "@/server/api/rest-ctx";
import { formatApiKey } from "@/server/domain/account/api-key-format";
import { randomSecret, sha256 } from "@/server/platform/crypto";
import { readEnv } from "@/server/platform/env";
import { createLog } from "@/server/platform/log";
import { systemCtx } from "@/server/runtime";
import type { Ctx } from "@/server/services/ctx";

const PAIRS = 1_500;
const WARM_UP = 100;
const PATH = "/api/v1/companies?limit=20";
/** The limit a minute counts by account, so that a flood needs many. */
const ACCOUNTS = 150;
const REQUESTS_PER_MINUTE = 10_000;
const RATIO_AT_MOST = 1.5;
const P95_AT_MOST_MS = 100;

const { DATABASE_URL } = readEnv();
const server = process.argv[2];
if (!DATABASE_URL || (server !== undefined && !URL.canParse(server))) {
  console.error("Usage: DATABASE_URL=… npm run bench:api [-- <address of a running server on the same database>]");
  process.exit(2);
}

// What the web process has, but for its log.
const ctx: Ctx = { ...systemCtx("bench"), log: createLog("bench", "silent") };
const { db, limiter } = ctx;
const mark = `bench-${randomBytes(4).toString("hex")}`;
const keys = Array.from({ length: ACCOUNTS }, () => formatApiKey({ name: randomSecret(8).slice(0, 8), secret: randomSecret(32) }));

try {
  await makeAccounts();
  await compare();
  if (server) await flood(new URL(PATH, server));
} finally {
  await db.user.deleteMany({ where: { handle: { startsWith: mark } } });
  await limiter.close();
  await db.$disconnect();
}

async function makeAccounts(): Promise<void> {
  const users = await db.user.createManyAndReturn({ data: keys.map((_, i) => ({ handle: `${mark}-${i}`, email: `${mark}-${i}@example.invalid`, tier: "INSTITUTIONAL" as const })), select: { id: true } });
  await db.apiKey.createMany({ data: keys.map(({ key, prefix }, i) => ({ userId: users[i]!.id, name: mark, prefix, keyHash: sha256(key), scopes: ["read"], allowedOrigins: [], expiresAt: null })) });
}

/** The same read through the same handler, by turns with and without finding the key's owner and taking from the limits. */
async function compare(): Promise<void> {
  const guest = { ...ctx, caller: { kind: "guest" as const }, origin: { address: "", userAgent: "", place: "", requestId: mark }, requestId: mark, meter: async () => undefined, limitHeaders: () => ({}), allowedOrigins: [] };
  const ask = (headers: Record<string, string>) => new Request(`http://bench.test${PATH}`, { headers: { "accept-encoding": "br", ...headers } });
  const bare = () => handleRest(ask({}), async () => guest);
  const keyed = (i: number) => {
    const request = ask({ authorization: `Bearer ${keys[i % ACCOUNTS]!.key}` });
    return handleRest(request, (requestId) => restCtxOf(ctx, request.headers, { address: "", userAgent: "", place: "", requestId }));
  };
  const times = { bare: [] as number[], keyed: [] as number[] };
  for (let i = 0; i < PAIRS + WARM_UP; i += 1) {
    for (const [name, send] of Object.entries({ bare, keyed: () => keyed(i) }) as [keyof typeof times, () => Promise<Response>][]) {
      const startedAt = performance.now();
      const response = await send();
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${name}: ${response.status}`);
      if (i >= WARM_UP) times[name].push(performance.now() - startedAt);
    }
  }
  const ratio = percentile(times.keyed, 95) / percentile(times.bare, 95);
  console.log(`handler alone        ${told(times.bare)}`);
  console.log(`with key and limits  ${told(times.keyed)}`);
  console.log(`p95 ratio            ${ratio.toFixed(2)} (at most ${RATIO_AT_MOST}), p50 ratio ${(percentile(times.keyed, 50) / percentile(times.bare, 50)).toFixed(2)}`);
  if (ratio > RATIO_AT_MOST) process.exitCode = 1;
}

/** One minute at an even pace, each request timed from when it was due: what has to wait for an earlier one counts its wait. */
async function flood(url: URL): Promise<void> {
  for (let i = 0; i < WARM_UP; i += 1) await (await fetch(url, { headers: { authorization: `Bearer ${keys[i % ACCOUNTS]!.key}` } })).arrayBuffer();
  const times: number[] = [];
  const statuses = new Map<number | string, number>();
  const pause = 60_000 / REQUESTS_PER_MINUTE;
  const startedAt = performance.now();
  const sent: Promise<void>[] = [];
  for (let i = 0; i < REQUESTS_PER_MINUTE; i += 1) {
    const due = startedAt + i * pause;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    sent.push(
      fetch(url, { headers: { authorization: `Bearer ${keys[i % ACCOUNTS]!.key}`, "accept-encoding": "br" } })
        .then(async (response) => (await response.arrayBuffer(), response.status))
        .catch((error: unknown) => (error instanceof Error ? error.name : "failed"))
        .then((status) => {
          times.push(performance.now() - due);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }),
    );
  }
  await Promise.all(sent);
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(`flood                ${told(times)}`);
  console.log(`                     ${((REQUESTS_PER_MINUTE / seconds) * 60).toFixed(0)} requests/minute, statuses ${[...statuses].map(([status, count]) => `${status} x ${count}`).join(", ")}`);
  if (percentile(times, 95) > P95_AT_MOST_MS || statuses.size > 1) process.exitCode = 1;
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

function told(values: readonly number[]): string {
  return [50, 95, 99].map((percent) => `p${percent} ${percentile(values, percent).toFixed(2)} ms`).join(", ");
}
