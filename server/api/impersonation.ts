import "server-only";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { NextResponse } from "next/server";
import { impersonateInput } from "@/server/contracts/admin";
import { refusalOf } from "@/server/domain/account/access";
import { AppError } from "@/server/domain/app-error";
import { IMPERSONATION_LASTS_MS, startImpersonation, stopImpersonation } from "@/server/services/account/impersonate";
import { boundedBody } from "./bounded-body";
import { TRPC_CODE } from "./error-map";
import { foreignRequest } from "./foreign-request";
import { toWireError } from "./procedures";
import { createRequestCtx } from "./request-ctx";
import { cookieOf, decodeSession, encodeSession, freshToken, REFRESH_LASTS_MS, sessionCookieName, sessionCookieOptions } from "./session-cookie";

/** Keeps the admin's own cookie while another session stands in its place. */
const ownCookieName = (siteUrl: string) => `${sessionCookieName(siteUrl)}.own`;

function refused(thrown: unknown, requestId: string): Response {
  const known = thrown instanceof AppError ? new TRPCError({ code: TRPC_CODE[thrown.code], message: thrown.message, cause: thrown }) : thrown;
  if (!(known instanceof TRPCError) || !(known.cause instanceof AppError)) throw thrown;
  const status = getHTTPStatusCodeFromError(known);
  const error = toWireError(known, requestId);
  // As tRPC tells an error, so that the browser reads both alike.
  return Response.json({ error: { message: error.message, code: TRPC_ERROR_CODES_BY_KEY[known.code], data: { code: known.code, httpStatus: status, path: null, error } } }, { status, headers: { "cache-control": "no-store" } });
}

/** Null for what is no JSON, too long or too slow. */
async function jsonOf(request: Request): Promise<unknown> {
  const body = await boundedBody(request);
  try {
    return "text" in body ? JSON.parse(body.text) : null;
  } catch {
    return null;
  }
}

/** Puts a session that can only read in the place of an admin's own, whose cookie waits beside it. No script sees either. */
export async function startImpersonationResponse(request: Request): Promise<Response> {
  const foreign = foreignRequest(request.headers);
  if (foreign) return foreign;
  try {
    const ctx = await createRequestCtx(request.headers);
    const { caller } = ctx;
    if (caller.kind !== "session") throw new AppError("UNAUTHENTICATED", "Sign in first", { reason: "UNAUTHENTICATED" });
    const { user, steppedUpAt, sessionId, impersonatorId } = caller;
    const standing = { role: user.role, secondFactor: user.secondFactor, tier: user.tier, steppedUpAt, impersonated: impersonatorId !== null };
    const refusal = refusalOf("recent-admin", standing, { now: ctx.now(), writes: true });
    if (refusal) throw new AppError("FORBIDDEN", "Only an admin who has just confirmed who they are may do this", { reason: refusal });
    await ctx.meter("other");
    const input = impersonateInput.safeParse(await jsonOf(request));
    if (!input.success) throw new AppError("INVALID_INPUT", "Say whom and why", { field: String(input.error.issues[0]?.path[0] ?? "body") });
    const ticket = await startImpersonation({ ...ctx, user, sessionId }, input.data);
    const { url, secret } = ctx.site;
    const own = cookieOf(request.headers.get("cookie"), sessionCookieName(url)) ?? "";
    const response = NextResponse.json({ started: true }, { headers: { "cache-control": "no-store" } });
    response.cookies.set(ownCookieName(url), own, { ...sessionCookieOptions(url), maxAge: REFRESH_LASTS_MS / 1000 });
    response.cookies.set(sessionCookieName(url), await encodeSession(freshToken(ticket, ctx.now()), secret), { ...sessionCookieOptions(url), maxAge: IMPERSONATION_LASTS_MS / 1000 });
    return response;
  } catch (error) {
    return refused(error, request.headers.get("x-request-id") ?? "");
  }
}

/** Ends the session that only reads, and gives the admin their own back. */
export async function stopImpersonationResponse(request: Request): Promise<Response> {
  const foreign = foreignRequest(request.headers);
  if (foreign) return foreign;
  try {
    const withoutCookie = new Headers(request.headers);
    withoutCookie.delete("cookie");
    const ctx = await createRequestCtx(withoutCookie);
    const { url, secret } = ctx.site;
    const jar = request.headers.get("cookie");
    const [present, own] = await Promise.all([decodeSession(cookieOf(jar, sessionCookieName(url)), secret), decodeSession(cookieOf(jar, ownCookieName(url)), secret)]);
    const response = NextResponse.json({ stopped: true }, { headers: { "cache-control": "no-store" } });
    // Half an hour may have passed and the cookie with it; one that is there must be of such a session, or it stays.
    if (present && !(await stopImpersonation(ctx, present))) return response;
    response.cookies.set(sessionCookieName(url), own ? await encodeSession(own, secret) : "", { ...sessionCookieOptions(url), maxAge: own ? REFRESH_LASTS_MS / 1000 : 0 });
    response.cookies.set(ownCookieName(url), "", { ...sessionCookieOptions(url), maxAge: 0 });
    return response;
  } catch (error) {
    return refused(error, request.headers.get("x-request-id") ?? "");
  }
}
