import NextAuth from "next-auth";
import { NextRequest } from "next/server";
import { authOptions } from "@/server/api/auth-options";
import { boundedBody } from "@/server/api/bounded-body";
import { foreignRequest } from "@/server/api/foreign-request";

type Params = { params: Promise<{ nextauth: string[] }> };

/**
 * What a browser needs of next-auth. Its `session` would hand the cookie on as it came and so overwrite one that was just renewed;
 * renewing is done by ../refresh, and who is signed in is told by account.getMe.
 */
const SERVED: Record<string, readonly string[]> = { GET: ["csrf", "callback", "error", "signin"], POST: ["signin", "callback", "signout"] };

async function handler(request: NextRequest, context: Params): Promise<Response> {
  const [action = "", provider] = (await context.params).nextauth;
  if (!SERVED[request.method]?.includes(action)) return Response.json({ error: { code: "NOT_FOUND", message: "No such address" } }, { status: 404 });
  // A provider answers from its own site; that answer has a state or a proof key of its own.
  const fromProvider = action === "callback" && provider !== "credentials";
  if (request.method === "POST" && !fromProvider) {
    const refused = foreignRequest(request.headers);
    if (refused) return refused;
  }
  // next-auth reads a body to its end, however long.
  const body = request.method === "POST" ? await boundedBody(request) : { text: undefined };
  if ("fault" in body) return Response.json({ error: { code: body.fault.code, message: body.fault.message } }, { status: body.fault.status, headers: { connection: "close" } });
  const bounded = new NextRequest(request.url, { method: request.method, headers: request.headers, body: body.text });
  const response = (await NextAuth(bounded, context, await authOptions(request.headers))) as Response;
  response.headers.set("cache-control", "private, no-store");
  return response;
}

export { handler as GET, handler as POST };
