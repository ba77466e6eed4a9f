import { NextResponse, type NextRequest } from "next/server";
import { contentSecurityPolicy } from "@/server/api/content-security-policy";
import { readEnv } from "@/server/platform/env";

const env = readEnv();

/** Gives each page its nonce and each request an id; Next puts the nonce it finds in the request's policy on its own scripts. */
export function proxy(request: NextRequest): NextResponse {
  if (!isDecodable(request.nextUrl.pathname)) return new NextResponse("The address of this page is not valid: it holds a broken % sign.", { status: 400, headers: { "content-type": "text/plain; charset=utf-8" } });
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const given = request.headers.get("x-request-id");
  const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID();
  const policy = contentSecurityPolicy({
    nonce,
    host: request.headers.get("host") ?? "",
    socketUrl: env.NEXT_PUBLIC_WS_URL,
    development: env.NODE_ENV === "development",
  });

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-request-id", requestId);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-request-id", requestId);
  return response;
}

/** Next answers 500 to a path that cannot be decoded, so none gets there. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

// Files that never change, the socket, and the calls of the job engine, which are signed and may be large, go past.
export const config = { matcher: ["/((?!_next/static|_next/image|ws/|api/inngest|favicon|.*\\.(?:png|svg|ico|webp|woff2|txt)$).*)"] };
