import { decode, encode } from "next-auth/jwt";
import { z } from "zod";

/** After this the browser has to show its refresh secret, which is exchanged for a new one. */
export const ACCESS_LASTS_MS = 15 * 60_000;
export const REFRESH_LASTS_MS = 30 * 86_400_000;
/** Pages refresh a little before a call would be refused, so that what a page starts can end. */
export const REFRESH_AHEAD_MS = 60_000;

const sessionToken = z.object({ sessionId: z.uuid(), secret: z.string().min(20), accessUntil: z.number() });
export type SessionToken = z.infer<typeof sessionToken>;

/** Only browsers that came by TLS hold the cookie of a site with TLS, and no subdomain can put its own in that place (__Host-). */
export const isSecureSite = (siteUrl: string): boolean => siteUrl.startsWith("https://");
export const sessionCookieName = (siteUrl: string): string => (isSecureSite(siteUrl) ? "__Host-next-auth.session-token" : "next-auth.session-token");

export const sessionCookieOptions = (siteUrl: string) => ({ httpOnly: true, sameSite: "lax" as const, path: "/", secure: isSecureSite(siteUrl) });

/** A token whose access begins now. */
export const freshToken = ({ sessionId, secret }: { sessionId: string; secret: string }, now: Date): SessionToken => ({ sessionId, secret, accessUntil: now.getTime() + ACCESS_LASTS_MS });

/** The value of the cookie: encrypted and authenticated, so that a changed one is no token at all. */
export const encodeSession = (token: SessionToken, secret: string): Promise<string> => encode({ token, secret, maxAge: REFRESH_LASTS_MS / 1000 });

/** What a cookie holds; null when it is missing, changed, too old or another secret's. */
export async function decodeSession(cookie: string | undefined, secret: string): Promise<SessionToken | null> {
  if (!cookie) return null;
  try {
    return sessionToken.parse(await decode({ token: cookie, secret }));
  } catch {
    return null;
  }
}

/** One cookie of a Cookie header; of two with the same name the first, as browsers send the more exact one first. */
export function cookieOf(header: string | null, name: string): string | undefined {
  for (const [known, value] of pairsOf(header)) if (known === name) return value;
  return undefined;
}

/** All cookies of a Cookie header with their values decoded, as next-auth wrote them. */
export function cookiesOf(header: string | null): Record<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of pairsOf(header)) if (!found.has(name)) found.set(name, decoded(value));
  return Object.fromEntries(found);
}

function* pairsOf(header: string | null): Generator<[name: string, value: string]> {
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0) yield [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
