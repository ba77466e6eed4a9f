import { TRPCError } from "@trpc/server";
import { AppError } from "@/server/domain/app-error";
import { databaseLost, isDatabaseDown } from "@/server/platform/database-down";
import { findSession } from "@/server/services/account/find-session";
import type { Caller, Ctx, UserId } from "@/server/services/ctx";
import { cookieOf, decodeSession, sessionCookieName } from "./session-cookie";

/**
 * Who asks, by the cookie of the session; the one place where a `UserId` is made.
 *
 * @throws TRPCError UNAUTHORIZED with the reason SESSION_STALE when the access has run out: the browser refreshes and asks again, rather than being taken for a guest
 */
export async function findCaller(ctx: Pick<Ctx, "db" | "now" | "site">, headers: Headers): Promise<Caller> {
  const cookie = cookieOf(headers.get("cookie"), sessionCookieName(ctx.site.url));
  const token = cookie === undefined ? null : await decodeSession(cookie, ctx.site.secret);
  if (!token) return { kind: "guest" };
  const found = await findSession(ctx, token).catch((error: unknown) => {
    if (!isDatabaseDown(error)) throw error;
    throw new TRPCError({ code: "SERVICE_UNAVAILABLE", cause: databaseLost() });
  });
  if (!found) return { kind: "guest" };
  if (token.accessUntil <= ctx.now().getTime()) {
    throw new TRPCError({ code: "UNAUTHORIZED", cause: new AppError("UNAUTHENTICATED", "The session has to be refreshed", { reason: "SESSION_STALE" }) });
  }
  const { user, sessionId, steppedUpAt, impersonatorId } = found;
  const { id, role, secondFactor, tier, requestsPerHour, locale, timeZone } = user;
  return { kind: "session", user: { id: id as UserId, role, secondFactor, tier, requestsPerHour, locale, timeZone }, sessionId, steppedUpAt, impersonatorId };
}
