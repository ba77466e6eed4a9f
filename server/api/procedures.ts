import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError } from "@/server/domain/app-error";
import { isDatabaseDown } from "@/server/platform/database-down";
import type { Ctx } from "@/server/services/ctx";
import { TRPC_CODE } from "./error-map";

export type RequestCtx = Ctx & { requestId: string };
type Meta = { access?: "public" };

/** What a client sees of an error: a code, a sentence, details, the request id; a bug shows none of its inside. */
export type WireError = { code: string; message: string; details: Record<string, unknown>; requestId: string };

const t = initTRPC.context<RequestCtx>().meta<Meta>().create({
  defaultMeta: { access: "public" },
  errorFormatter({ shape, error, ctx }) {
    const wire = toWireError(error, ctx?.requestId ?? "");
    return { ...shape, message: wire.message, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, error: wire } };
  },
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

function toWireError(error: TRPCError, requestId: string): WireError {
  const { cause } = error;
  if (cause instanceof AppError) return { code: cause.code, message: cause.message, details: cause.details, requestId };
  if (cause instanceof ZodError) {
    const issues = cause.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }));
    const first = issues[0];
    return { code: "INVALID_INPUT", message: first ? `${first.field || "input"}: ${first.message}` : "Invalid input", details: { field: first?.field, issues }, requestId };
  }
  if (error.code === "BAD_REQUEST" || error.code === "NOT_FOUND" || error.code === "METHOD_NOT_SUPPORTED") {
    return { code: error.code === "NOT_FOUND" ? "NOT_FOUND" : "INVALID_INPUT", message: error.message, details: {}, requestId };
  }
  return { code: "INTERNAL", message: "Something went wrong", details: {}, requestId };
}

/** Logs one line per call and turns the errors thrown on purpose, and a lost database, into their HTTP status. */
const observed = t.middleware(async ({ ctx, path, type, next }) => {
  const startedAt = performance.now();
  const result = await next();
  const line = { requestId: ctx.requestId, name: path, type, durationMs: Math.round(performance.now() - startedAt) };
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
    const cause = new AppError("UPSTREAM_UNAVAILABLE", "The database cannot be reached. Nothing was lost; trying again.", { component: "database" });
    throw new TRPCError({ code: "SERVICE_UNAVAILABLE", message: cause.message, cause });
  }
  if (error.code === "BAD_REQUEST") ctx.log.info({ ...line, code: "INVALID_INPUT", message: error.message.slice(0, 500) });
  else ctx.log.error({ ...line, code: "INTERNAL", err: error.cause ?? error });
  return result;
});

export const publicProcedure = t.procedure.use(observed).meta({ access: "public" });
