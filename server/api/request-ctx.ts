import "server-only";
import { randomUUID } from "node:crypto";
import { readEnv } from "@/server/platform/env";
import { systemCtx } from "@/server/runtime";
import { clientAddress } from "./client-address";
import { findCaller } from "./find-caller";
import type { RequestCtx } from "./procedures";
import { createRequestMeter } from "./request-meter";

const env = readEnv();

/** The context of one request from a page. A caller's own request id is kept when it is plain, so that a trace can be followed across processes. */
export async function createRequestCtx(headers: Headers): Promise<RequestCtx> {
  const given = headers.get("x-request-id");
  const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  const address = clientAddress(headers, { addressHeader: env.CLIENT_ADDRESS_HEADER, trustedProxies: env.TRUSTED_PROXIES });
  const origin = { address, userAgent: headers.get("user-agent")?.slice(0, 400) ?? "", place: "", requestId };
  const system = systemCtx();
  const ctx = { ...system, requestId, origin, caller: await findCaller(system, headers) };
  return { ...ctx, ...createRequestMeter(ctx, "app") };
}
