import { partsHealth, runnerStatus, type DetailedHealthDto, type HealthDto, type PartsHealthDto } from "@/server/contracts/health";
import { wsStatus, type WsStatus } from "@/server/contracts/realtime";
import { jobEngine, localRunnerUrl, readEnv } from "@/server/platform/env";
import { systemCtx } from "@/server/runtime";
import { checkDatabase } from "@/server/services/admin/check-database";
import { findCaller } from "./find-caller";

const WITHIN_MS = 1_500;
/** A runner whose oldest job waits longer than this does not keep up. */
const LATE_SECONDS = 300;

/** Whether this process serves: it is alive, and its database answers. */
export async function healthResponse(): Promise<Response> {
  const { status } = await checkDatabase(systemCtx(), { withinMs: WITHIN_MS });
  const body: HealthDto = { status: status === "up" ? "ok" : "unavailable", database: status };
  return answer(body, status === "up" ? 200 : 503);
}

/** The state of each part, to an admin with what it is made of; 503 only when the database is away, as live prices are not needed to serve. */
export async function detailedHealthResponse({ headers }: Request): Promise<Response> {
  const [body, admin] = await Promise.all([readDetailedHealth(), isAdmin(headers)]);
  return answer(admin ? body : partsHealth.parse(body), body.database.status === "up" ? 200 : 503);
}

/** While the database is away nobody is. */
async function isAdmin(headers: Headers): Promise<boolean> {
  try {
    const caller = await findCaller(systemCtx(), headers);
    return caller.kind === "session" && caller.user.role === "ADMIN";
  } catch {
    return false;
  }
}

/** Asks each part how it is. */
export async function readDetailedHealth(): Promise<DetailedHealthDto> {
  const ctx = systemCtx();
  const startedAt = performance.now();
  const [database, report, jobs] = await Promise.all([checkDatabase(ctx, { withinMs: WITHIN_MS }), askSidecar(), askRunner()]);
  const sidecar = report?.status === "degraded" ? "degraded" : report ? "up" : "down";
  return {
    status: database.status === "down" ? "unavailable" : sidecar === "up" && (jobs.status === "up" || jobs.status === "unknown") ? "ok" : "degraded",
    version: readEnv().APP_VERSION,
    checkedAt: ctx.now().toISOString(),
    uptimeSeconds: Math.round(process.uptime()),
    memoryBytes: process.memoryUsage.rss(),
    database,
    sidecar: { status: sidecar, latencyMs: report ? Math.round(performance.now() - startedAt) : null, report },
    jobs,
    feedAgeMs: report?.feed.ageMs ?? null,
  };
}

async function askSidecar(): Promise<WsStatus | null> {
  const { NEXT_PUBLIC_WS_URL, SIDECAR_PORT } = readEnv();
  const origin = NEXT_PUBLIC_WS_URL?.replace(/^ws/, "http") ?? `http://127.0.0.1:${SIDECAR_PORT}`;
  try {
    const response = await fetch(new URL("/ws/status", origin), { signal: AbortSignal.timeout(WITHIN_MS), cache: "no-store" });
    return wsStatus.parse(await response.json());
  } catch {
    // Not reachable, or no sidecar of ours: both are "down" to the reader.
    return null;
  }
}

async function askRunner(): Promise<DetailedHealthDto["jobs"]> {
  const env = readEnv();
  const engine = jobEngine(env);
  if (engine !== "local") return { engine, status: "unknown", latencyMs: null, report: null };
  const startedAt = performance.now();
  try {
    const response = await fetch(new URL("/health", localRunnerUrl(env)), { signal: AbortSignal.timeout(WITHIN_MS), cache: "no-store" });
    const report = runnerStatus.parse(await response.json());
    const late = Math.max(report.queue.oldestWaitingSeconds ?? 0, report.outbox.oldestWaitingSeconds ?? 0) > LATE_SECONDS;
    return { engine, status: report.leads && !late ? "up" : "degraded", latencyMs: Math.round(performance.now() - startedAt), report };
  } catch {
    return { engine, status: "down", latencyMs: null, report: null };
  }
}

const answer = (body: HealthDto | DetailedHealthDto | PartsHealthDto, status: number) => Response.json(body, { status, headers: { "cache-control": "no-store" } });
