import { z } from "zod";
import { wsStatus } from "./realtime";

/** GET /health: 200 when the app can serve its figures, else 503. */
export const health = z.object({ status: z.enum(["ok", "unavailable"]), database: z.enum(["up", "down"]) });
export type HealthDto = z.infer<typeof health>;

const backlog = { waiting: z.number().int(), oldestWaitingSeconds: z.number().nullable() };

/** What the local job runner says of itself. */
export const runnerStatus = z.object({
  /** Whether it executes, or waits for another to end. */
  leads: z.boolean(),
  functions: z.number().int(),
  syncedAt: z.iso.datetime().nullable(),
  queue: z.object({ ...backlog, running: z.number().int(), later: z.number().int() }),
  /** Events that the app emitted and that were not taken over yet. */
  outbox: z.object(backlog),
});
export type RunnerStatus = z.infer<typeof runnerStatus>;

/** GET /health/detailed for an admin. Degraded: pages work, live prices or jobs do not. */
export const detailedHealth = z.object({
  status: z.enum(["ok", "degraded", "unavailable"]),
  version: z.string(),
  checkedAt: z.iso.datetime(),
  uptimeSeconds: z.number(),
  memoryBytes: z.number().int(),
  database: z.object({ status: z.enum(["up", "down"]), latencyMs: z.number().nullable(), migrations: z.array(z.string()).nullable() }),
  sidecar: z.object({ status: z.enum(["up", "degraded", "down"]), latencyMs: z.number().nullable(), report: wsStatus.nullable() }),
  /** Who runs the jobs: the local runner, with what it says of itself, or an Inngest server, of which nothing is known here. */
  jobs: z.object({ engine: z.enum(["local", "inngest", "none"]), status: z.enum(["up", "degraded", "down", "unknown"]), latencyMs: z.number().nullable(), report: runnerStatus.nullable() }),
  /** Since the feed last brought a price; null when it has brought none, or the sidecar is away. */
  feedAgeMs: z.number().nullable(),
});
export type DetailedHealthDto = z.infer<typeof detailedHealth>;

/** GET /health/detailed for everybody else, probes too: which part is up, and nothing of versions, sizes and loads. */
export const partsHealth = z.object({
  status: detailedHealth.shape.status,
  checkedAt: z.iso.datetime(),
  database: detailedHealth.shape.database.pick({ status: true }),
  sidecar: detailedHealth.shape.sidecar.pick({ status: true }),
  jobs: detailedHealth.shape.jobs.pick({ status: true }),
  feedAgeMs: detailedHealth.shape.feedAgeMs,
});
export type PartsHealthDto = z.infer<typeof partsHealth>;
