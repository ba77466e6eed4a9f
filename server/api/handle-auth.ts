import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { oauthProvider, type OauthProvider } from "@/server/contracts/account";
import { refusalOf } from "@/server/domain/account/access";
import { AppError } from "@/server/domain/app-error";
import { readEnv, type Env } from "@/server/platform/env";
import { findSession } from "@/server/services/account/find-session";
import { authOptions, LINKED_AT } from "./auth-options";
import { boundedBody } from "./bounded-body";
import { foreignRequest } from "./foreign-request";
import { formPostAnswer, formPostName } from "./form-post-answer";
import { knownBrowserCookie, knownBrowserOf } from "./known-browser-cookie";
import { droppedLinkIntent, linkIntentCookie, linkIntentOf, type LinkIntent } from "./link-intent";
import type { RequestCtx } from "./procedures";
import { cookieOf, cookiesOf, decodeSession, sessionCookieName } from "./session-cookie";

/**
 * What a browser needs of next-auth. Its `session` would hand the cookie on as it came and so overwrite one that was just renewed;
 * renewing is done by ../refresh, and who is signed in is told by account.getMe.
 */
const SERVED: Record<string, readonly string[]> = { GET: ["csrf", "callback", "error", "signin"], POST: ["signin", "callback", "signout"] };
/** The one provider that answers by a form. */
const ANSWERS_BY_FORM = "apple";

type Deps = { createCtx: (headers: Headers) => Promise<RequestCtx>; env?: Env };
type Exchange = { request: Request; action: string; named: string | undefined; form: URLSearchParams };

/** Answers what stands below /api/auth: next-auth proves people by password and by provider, and sets the cookies. */
export async function handleAuth(request: Request, [action = "", named]: readonly string[], { createCtx, env = readEnv() }: Deps): Promise<Response> {
  const byForm = action === "callback" && named === ANSWERS_BY_FORM;
  const served = SERVED[request.method]?.includes(action) && (request.method === "GET" || action !== "callback" || named === "credentials" || byForm);
  if (!served) return failed(404, "NOT_FOUND", "No such address");
  if (request.method === "POST" && !byForm) {
    const refused = foreignRequest(request.headers);
    if (refused) return refused;
  }
  // next-auth reads a body to its end, however long.
  const body = request.method === "POST" ? await boundedBody(request) : { text: "" };
  if ("fault" in body) {
    const response = failed(body.fault.status, body.fault.code, body.fault.message);
    response.headers.set("connection", "close");
    return response;
  }
  const { ctx, present } = await arrival(request.headers, createCtx);
  const response = await answered({ request, action, named, form: new URLSearchParams(body.text) }, { ctx, present, env });
  response.headers.set("cache-control", "private, no-store");
  return response;
}

const failed = (status: number, code: string, message: string) => Response.json({ error: { code, message } }, { status });

type Present = { userId: string; sessionId: string; steppedUp: boolean } | null;
type At = { ctx: RequestCtx; present: Present; env: Env };

async function answered(exchange: Exchange, at: At): Promise<Response> {
  const { request, action, named, form } = exchange;
  const { ctx, present } = at;
  const provider = oauthProvider.safeParse(named).data;
  if (action === "callback" && provider) {
    if (request.method === "POST") return formPostAnswer(ctx, new URL(request.url).pathname, form);
    return providerAnswered(exchange, provider, at);
  }
  if (action !== "signin" || request.method !== "POST" || !provider) return byNextAuth(exchange, at, null);
  const refused = (reason: string, init: ResponseInit) => Response.json({ url: `${ctx.site.url}/sign-in?error=${reason}` }, init);
  try {
    // Each may ask the provider where it leads.
    await ctx.meter("other");
  } catch (error) {
    if (error instanceof AppError) return refused(error.code, { status: 429, headers: ctx.limitHeaders() });
    throw error;
  }
  if (form.get("link") !== "true") return byNextAuth(exchange, at, null);
  // Before the way to the provider, so that nobody comes back from there to a refusal.
  if (!present?.steppedUp) return refused("STEP_UP_NEEDED", { status: 403 });
  const response = await byNextAuth(exchange, at, null);
  const state = await stateGiven(response);
  if (state) response.headers.append("set-cookie", linkIntentCookie(ctx, { provider, state, sessionId: present.sessionId, userId: present.userId }));
  return response;
}

