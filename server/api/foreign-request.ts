import { readEnv } from "@/server/platform/env";

const ownOrigin = new URL(readEnv().NEXTAUTH_URL).host;

/**
 * Refuses what a page of another site makes a browser send: the session cookie is lax, which keeps other sites away, but not other
 * ports and subdomains of this one. Programs send neither header and have no cookie to abuse.
 *
 * @returns the refusal, or null when the request may go on
 */
export function foreignRequest(headers: Headers): Response | null {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isOurs = (site === null || site === "same-origin" || site === "none") && (origin === null || [headers.get("host"), ownOrigin].includes(hostOf(origin)));
  if (isOurs) return null;
  const message = "This request comes from a page of another site";
  const error = { code: "FORBIDDEN", message, details: { reason: "FOREIGN_ORIGIN" }, requestId: headers.get("x-request-id") ?? "" };
  return Response.json({ error: { message, code: -32003, data: { code: "FORBIDDEN", httpStatus: 403, path: null, error } } }, { status: 403 });
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
