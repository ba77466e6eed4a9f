import { API_SCOPES } from "@/server/domain/account/api-key-format";
import { AppError } from "@/server/domain/app-error";
import { findSession } from "@/server/services/account/find-session";
import { findApiKeyOwner } from "@/server/services/api-key/find-api-key-owner";
import type { Caller, Ctx, Origin, UserId } from "@/server/services/ctx";
import type { RestCtx } from "./handle-rest";
import { createRequestMeter } from "./request-meter";
import { noteRefusal } from "./note-refusal";
import { isAccessToken, openAccessToken } from "./rest-token";

/** A login acts as the person in everything but what admins do, for which there are keys. */
const LOGIN_SCOPES = API_SCOPES.filter((scope) => scope !== "admin");

/** The context of one request from a program, which opens with a key or the access token of a login: cookies are not looked at. Without either it is a guest's. */
export async function restCtxOf(system: Ctx, headers: Headers, origin: Origin): Promise<RestCtx> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  const shown = bearer ?? headers.get("x-api-key");
  if (!shown && headers.has("authorization")) throw new AppError("UNAUTHENTICATED", "Authorization: Bearer, followed by an API key", { field: "Authorization" });
  const found = !shown ? guest() : isAccessToken(shown) ? await loginOf(system, shown) : await keyOf(system, shown);
  // Guessing keys costs the address what a guest's reads cost.
  if ("refusal" in found) await createRequestMeter({ ...system, ...guest(), origin }, "api").meter("other");
  if ("refusal" in found && !isAccessToken(shown ?? "")) await noteRefusal({ ...system, ...guest(), origin }, { what: "API key", reason: "UNAUTHENTICATED" });
  if ("refusal" in found) throw found.refusal;
  const ctx = { ...system, requestId: origin.requestId, origin, caller: found.caller };
  return { ...ctx, ...createRequestMeter(ctx, "api"), allowedOrigins: found.allowedOrigins };
}

type Found = { caller: Caller; allowedOrigins: readonly string[] } | { refusal: AppError };

const guest = () => ({ caller: { kind: "guest" as const }, allowedOrigins: [] });

async function keyOf(system: Ctx, key: string): Promise<Found> {
  const owner = await findApiKeyOwner(system, key);
  if (!owner) return { refusal: new AppError("UNAUTHENTICATED", "This API key is unknown, ended or revoked", { field: "Authorization" }) };
  return { caller: { kind: "key", keyId: owner.keyId, scopes: owner.scopes, user: { ...owner, id: owner.userId as UserId } }, allowedOrigins: owner.allowedOrigins };
}

async function loginOf(system: Ctx, token: string): Promise<Found> {
  const ended = new AppError("UNAUTHENTICATED", "This login has ended; sign in again", { field: "Authorization", reason: "LOGIN_ENDED" });
  const ticket = openAccessToken(system, token);
  if (!ticket) return { refusal: ended };
  if (ticket.accessUntil <= system.now().getTime()) return { refusal: new AppError("UNAUTHENTICATED", "This access token has run out; exchange the refresh token", { field: "Authorization", reason: "ACCESS_STALE" }) };
  const session = await findSession(system, ticket);
  if (!session || session.impersonatorId !== null) return { refusal: ended };
  const { user, sessionId, steppedUpAt } = session;
  const { id, role, secondFactor, tier, requestsPerHour, locale, timeZone } = user;
  return { caller: { kind: "login", user: { id: id as UserId, role, secondFactor, tier, requestsPerHour, locale, timeZone }, sessionId, steppedUpAt, impersonatorId: null, scopes: LOGIN_SCOPES }, allowedOrigins: [] };
}