/** A provider's answer signs in, unless the browser had left to link: then it ends where it began, whatever came of it. */
async function providerAnswered(exchange: Exchange, provider: OauthProvider, at: At): Promise<Response> {
  const { request } = exchange;
  const intent = linkIntentOf(at.ctx, request.headers, { provider, state: new URL(request.url).searchParams.get("state") ?? "" });
  const response = await byNextAuth(exchange, at, intent);
  if (!intent) return response;
  response.headers.append("set-cookie", droppedLinkIntent(at.ctx));
  const location = response.headers.get("location");
  const error = location && URL.canParse(location) ? new URL(location).searchParams.get("error") : null;
  if (error !== null) response.headers.set("location", `${LINKED_AT}?error=${encodeURIComponent(error)}`);
  return response;
}

/** The state in the address to which the browser is sent. */
async function stateGiven(response: Response): Promise<string | null> {
  const told = response.headers.get("location") ?? ((await response.clone().json().catch(() => null)) as { url?: string } | null)?.url ?? "";
  return URL.canParse(told) ? new URL(told).searchParams.get("state") : null;
}

/** Who is there, beside a guest's context: a stale session must not stand between a person and signing in. */
async function arrival(headers: Headers, createCtx: Deps["createCtx"]): Promise<{ ctx: RequestCtx; present: Present }> {
  const withoutCookie = new Headers(headers);
  withoutCookie.delete("cookie");
  const given = await createCtx(withoutCookie);
  const ctx = { ...given, origin: { ...given.origin, knownBrowser: knownBrowserOf(given, headers) } };
  const token = await decodeSession(cookieOf(headers.get("cookie"), sessionCookieName(ctx.site.url)), ctx.site.secret);
  const found = token ? await findSession(ctx, token) : null;
  if (!found || found.impersonatorId) return { ctx, present: null };
  const standing = { role: found.user.role, secondFactor: found.user.secondFactor, tier: found.user.tier, steppedUpAt: found.steppedUpAt, impersonated: false };
  return { ctx, present: { userId: found.user.id, sessionId: found.sessionId, steppedUp: refusalOf("recent", standing, { now: ctx.now(), writes: true }) === null } };
}

/** next-auth's handler for requests that are read already: it takes no headers and cookies out of the air, so that a test runs it as the app does. */
async function byNextAuth({ request, action, named, form }: Exchange, { ctx, present, env }: At, intent: LinkIntent | null): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const { user, ...given } = Object.fromEntries(searchParams);
  const incoming = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    cookies: cookiesOf(request.headers.get("cookie")),
    // What stands in the address of a sign-in would otherwise be handed on to the provider.
    query: { ...(request.method === "GET" && given), nextauth: named === undefined ? [action] : [action, named] },
    body: request.method === "POST" ? Object.fromEntries(form) : undefined,
  };
  const { response, outgoing } = collector();
  let signedIn: string | null = null;
  const toldName = action === "callback" && named === ANSWERS_BY_FORM ? formPostName(ctx, user ?? null) : null;
  await NextAuth(incoming as unknown as NextApiRequest, outgoing as unknown as NextApiResponse, authOptions({ ctx, env, sessionId: present?.sessionId ?? null, intent, toldName, onSignIn: (userId) => (signedIn = userId) }));
  const answer = response();
  if (signedIn !== null) answer.headers.append("set-cookie", knownBrowserCookie(ctx, signedIn));
  return answer;
}

function collector() {
  const headers = new Headers();
  let cookies: string[] = [];
  let status = 200;
  let body: string | null = null;
  const outgoing = {
    status: (code: number) => ((status = code), outgoing),
    getHeader: (name: string) => (name.toLowerCase() === "set-cookie" ? cookies : (headers.get(name) ?? undefined)),
    setHeader: (name: string, value: string | string[]) => {
      if (name.toLowerCase() === "set-cookie") cookies = [value].flat();
      else headers.set(name, String(value));
      return outgoing;
    },
    json: (value: unknown) => {
      headers.set("content-type", "application/json");
      body = JSON.stringify(value);
    },
    send: (value: unknown) => (typeof value === "object" && value !== null ? outgoing.json(value) : void (body = value === undefined ? null : String(value))),
    end: () => undefined,
  };
  const response = () => {
    for (const cookie of cookies) headers.append("set-cookie", cookie);
    return new Response(body, { status, headers });
  };
  return { response, outgoing };
}
