import "server-only";
import { randomUUID } from "node:crypto";
import { systemCtx } from "@/server/runtime";
import type { RequestCtx } from "./procedures";

/** The context of one request. A caller's own request id is kept when it is plain, so that a trace can be followed across processes. */
export async function createRequestCtx(headers: Headers): Promise<RequestCtx> {
  const given = headers.get("x-request-id");
  const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  const origin = { address: "", userAgent: headers.get("user-agent")?.slice(0, 400) ?? "", place: "", requestId };
  return { ...systemCtx(), requestId, origin, caller: { kind: "guest" }, meter: async () => undefined };
}
