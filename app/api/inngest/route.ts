import { serve } from "inngest/next";
import { NextRequest } from "next/server";
import { functions } from "@/inngest";
import { inngest } from "@/inngest/inngest-client";
import { boundedBody } from "@/server/api/bounded-body";

export const dynamic = "force-dynamic";

/** The results of a run's steps come with each call; Inngest keeps them below this. */
const STATE_AT_MOST_BYTES = 4 * 1024 * 1024;

const engine = serve({ client: inngest, functions, enableUnauthedSync: false });

/** Anybody can call before a signature is looked at, so the body is bounded first. */
const bounded = (handler: typeof engine.POST): typeof engine.POST => async (request, context) => {
  const body = await boundedBody(request, { atMostBytes: STATE_AT_MOST_BYTES });
  if ("fault" in body) return Response.json({ code: body.fault.code, message: body.fault.message }, { status: body.fault.status });
  return handler(new NextRequest(request.url, { method: request.method, headers: request.headers, body: body.text }), context);
};

export const { GET } = engine;
export const POST = bounded(engine.POST);
export const PUT = bounded(engine.PUT);
