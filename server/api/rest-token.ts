import { z } from "zod";
import { seal, unsealWithEither } from "@/server/platform/crypto";
import type { SessionTicket } from "@/server/services/account/find-session";
import type { Ctx } from "@/server/services/ctx";
import { freshToken } from "./session-cookie";

/** What tells a login's tokens from API keys, and the one from the other. */
const PREFIX = { access: "nxa_access_", refresh: "nxa_refresh_" } as const;
export const LOGIN_TOKEN_PATTERN = /^nxa_(access|refresh)_[0-9A-Za-z_-]{40,600}$/;

const ticket = z.object({ sessionId: z.uuid(), secret: z.string().min(20) });
const accessTicket = ticket.extend({ accessUntil: z.number() });

type Kind = keyof typeof PREFIX;

/** Sealed under a purpose of its own: a cookie of a browser opens as neither, and neither as a cookie. */
const sealed = (site: Ctx["site"], kind: Kind, content: unknown): string => PREFIX[kind] + seal(site.secret, `rest-${kind}`, JSON.stringify(content));

function opened<T>(site: Ctx["site"], kind: Kind, token: string, schema: z.ZodType<T>): T | null {
  if (!token.startsWith(PREFIX[kind]) || !LOGIN_TOKEN_PATTERN.test(token)) return null;
  const text = unsealWithEither(site, `rest-${kind}`, token.slice(PREFIX[kind].length));
  return text === null ? null : (schema.safeParse(JSON.parse(text)).data ?? null);
}

export const isAccessToken = (text: string): boolean => text.startsWith(PREFIX.access);

/** What a program that signs in gets: it shows the first with each call, and the second only to have both renewed. */
export function tokensOf({ site, now }: Pick<Ctx, "site" | "now">, { sessionId, secret }: SessionTicket) {
  const content = freshToken({ sessionId, secret }, now());
  return {
    accessToken: sealed(site, "access", content),
    refreshToken: sealed(site, "refresh", { sessionId, secret }),
    tokenType: "Bearer" as const,
    expiresAt: new Date(content.accessUntil).toISOString(),
  };
}

/** What an access token speaks of; null for one that is changed, of another kind or another installation's. Whether it has run out is the caller's to ask. */
export const openAccessToken = ({ site }: Pick<Ctx, "site">, token: string) => opened(site, "access", token, accessTicket);

export const openRefreshToken = ({ site }: Pick<Ctx, "site">, token: string): SessionTicket | null => opened(site, "refresh", token, ticket);
