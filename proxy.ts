import { NextResponse, type NextRequest } from "next/server";
import { PREFERENCE_COOKIES, localeOf } from "@/components/app-shell/preferences";
import { contentSecurityPolicy, type PolicyInput } from "@/server/api/content-security-policy";
import { isFresh } from "@/server/api/entity-tag";
import { prerenderedPages, type PrerenderedPage } from "@/server/api/prerendered-page";
import { PER_REQUEST, isInternalPage, publicPageAt, publicPageCacheControl, type PublicPage } from "@/server/api/public-pages";
import { refreshPathOf, SESSION_COOKIE } from "@/server/api/stale-session";
import { readEnv } from "@/server/platform/env";

const env = readEnv();
const prerendered = prerenderedPages(env.NEXT_DIST_DIR);
const development = env.NODE_ENV === "development";

/** Gives each page its content security policy and each request an id, and leads a public page to the one that was made at build time. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname } = request.nextUrl;
  if (!isDecodable(pathname)) return new NextResponse("The address of this page is not valid: it holds a broken % sign.", { status: 400, headers: { "content-type": "text/plain; charset=utf-8" } });
  if (isInternalPage(pathname)) return perRequest(request, "/no-such-page");
  const publicPage = publicPageAt(pathname);
  if (!publicPage) return (await toRefresh(request)) ?? perRequest(request, null);
  if (request.method !== "GET" && request.method !== "HEAD") return new NextResponse(null, { status: 405, headers: { allow: "GET, HEAD" } });
  const page = development ? null : prerendered(publicPage, localeOf(request.cookies.get(PREFERENCE_COOKIES.locale)?.value, request.headers.get("accept-language")));
  // Where the build cannot be read its scripts are not known: the page is then made anew with a nonce, and kept by nobody.
  return page ? fromBuild(request, page) : perRequest(request, twinOf(publicPage));
}

/** Leads a page whose session has to be renewed to the route that can; calls to the API are told so and do it themselves. */
async function toRefresh(request: NextRequest): Promise<NextResponse | null> {
  const { pathname, search } = request.nextUrl;
  const cookie = request.cookies.get(SESSION_COOKIE)?.value;
  if (!cookie || request.method !== "GET" || /^\/(?:api|health)(?:\/|$)/.test(pathname)) return null;
  const path = await refreshPathOf(cookie, { path: `${pathname}${search}`, now: new Date() });
  return path === null ? null : NextResponse.redirect(new URL(path, request.nextUrl), 307);
}

const twinOf = (page: PublicPage) => `${PER_REQUEST}${page === "/" ? "" : page}`;

/** The same bytes for everybody who reads this language: no nonce, no request id, and the scripts by their hashes. Next would write a `Vary` of its own over this one, so they are sent from here. */
function fromBuild(request: NextRequest, { path, html, etag, scriptHashes }: PrerenderedPage): NextResponse {
  // A link followed within the public pages asks for the parts of the page that differ; those Next has.
  if (request.headers.has("rsc")) return NextResponse.rewrite(elsewhere(request, path), { headers: { "cache-control": "private, no-cache" } });
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policyOf(request, { hashes: scriptHashes }),
    "cache-control": publicPageCacheControl({ cookies: request.headers.has("cookie") }),
    vary: "rsc, Accept-Language, Cookie",
    etag,
  };
  return isFresh(request.headers.get("if-none-match"), etag) ? new NextResponse(null, { status: 304, headers }) : new NextResponse(html, { headers });
}

/** Next puts the nonce it finds in the request's policy on its own scripts. */
function perRequest(request: NextRequest, path: string | null): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const given = request.headers.get("x-request-id");
  const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID();
  const policy = policyOf(request, { nonce });

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-request-id", requestId);
  headers.set("content-security-policy", policy);
  const response = path === null ? NextResponse.next({ request: { headers } }) : NextResponse.rewrite(elsewhere(request, path), { request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-request-id", requestId);
  return response;
}

const policyOf = (request: NextRequest, scripts: PolicyInput["scripts"]) => contentSecurityPolicy({ scripts, host: request.headers.get("host") ?? "", socketUrl: env.NEXT_PUBLIC_WS_URL, development });

function elsewhere(request: NextRequest, path: string): URL {
  const url = request.nextUrl.clone();
  url.pathname = path;
  return url;
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
// So does the public API, which gives its own ids and needs no nonce. A path with a % may be broken, and is looked at.
export const config = { matcher: ["/((?!_next/static|_next/image|ws/|api/inngest|api/v1/[^%]*$|favicon|.*\\.(?:png|svg|ico|webp|woff2|txt)$).*)"] };
