import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError } from "@/server/domain/app-error";
import { unstorableText } from "@/server/domain/shared/unstorable-text";
import { databaseLost, isDatabaseDown } from "@/server/platform/database-down";
import { requestMetrics } from "@/server/platform/request-metrics";
import { refusalOf, type AccessRule, type Refusal, type Standing } from "@/server/domain/account/access";
import type { ApiScope } from "@/server/domain/account/api-key-format";
import type { LimitGroup } from "@/server/domain/account/rate-limits";
import type { ErrorCode } from "@/server/domain/app-error";
import type { Caller, CallerCtx, CtxUser, UserCtx } from "@/server/services/ctx";
import { TRPC_CODE } from "./error-map";
import { isNoteworthy, noteRefusal } from "./note-refusal";
import { groupOf, type RequestMeter } from "./request-meter";

export type RequestCtx = CallerCtx & RequestMeter & { requestId: string };

/** How a procedure appears under /api/v1. */
export type RestMeta = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below /api/v1, with {names} of the input's fields. */
  path: `/${string}`;
  summary: string;
  /** What an API key must be allowed; a guest may call `read` procedures that are public. */
  scope: ApiScope;
  /** Only the person who has signed in may call it, by a login's token: no API key opens it, whatever its scopes. */
  by?: "login";
  /** 201 for what creates, with an Idempotency-Key; 204 for what answers nothing; else 200. */
  status?: 200 | 201 | 204;
  /** Seconds for which a shared cache may answer guests; only where the answer is the same for everybody. */
  cacheSeconds?: number;
  /** An input that works on a fresh installation; the reference shows it and a test sends it. */
  example?: Record<string, unknown>;
};
type Meta = { access?: AccessRule; limit?: LimitGroup; rest?: RestMeta | readonly RestMeta[] };

/** What a client sees of an error: a code, a sentence, details, the request id; a bug shows none of its inside. */
export type WireError = { code: string; message: string; details: Record<string, unknown>; requestId: string };

const t = initTRPC.context<RequestCtx>().meta<Meta>().create({
  defaultMeta: { access: "admin" },
  errorFormatter({ shape, error, ctx }) {
    const wire = toWireError(error, ctx?.requestId ?? "");
    return { ...shape, message: wire.message, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, error: wire } };
  },
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

export function toWireError(error: TRPCError, requestId: string): WireError {
  const { cause } = error;
  if (cause instanceof AppError) return { code: cause.code, message: cause.message, details: cause.details, requestId };
  // An output that breaks its contract is a fault of ours and says nothing of its inside.
  if (cause instanceof ZodError && error.code === "BAD_REQUEST") {
    const issues = cause.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }));
    const first = issues[0];
    return { code: "INVALID_INPUT", message: first ? `${first.field || "input"}: ${first.message}` : "Invalid input", details: { field: first?.field, issues }, requestId };
  }
  if (error.code === "UNSUPPORTED_MEDIA_TYPE") return { code: "UNSUPPORTED_MEDIA_TYPE", message: "A body is JSON: Content-Type: application/json", details: { field: "Content-Type" }, requestId };
  if (error.code === "BAD_REQUEST" || error.code === "NOT_FOUND" || error.code === "METHOD_NOT_SUPPORTED") {
    // What could not even be read as JSON has no fields: the input as a whole is named.
    return { code: error.code === "NOT_FOUND" ? "NOT_FOUND" : "INVALID_INPUT", message: error.message, details: error.code === "BAD_REQUEST" ? { field: "input" } : {}, requestId };
  }
  return { code: "INTERNAL", message: "Something went wrong", details: {}, requestId };
}

