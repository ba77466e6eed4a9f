import "server-only";
import { after } from "next/server";
import { clientAddressWarning } from "@/server/platform/client-address-warning";
import { readEnv } from "@/server/platform/env";
import { createLog } from "@/server/platform/log";
import { systemCtx } from "@/server/runtime";
import { findKeyOrigin } from "@/server/services/api-key/find-key-origin";
import type { Origin } from "@/server/services/ctx";
import { clientAddress } from "./client-address";
import { findCaller } from "./find-caller";
import type { RestCtx } from "./handle-rest";
import type { RequestCtx } from "./procedures";
import { createRequestMeter } from "./request-meter";
import { requestIdOf } from "./request-id";
import { restCtxOf } from "./rest-ctx";

const env = readEnv();

// Loaded when the server starts; a build loads it too, and serves nobody.
const warning = env.NEXT_PHASE === undefined ? clientAddressWarning(env) : null;
if (warning) createLog("web", env.LOG_LEVEL).warn({ event: "client addresses are not told", message: warning });

/** Where a request comes from. */
function originOf(headers: Headers, requestId = requestIdOf(headers)): Origin {
  const address = clientAddress(headers, { addressHeader: env.CLIENT_ADDRESS_HEADER, trustedProxies: env.TRUSTED_PROXIES });
  return { address, userAgent: headers.get("user-agent")?.slice(0, 400) ?? "", place: "", requestId };
}

let held = false;

/** Has the server, when it is told to end, wait until the requests counted in memory are written; one request waits for all of a batch. */
function holdUntilWritten(): void {
  if (held) return;
  held = true;
  after(async () => {
    await systemCtx().usage.written();
    held = false;
  });
}

/** The context of one request from a page, which opens with the session's cookie. */
export async function createRequestCtx(headers: Headers): Promise<RequestCtx> {
  holdUntilWritten();
  const origin = originOf(headers);
  const { requestId } = origin;
  const system = systemCtx();
  const ctx = { ...system, requestId, origin, caller: await findCaller(system, headers) };
  return { ...ctx, ...createRequestMeter(ctx, "app") };
}

/** The context of one request from a program. */
export function createApiKeyCtx(headers: Headers, requestId: string): Promise<RestCtx> {
  holdUntilWritten();
  return restCtxOf(systemCtx(), headers, originOf(headers, requestId));
}

/** Whether any key in force may be used by pages of this origin: all that a preflight, which carries no key, can be told by. */
export const isKnownOrigin = (origin: string | null): Promise<boolean> => (origin ? findKeyOrigin(systemCtx(), origin) : Promise.resolve(false));
