import { readEnv } from "@/server/platform/env";
import { decodeSession, REFRESH_AHEAD_MS, sessionCookieName } from "./session-cookie";

const env = readEnv();
export const SESSION_COOKIE = sessionCookieName(env.NEXTAUTH_URL);

/**
 * Where a page has to go first when the access of its session has run out or is about to: pages cannot set the cookie, a route can.
 * Whether the session still exists is found out there; a cookie that is none of ours means a guest.
 */
export async function refreshPathOf(cookie: string | undefined, { path, now }: { path: string; now: Date }): Promise<string | null> {
  if (!cookie || !env.NEXTAUTH_SECRET) return null;
  const token = await decodeSession(cookie, env.NEXTAUTH_SECRET);
  if (!token || token.accessUntil - REFRESH_AHEAD_MS > now.getTime()) return null;
  return `/api/auth/refresh?to=${encodeURIComponent(path)}`;
}
