import { createHash } from "node:crypto";
import { readEnv } from "@/server/platform/env";
import { openapiDocument } from "./openapi";

let made: { text: string; etag: string } | null = null;

/** The same bytes until the next version: written out once per process, open to every origin, since it holds nothing of anybody. */
export function openapiResponse(req: Request): Response {
  const env = readEnv();
  made ??= (() => {
    const text = JSON.stringify(openapiDocument({ serverUrl: env.NEXTAUTH_URL.replace(/\/$/, ""), version: env.APP_VERSION }));
    return { text, etag: `W/"${createHash("sha1").update(text).digest("base64url")}"` };
  })();
  const headers = { etag: made.etag, "cache-control": "public, max-age=0, s-maxage=300, stale-while-revalidate=3600", "access-control-allow-origin": "*", "content-type": "application/vnd.oai.openapi+json;version=3.1" };
  if (req.headers.get("if-none-match")?.includes(made.etag)) return new Response(null, { status: 304, headers });
  return new Response(made.text, { headers });
}
