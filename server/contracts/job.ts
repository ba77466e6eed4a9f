import { z } from "zod";
import { pageInput, pageOf } from "./common";

export const JOB_RUN_STATUSES = ["RUNNING", "COMPLETED", "FAILED", "CANCELLED"] as const;

const storedError = z.object({ name: z.string(), message: z.string() });

/** One execution of a background function by the local runner. */
export const jobRunDto = z.object({
  id: z.string(),
  functionId: z.string(),
  eventName: z.string(),
  status: z.enum(JOB_RUN_STATUSES),
  queuedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  durationMs: z.number().int().nullable(),
  error: storedError.nullable(),
});
export type JobRunDto = z.infer<typeof jobRunDto>;

export const listJobRunsInput = pageInput.extend({ status: z.enum(JOB_RUN_STATUSES).nullish(), functionId: z.string().max(200).nullish() });
export type ListJobRunsInput = z.infer<typeof listJobRunsInput>;
export const jobRunPage = pageOf(jobRunDto);
export type JobRunPage = z.infer<typeof jobRunPage>;

/** A background function as the app offered it last. */
export const jobFunction = z.object({
  id: z.string(),
  /** Names of the events that start it. */
  events: z.array(z.string()),
  /** Clocks that start it, each with when it is due next. */
  crons: z.array(z.object({ expression: z.string(), nextAt: z.iso.datetime() })),
  syncedAt: z.iso.datetime(),
  running: z.number().int(),
  /** Of the last 24 hours. */
  failedInDay: z.number().int(),
  last: z.object({ runId: z.string(), status: z.enum(JOB_RUN_STATUSES), queuedAt: z.iso.datetime() }).nullable(),
});
export type JobFunctionDto = z.infer<typeof jobFunction>;
/** Of the local runner; with an Inngest server nothing is known here. */
export const jobFunctions = z.object({ items: z.array(jobFunction) });

export const jobRunInput = z.object({ runId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, "A run has a ULID") });
export type JobRunInput = z.infer<typeof jobRunInput>;

export const jobRunDetailDto = jobRunDto.extend({
  /** The data of the event that started it. */
  eventData: z.record(z.string(), z.unknown()),
  output: z.unknown().optional(),
  /** Oldest first. */
  steps: z.array(z.object({ name: z.string(), op: z.string(), attempts: z.number().int(), plannedAt: z.iso.datetime(), doneAt: z.iso.datetime().nullable(), error: storedError.nullable() })),
  /** What waits in the queue: the next attempt, the end of a sleep. */
  waiting: z.array(z.object({ kind: z.enum(["DISCOVER", "STEP", "WAKE", "TIMEOUT", "GATEWAY"]), dueAt: z.iso.datetime(), attempt: z.number().int(), running: z.boolean() })),
});
export type JobRunDetailDto = z.infer<typeof jobRunDetailDto>;
