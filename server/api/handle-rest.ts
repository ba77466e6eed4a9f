import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync, type BrotliOptions } from "node:zlib";
import { callTRPCProcedure, getTRPCErrorFromUnknown, TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { AppError } from "@/server/domain/app-error";
import { databaseLost, isDatabaseDown } from "@/server/platform/database-down";
import { runOnce } from "@/server/services/api-key/run-once";
import { appRouter } from "./app-router";
import { boundedBody } from "./bounded-body";
import { TRPC_CODE } from "./error-map";
import { readFieldSelection, selectFields } from "./field-selection";
import { noteRefusal } from "./note-refusal";
import { preferredEncoding } from "./preferred-encoding";
import { toWireError, type RequestCtx, type WireError } from "./procedures";
import { readQueryInput } from "./query-input";
import { requestIdOf } from "./request-id";
import { matchRoute, restRoutes, type RestRoute } from "./rest-routes";

export const API_ROOT = "/api/v1";
export const API_MEDIA_TYPE = "application/vnd.nexus.v1+json";
const COMPRESS_FROM_BYTES = 1_024;
/** Below this the way to another thread and back costs more than compressing. */
const COMPRESS_ASIDE_FROM_BYTES = 64 * 1_024;

const routes = restRoutes(appRouter);
const compress = {
  br: (bytes: Buffer) => (bytes.length < COMPRESS_ASIDE_FROM_BYTES ? brotliCompressSync(bytes, brotliFor(bytes)) : brotliAside(bytes, brotliFor(bytes))),
  gzip: (bytes: Buffer) => (bytes.length < COMPRESS_ASIDE_FROM_BYTES ? gzipSync(bytes) : gzipAside(bytes)),
};
const brotliAside = promisify<Buffer, BrotliOptions, Buffer>(brotliCompress);
const gzipAside = promisify<Buffer, Buffer>(gzip);
const brotliFor = (bytes: Buffer): BrotliOptions => ({ params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

export type RestCtx = RequestCtx & { allowedOrigins: readonly string[] };

/** Answers one request to /api/v1 by the procedure that publishes its path. `open` finds out whose key it carries. */
export async function handleRest(req: Request, open: (requestId: string) => Promise<RestCtx>): Promise<Response> {
  const requestId = requestIdOf(req.headers);
  let ctx: RestCtx | null = null;
  try {
    ctx = await open(requestId);
    return await answer(req, ctx);
  } catch (error) {
    // What a procedure refuses is noted there.
    if (ctx && error instanceof AppError && error.code === "FORBIDDEN") await noteRefusal(ctx, { what: `${req.method} ${new URL(req.url).pathname}`, reason: "FORBIDDEN" });
    const fault = error instanceof RestFault ? error : faultOf(error, requestId);
    if (fault.status >= 500 && !(error instanceof TRPCError)) ctx?.log.error({ event: "request to the public API failed", requestId, err: error });
    return envelope(req, ctx, { status: fault.status, headers: { ...fault.headers, "x-request-id": requestId }, content: { success: false, error: { ...fault.wire, requestId } } });
  }
}

/** A fault of the request as such, before any procedure is called. */
class RestFault extends Error {
  readonly wire: Omit<WireError, "requestId">;
  constructor(
    readonly status: number,
    code: string,
    message: string,
    details: Record<string, unknown> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
    this.wire = { code, message, details };
  }
}

function faultOf(error: unknown, requestId: string): { status: number; wire: WireError; headers: Record<string, string> } {
  const cause = isDatabaseDown(error) ? databaseLost() : error;
  const known = cause instanceof AppError ? new TRPCError({ code: TRPC_CODE[cause.code], message: cause.message, cause }) : getTRPCErrorFromUnknown(cause);
  return { status: getHTTPStatusCodeFromError(known), wire: toWireError(known, requestId), headers: known.code === "UNAUTHORIZED" ? { "www-authenticate": 'Bearer realm="Nexus-Alpha API"' } : {} };
}

async function answer(req: Request, ctx: RestCtx): Promise<Response> {
  const url = new URL(req.url);
  const path = url.pathname.slice(API_ROOT.length).replace(/\/+$/, "");
  const method = req.method === "HEAD" ? "GET" : req.method;
  const match = matchRoute(routes, method, path);
  if ("allowed" in match) throw noRoute(path, method, match.allowed);
  const { route, pathInput } = match;

  checkOrigin(req, ctx);
  checkAccept(req);
  checkScope(ctx, route);
  const selection = readFieldSelection(url.searchParams.get("fields"));
  url.searchParams.delete("fields");
  const bodyText = method === "GET" || method === "DELETE" ? "" : await readBody(req);
  const input = route.input ? { ...readQueryInput(route.input, url.searchParams), ...readJson(req, route, bodyText), ...pathInput } : refuseInput(url, bodyText);

  const call = () => callTRPCProcedure({ router: appRouter, path: route.procedure, type: route.type, ctx, getRawInput: async () => input, signal: req.signal, batchIndex: 0 });
  const status = route.status ?? 200;
  const key = req.headers.get("idempotency-key");
  if (status !== 201 || key === null) return succeed(req, ctx, route, { status, data: await call(), selection });
  const { caller } = ctx;
  if (caller.kind === "guest") return succeed(req, ctx, route, { status, data: await call(), selection });
  // An answer that is given again calls no procedure, which else would count it.
  await ctx.meter(route.group);
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new AppError("INVALID_INPUT", "Idempotency-Key: 1 to 200 visible characters", { field: "Idempotency-Key" });
  const once = await runOnce({ ...ctx, user: caller.user }, { key, operation: `${method} ${path}`, requestText: `${url.search}\n${bodyText}` }, async () => ({ status, body: await call() }));
  return succeed(req, ctx, route, { status: once.status, data: once.body, selection, headers: once.replayed ? { "idempotent-replayed": "true" } : {} });
}

type Success = { status: number; data: unknown; selection: ReturnType<typeof readFieldSelection>; headers?: Record<string, string> };

function succeed(req: Request, ctx: RestCtx, route: RestRoute, { status, data, selection, headers = {} }: Success): Promise<Response> {
  const selected = selection ? selectFields(data, selection) : data;
  if (status === 204) return envelope(req, ctx, { status, headers, content: null });
  if (route.method !== "GET") return envelope(req, ctx, { status, headers, content: { success: true, data: selected } });
  // Weak, because the envelope's timestamp and the encoding differ from answer to answer.
  const json = JSON.stringify(selected);
  const etag = `W/"${createHash("sha1").update(json).digest("base64url")}"`;
  const isPublic = ctx.caller.kind === "guest" && route.cacheSeconds !== undefined;
  const cacheControl = isPublic ? `public, max-age=0, s-maxage=${route.cacheSeconds}, stale-while-revalidate=${route.cacheSeconds! * 4}` : "private, no-cache";
  const caching = { etag, "cache-control": cacheControl, ...headers };
  const known = (req.headers.get("if-none-match") ?? "").split(",").map((tag) => tag.trim());
  if (known.includes(etag) || known.includes("*")) return envelope(req, ctx, { status: 304, headers: caching, content: null });
  return envelope(req, ctx, { status, headers: caching, content: { success: true, json } });
}

/** Data as such, or written out already. */
type Content = { success: true; data: unknown } | { success: true; json: string } | { success: false; error: WireError };

async function envelope(req: Request, ctx: RestCtx | null, { status, headers, content }: { status: number; headers: Record<string, string>; content: Content | null }): Promise<Response> {
  const all = new Headers({ "cache-control": "no-store", ...headers, ...ctx?.limitHeaders(), ...corsHeaders(req, ctx), vary: "Authorization, X-API-Key, Accept, Accept-Encoding, Origin" });
  if (ctx) all.set("x-request-id", ctx.requestId);
  if (content === null) return new Response(null, { status, headers: all });
  const timestamp = (ctx?.now() ?? new Date()).toISOString();
  const text = "json" in content ? `{"success":true,"data":${content.json},"timestamp":"${timestamp}"}` : JSON.stringify({ ...content, timestamp });
  all.set("content-type", (req.headers.get("accept") ?? "").includes(API_MEDIA_TYPE) ? API_MEDIA_TYPE : "application/json; charset=utf-8");
  const bytes = Buffer.from(text);
  const encoding = bytes.length < COMPRESS_FROM_BYTES ? null : preferredEncoding(req.headers.get("accept-encoding"));
  if (encoding) all.set("content-encoding", encoding);
  const body = encoding === "br" ? await compress.br(bytes) : encoding === "gzip" ? await compress.gzip(bytes) : bytes;
  all.set("content-length", String(body.length));
  return new Response(req.method === "HEAD" ? null : new Uint8Array(body), { status, headers: all });
}

function noRoute(path: string, method: string, allowed: string[]): RestFault {
  if (allowed.length === 0) return new RestFault(404, "NOT_FOUND", `There is nothing at ${API_ROOT}${path}; see ${API_ROOT}/openapi.json`);
  const allow = [...allowed, ...(allowed.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  return new RestFault(405, "METHOD_NOT_ALLOWED", `${method} is not possible here; possible: ${allow}`, { allowed }, { allow });
}

/** A page may use a key only when its origin stands in the key's list, or is our own: a key in a page is visible to all who open it. */
function checkOrigin(req: Request, { caller, allowedOrigins, site }: RestCtx): void {
  const origin = req.headers.get("origin");
  const isOwn = origin !== null && (origin === site.url || (URL.canParse(origin) && new URL(origin).host === req.headers.get("host")));
  if (origin && !isOwn && caller.kind !== "guest" && !allowedOrigins.includes(origin)) throw new AppError("FORBIDDEN", `This ${caller.kind} may not be used by pages of ${origin}`, { field: "Origin" });
}

function corsHeaders(req: Request, ctx: RestCtx | null): Record<string, string> {
  const origin = req.headers.get("origin");
  if (!origin || !ctx?.allowedOrigins.includes(origin)) return {};
  return { "access-control-allow-origin": origin, "access-control-expose-headers": "ETag, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After, X-Request-Id, Idempotent-Replayed" };
}

/** Whether a browser may ask at all; the answer to the request itself then goes by its key. */
export function answerPreflight(req: Request, isKnownOrigin: boolean): Response {
  const origin = req.headers.get("origin");
  const headers = { vary: "Origin", "cache-control": "no-store" };
  if (!origin || !isKnownOrigin) return new Response(null, { status: 204, headers });
  return new Response(null, {
    status: 204,
    headers: {
      ...headers,
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
      "access-control-allow-headers": "Authorization, X-API-Key, Content-Type, Idempotency-Key, If-None-Match, Accept, X-Request-Id",
      "access-control-max-age": "600",
    },
  });
}

function checkAccept(req: Request): void {
  const accept = req.headers.get("accept");
  if (!accept) return;
  const types = accept.split(",").map((part) => part.split(";")[0]!.trim().toLowerCase());
  if (types.some((type) => ["*/*", "application/*", "application/json", API_MEDIA_TYPE].includes(type))) return;
  throw new RestFault(406, "NOT_ACCEPTABLE", `This is version 1, in ${API_MEDIA_TYPE} or application/json`, { field: "Accept" });
}

function checkScope({ caller }: RestCtx, { scope, by }: RestRoute): void {
  if (caller.kind === "key" && by === "login") throw new AppError("FORBIDDEN", "This needs the person to sign in; an API key does not do", { reason: "LOGIN_NEEDED" });
  if ("scopes" in caller && !caller.scopes.includes(scope)) throw new AppError("FORBIDDEN", `This ${caller.kind} lacks the scope ${scope}`, { scope, has: caller.scopes });
}

async function readBody(req: Request): Promise<string> {
  const body = await boundedBody(req);
  if ("text" in body) return body.text;
  throw new RestFault(body.fault.status, body.fault.code, body.fault.message);
}

function readJson(req: Request, route: RestRoute, text: string): Record<string, unknown> {
  if (text === "") return {};
  const type = (req.headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  if (type !== "application/json" && type !== API_MEDIA_TYPE) throw new RestFault(415, "UNSUPPORTED_MEDIA_TYPE", "A body is JSON: Content-Type: application/json", { field: "Content-Type" });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new AppError("INVALID_INPUT", "The body is not valid JSON", { field: "body" });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new AppError("INVALID_INPUT", "The body is a JSON object", { field: "body" });
  const known = Object.keys(route.input?.shape ?? {});
  const unknown = Object.keys(parsed).find((name) => !known.includes(name) || route.pathFields.includes(name));
  if (unknown !== undefined) throw new AppError("INVALID_INPUT", `${unknown.slice(0, 80)}: there is no such field in the body`, { field: unknown.slice(0, 80), suggestions: known.filter((name) => !route.pathFields.includes(name)) });
  return parsed as Record<string, unknown>;
}

function refuseInput(url: URL, bodyText: string): undefined {
  const [name] = url.searchParams.keys();
  if (name !== undefined) throw new AppError("INVALID_INPUT", `${name}: there is no such parameter`, { field: name });
  if (bodyText.trim() !== "" && bodyText.trim() !== "{}") throw new AppError("INVALID_INPUT", "There is nothing to send here", { field: "body" });
  return undefined;
}
