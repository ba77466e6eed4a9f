import { z } from "zod";

/** Shapes of Inngest's protocol as its SDK 4.24 speaks it. What we do not act on is let through. */

/** 0 is no limit. */
const concurrency = z.object({ limit: z.number().int().min(0), key: z.string().optional(), scope: z.enum(["fn", "env", "account"]).optional() });

export type ConcurrencyRule = z.infer<typeof concurrency>;

const key = z.string().nullish();

/** One function in the answer to a sync. */
export const functionConfig = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  triggers: z.array(z.union([z.object({ event: z.string(), expression: z.string().nullish() }), z.object({ cron: z.string(), jitter: z.string().nullish() })])),
  steps: z.record(z.string(), z.looseObject({ runtime: z.looseObject({ url: z.url() }), retries: z.looseObject({ attempts: z.number().int().min(0).nullish() }).nullish() })),
  concurrency: z.union([z.number().int().min(0).transform((limit): ConcurrencyRule[] => [{ limit }]), concurrency.transform((one) => [one]), z.array(concurrency)]).nullish(),
  cancel: z.array(z.object({ event: z.string(), if: z.string().nullish(), timeout: z.string().nullish() })).nullish(),
  debounce: z.object({ period: z.string(), timeout: z.string().nullish(), key }).nullish(),
  throttle: z.object({ limit: z.number().int(), period: z.string(), burst: z.number().int().nullish(), key }).nullish(),
  rateLimit: z.object({ limit: z.number().int(), period: z.string(), key }).nullish(),
  idempotency: z.string().nullish(),
  batchEvents: z.object({ maxSize: z.number().int(), timeout: z.string(), key, if: z.string().nullish() }).nullish(),
  priority: z.object({ run: z.string().nullish() }).nullish(),
  singleton: z.object({ mode: z.enum(["skip", "cancel"]), key }).nullish(),
  timeouts: z.object({ start: z.string().nullish(), finish: z.string().nullish() }).nullish(),
});
export type FunctionConfig = z.infer<typeof functionConfig>;

/** Answer to PUT with `x-inngest-sync-kind: in_band`. */
export const syncAnswer = z.looseObject({ app_id: z.string(), functions: z.array(z.looseObject({ id: z.string() })) });

/** What a sender posts to /e/<key>. */
export const sentEvent = z.object({
  name: z.string().min(1).max(256),
  data: z.record(z.string(), z.unknown()).nullish(),
  id: z.string().min(1).max(256).nullish(),
  ts: z.number().int().nullish(),
  v: z.string().nullish(),
  user: z.record(z.string(), z.unknown()).nullish(),
  meta: z.record(z.string(), z.unknown()).nullish(),
});
export const sentEvents = z.union([sentEvent.transform((event) => [event]), z.array(sentEvent).max(5_000)]);
export type SentEvent = z.infer<typeof sentEvent>;

/** An event as functions receive it. */
export type EventBody = { name: string; data: Record<string, unknown>; id: string; ts: number; user: Record<string, unknown>; v?: string; meta?: Record<string, unknown> };

/** One thing that the SDK asks for or tells of. */
export const opcode = z.looseObject({
  op: z.string(),
  id: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.looseObject({ parallelMode: z.string().nullish() }).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
export const opcodes = z.union([z.array(opcode), opcode.transform((one) => [one])]);
export type Opcode = z.infer<typeof opcode>;

export const waitOptions = z.looseObject({ timeout: z.string().nullish(), if: z.string().nullish() });
export const signalOptions = z.looseObject({ signal: z.string(), timeout: z.string().nullish(), conflict: z.enum(["fail", "replace"]).nullish() });
export const invokeOptions = z.looseObject({
  function_id: z.string(),
  payload: z.looseObject({ data: z.record(z.string(), z.unknown()).nullish(), user: z.record(z.string(), z.unknown()).nullish(), v: z.string().nullish() }).nullish(),
  timeout: z.string().nullish(),
});
export const gatewayRequest = z.looseObject({ url: z.url({ protocol: /^https?$/ }), method: z.string().nullish(), headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).nullish(), body: z.string().nullish() });

export const inferOptions = z.looseObject({ url: z.url({ protocol: /^https?$/ }), headers: z.record(z.string(), z.string()).nullish(), auth_key: z.string().nullish(), body: z.unknown().optional() });

/** What a GATEWAY job sends; `isModel` is a request to a language model, whose answer is JSON and whose refusal is an error. */
export const gatewayJob = gatewayRequest.extend({ isModel: z.boolean().default(false) });

/** Answer of a streamed call, once its leading blanks are gone. */
export const streamedAnswer = z.looseObject({ status: z.number().int(), headers: z.record(z.string(), z.unknown()), body: z.unknown().optional() });

export type StoredError = { name: string; message: string; stack?: string };

/** Brings whatever a function failed with into the shape that the SDK makes an error of. */
export function toStoredError(error: unknown): StoredError {
  if (typeof error === "string") return { name: "Error", message: error };
  const { name, message, stack } = (typeof error === "object" && error !== null ? error : {}) as Record<string, unknown>;
  const stored: StoredError = { name: typeof name === "string" ? name : "Error", message: typeof message === "string" ? message : JSON.stringify(error) ?? "Unknown error" };
  // The cause and other fields of the SDK's error travel along.
  return { ...(typeof error === "object" ? error : {}), ...stored, ...(typeof stack === "string" && { stack }) };
}

export const checkpointRequest = z.looseObject({ run_id: z.string(), fn_id: z.string(), qi_id: z.string(), steps: z.array(opcode) });
export const signalRequest = z.looseObject({ signal: z.string().min(1), data: z.unknown().optional() });
