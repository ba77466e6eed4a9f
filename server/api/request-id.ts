import { randomUUID } from "node:crypto";

/** A caller's own request id is kept when it is plain, so that a trace can be followed across processes. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}
