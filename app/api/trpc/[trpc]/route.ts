import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter, isOpenToGuests } from "@/server/api/app-router";
import { boundedBody } from "@/server/api/bounded-body";
import { foreignRequest } from "@/server/api/foreign-request";
import { PERSONAL, readCacheControl, withEntityTag } from "@/server/api/public-read-cache";
import { createRequestCtx } from "@/server/api/request-ctx";

// The browser asks for twelve things at once and no more. A query too long for an address, such as a scenario of many shocks, may be posted.
const answer = (req: Request) =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    allowMethodOverride: true,
    maxBatchSize: 12,
    createContext: () => createRequestCtx(req.headers),
    responseMeta({ ctx, eagerGeneration, errors, paths, type }) {
      const cacheControl = readCacheControl({ request: req, streamed: eagerGeneration, failed: errors.length > 0, open: type === "query" && isOpenToGuests(paths ?? []) });
      // What is left of one reader's budget would be told to the others.
      return { headers: { ...(cacheControl === PERSONAL && ctx?.limitHeaders()), "cache-control": cacheControl } };
    },
  });

const get = async (req: Request) => withEntityTag(req, await answer(req));

async function post(req: Request): Promise<Response> {
  // Only a POST changes anything.
  const foreign = foreignRequest(req.headers);
  if (foreign) return foreign;
  const body = await boundedBody(req);
  if ("text" in body) return answer(new Request(req.url, { method: req.method, headers: req.headers, body: body.text, signal: req.signal }));
  const { status, code, message } = body.fault;
  const error = { code, message, details: { field: "body" }, requestId: req.headers.get("x-request-id") ?? "" };
  return Response.json({ error: { message, code: -32600, data: { code, httpStatus: status, path: null, error } } }, { status, headers: { connection: "close" } });
}

export { get as GET, post as POST };
