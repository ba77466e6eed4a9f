import { AppError } from "@/server/domain/app-error";
import { findApiKeyOwner } from "@/server/services/api-key/find-api-key-owner";
import type { Caller, Ctx, Origin, UserId } from "@/server/services/ctx";
import type { RestCtx } from "./handle-rest";
import { noteRefusal } from "./note-refusal";
import { createRequestMeter } from "./request-meter";

/** The context of one request from a program, which opens with a key alone: cookies are not looked at. Without a key it is a guest's. */
export async function restCtxOf(system: Ctx, headers: Headers, origin: Origin): Promise<RestCtx> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  const key = bearer ?? headers.get("x-api-key");
  if (!key && headers.has("authorization")) throw new AppError("UNAUTHENTICATED", "Authorization: Bearer, followed by an API key", { field: "Authorization" });
  const owner = key ? await findApiKeyOwner(system, key) : null;
  // Guessing keys costs the address what a guest's reads cost.
  if (key && !owner) await createRequestMeter({ ...system, caller: { kind: "guest" }, origin }, "api").meter("other");
  if (key && !owner) await noteRefusal({ ...system, caller: { kind: "guest" }, origin }, { what: "API key", reason: "UNAUTHENTICATED" });
  if (key && !owner) throw new AppError("UNAUTHENTICATED", "This API key is unknown, ended or revoked", { field: "Authorization" });
  const caller: Caller = owner ? { kind: "key", keyId: owner.keyId, scopes: owner.scopes, user: { ...owner, id: owner.userId as UserId } } : { kind: "guest" };
  const ctx = { ...system, requestId: origin.requestId, origin, caller };
  return { ...ctx, ...createRequestMeter(ctx, "api"), allowedOrigins: owner?.allowedOrigins ?? [] };
}