/** Logs one line per call and turns the errors thrown on purpose, and a lost database, into their HTTP status. */
const observed = t.middleware(async ({ ctx, path, type, next }) => {
  const startedAt = performance.now();
  const result = await next();
  const durationMs = performance.now() - startedAt;
  const line = { requestId: ctx.requestId, name: path, type, durationMs: Math.round(durationMs) };
  requestMetrics().record(path, durationMs, result.ok ? "ok" : result.error.cause instanceof AppError || result.error.code === "BAD_REQUEST" ? "refused" : "failed");
  if (result.ok) {
    ctx.log.info({ ...line, code: "OK" });
    return result;
  }
  const { error } = result;
  if (error.cause instanceof AppError) {
    ctx.log.info({ ...line, code: error.cause.code, details: error.cause.details });
    throw new TRPCError({ code: TRPC_CODE[error.cause.code], message: error.cause.message, cause: error.cause });
  }
  if (isDatabaseDown(error.cause)) {
    ctx.log.warn({ ...line, code: "UPSTREAM_UNAVAILABLE", message: "database unreachable" });
    const cause = databaseLost();
    throw new TRPCError({ code: "SERVICE_UNAVAILABLE", message: cause.message, cause });
  }
  if (error.code === "BAD_REQUEST") ctx.log.info({ ...line, code: "INVALID_INPUT", message: error.message.slice(0, 500) });
  else ctx.log.error({ ...line, code: "INTERNAL", err: error.cause ?? error });
  return result;
});

const REFUSALS: Record<Refusal, [ErrorCode, string]> = {
  UNAUTHENTICATED: ["UNAUTHENTICATED", "Sign in first"],
  STEP_UP_NEEDED: ["FORBIDDEN", "Confirm that it is you first"],
  TIER_REQUIRED: ["TIER_REQUIRED", "Your plan does not include this"],
  FORBIDDEN: ["FORBIDDEN", "Your role does not allow this"],
  SECOND_FACTOR_NEEDED: ["FORBIDDEN", "An admin sets up two-step sign-in first, in the settings"],
  READ_ONLY: ["FORBIDDEN", "Nothing can be changed while looking with another person's eyes"],
};

function standingOf(caller: Caller): Standing | null {
  if (caller.kind === "guest") return null;
  const { role, secondFactor, tier } = caller.user;
  if (caller.kind === "key") return { role, secondFactor, tier, steppedUpAt: null, impersonated: false };
  return { role, secondFactor, tier, steppedUpAt: caller.steppedUpAt, impersonated: caller.impersonatorId !== null };
}

/** Judges the rule in the procedure's meta and takes one request of the caller's budget. */
const admitted = t.middleware(async ({ ctx, meta, type, path, next }) => {
  const rule = meta?.access ?? "admin";
  const refusal = refusalOf(rule, standingOf(ctx.caller), { now: ctx.now(), writes: type === "mutation" });
  if (refusal) {
    if (isNoteworthy(rule, refusal)) await noteRefusal(ctx, { what: path, reason: refusal });
    const [code, message] = REFUSALS[refusal];
    throw new AppError(code, message, { reason: refusal, ...(refusal === "TIER_REQUIRED" ? { tier: rule.toUpperCase() } : {}) });
  }
  await ctx.meter(meta?.limit ?? groupOf(path));
  return next();
});

/** Refuses text that no column could keep, before anything is asked of the database. */
const storable = t.middleware(async ({ getRawInput, next }) => {
  const at = unstorableText(await getRawInput());
  if (at === null) return next();
  const field = at.slice(0, 200);
  throw new AppError("INVALID_INPUT", `${field || "input"}: A text must not contain NUL characters`, { field });
});

const base = t.procedure.use(observed).use(admitted).use(storable);

/** Narrows the context to the signed-in person, which `admitted` has made sure of. */
const personal = base.use(({ ctx, next }) => {
  if (ctx.caller.kind === "guest") throw new AppError("UNAUTHENTICATED", "Sign in first", { reason: "UNAUTHENTICATED" });
  return next({ ctx: { ...ctx, user: ctx.caller.user } satisfies RequestCtx & UserCtx & { user: CtxUser } });
});

export const publicProcedure = base.meta({ access: "public" });
export const userProcedure = personal.meta({ access: "user" });
/** For what a stolen, unlocked browser must not do: the person has proved within ten minutes that it is they. */
export const recentProcedure = personal.meta({ access: "recent" });
export const proProcedure = personal.meta({ access: "pro" });
export const moderatorProcedure = personal.meta({ access: "moderator" });
export const adminProcedure = personal.meta({ access: "admin" });
export const recentAdminProcedure = personal.meta({ access: "recent-admin" });
