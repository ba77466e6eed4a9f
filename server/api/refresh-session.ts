import "server-only";
import { rotateSession } from "@/server/services/account/rotate-session";
import { createRequestCtx } from "./request-ctx";
import { cookieOf, decodeSession, encodeSession, freshToken, REFRESH_LASTS_MS, sessionCookieName, sessionCookieOptions } from "./session-cookie";

export type RenewedCookie = { name: string; value: string; options: ReturnType<typeof sessionCookieOptions> & { maxAge: number } };

/** Exchanges the session cookie of a request for the next one; for a session that has ended, for none. Null when the request has none. */
export async function refreshSession(headers: Headers): Promise<RenewedCookie | null> {
  const withoutCookie = new Headers(headers);
  withoutCookie.delete("cookie");
  const ctx = await createRequestCtx(withoutCookie);
  const name = sessionCookieName(ctx.site.url);
  const cookie = cookieOf(headers.get("cookie"), name);
  if (cookie === undefined) return null;
  const token = await decodeSession(cookie, ctx.site.secret);
  const next = token ? await rotateSession(ctx, token) : null;
  const options = sessionCookieOptions(ctx.site.url);
  if (!next) return { name, value: "", options: { ...options, maxAge: 0 } };
  return { name, value: await encodeSession(freshToken(next, ctx.now()), ctx.site.secret), options: { ...options, maxAge: REFRESH_LASTS_MS / 1000 } };
}
