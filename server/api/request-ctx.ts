import "server-only";
import { randomUUID } from "node:crypto";
import { AppError } from "@/server/domain/app-error";
import { readEnv } from "@/server/platform/env";
import { systemCtx } from "@/server/runtime";
import { findApiKeyOwner } from "@/server/services/api-key/find-api-key-owner";
import { findKeyOrigin } from "@/server/services/api-key/find-key-origin";
import type { Caller, Origin, UserId } from "@/server/services/ctx";
import { clientAddress } from "./client-address";
import { findCaller } from "./find-caller";
import type { RestCtx } from "./handle-rest";
import type { RequestCtx } from "./procedures";
import { createRequestMeter } from "./request-meter";

const env = readEnv();

/** Where a request comes from. A caller's own request id is kept when it is plain, so that a trace can be followed across processes. */
function originOf(headers: Headers): Origin {
  const given = headers.get("x-request-id");
  const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  const address = clientAddress(headers, { addressHeader: env.CLIENT_ADDRESS_HEADER, trustedProxies: env.TRUSTED_PROXIES });
  return { address, userAgent: headers.get("user-agent")?.slice(0, 400) ?? "", place: "", requestId };
}

/** The context of one request from a page, which opens with the session's cookie. */
export async function createRequestCtx(headers: Headers): Promise<RequestCtx> {
  const origin = originOf(headers);
  const { requestId } = origin;
  const system = systemCtx();
  const ctx = { ...system, requestId, origin, caller: await findCaller(system, headers) };
  return { ...ctx, ...createRequestMeter(ctx, "app") };
}

/** The context of one request from a program, which opens with a key alone: cookies are not looked at. Without a key it is a guest's. */
export async function createApiKeyCtx(headers: Headers): Promise<RestCtx> {
  const origin = originOf(headers);
  const system = systemCtx();
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  const key = bearer ?? headers.get("x-api-key");
  if (!key && headers.has("authorization")) throw new AppError("UNAUTHENTICATED", "Authorization: Bearer, followed by an API key", { field: "Authorization" });
  const owner = key ? await findApiKeyOwner(system, key) : null;
  if (key && !owner) throw new AppError("UNAUTHENTICATED", "This API key is unknown, ended or revoked", { field: "Authorization" });
  const caller: Caller = owner ? { kind: "key", keyId: owner.keyId, scopes: owner.scopes, user: { ...owner, id: owner.userId as UserId } } : { kind: "guest" };
  const ctx = { ...system, requestId: origin.requestId, origin, caller };
  return { ...ctx, ...createRequestMeter(ctx, "api"), allowedOrigins: owner?.allowedOrigins ?? [] };
}

/** Whether any key in force may be used by pages of this origin: all that a preflight, which carries no key, can be told by. */
export const isKnownOrigin = (origin: string | null): Promise<boolean> => (origin ? findKeyOrigin(systemCtx(), origin) : Promise.resolve(false));
