import { NextResponse, type NextRequest } from "next/server";
import { foreignRequest } from "@/server/api/foreign-request";
import { refreshSession, type RenewedCookie } from "@/server/api/refresh-session";
import { localPathOf } from "@/server/domain/account/local-path";

function withCookie(response: NextResponse, cookie: RenewedCookie | null): NextResponse {
  if (cookie) response.cookies.set(cookie.name, cookie.value, cookie.options);
  response.headers.set("cache-control", "private, no-store");
  return response;
}

/** The way of a page whose access has run out: here for a new cookie, and back. */
export async function GET(request: NextRequest): Promise<Response> {
  const to = localPathOf(request.nextUrl.searchParams.get("to"));
  try {
    return withCookie(new NextResponse(null, { status: 307, headers: { location: to } }), await refreshSession(request.headers));
  } catch {
    // Going back without a new cookie would lead here again.
    return new NextResponse("The database cannot be reached. Nothing was lost; load the page again in a moment.\n", { status: 503, headers: { "content-type": "text/plain; charset=utf-8", "retry-after": "5", "cache-control": "no-store" } });
  }
}

/** The same for calls of a page that is open. */
export async function POST(request: NextRequest): Promise<Response> {
  const refused = foreignRequest(request.headers);
  if (refused) return refused;
  try {
    return withCookie(new NextResponse(null, { status: 204 }), await refreshSession(request.headers));
  } catch {
    return new NextResponse(null, { status: 503, headers: { "retry-after": "5" } });
  }
}
