import { z } from "zod";
import { oauthProvider, type OauthProvider } from "@/server/contracts/account";
import { sameText, seal, unseal } from "@/server/platform/crypto";
import type { Ctx } from "@/server/services/ctx";
import { cookieOf, isSecureSite } from "./session-cookie";

/** As long as a fresh proof of the person holds. */
const LASTS_MS = 10 * 60_000;
const PURPOSE = "link-provider";

const linkIntent = z.object({ provider: oauthProvider, state: z.string().min(20), sessionId: z.uuid(), userId: z.uuid(), until: z.number() });
/** That a person, in a session and after a fresh proof, asked to link a provider; without it a provider's answer only signs in. */
export type LinkIntent = z.infer<typeof linkIntent>;

const nameOf = (siteUrl: string) => `${isSecureSite(siteUrl) ? "__Host-" : ""}next-auth.link`;
const cookie = (siteUrl: string, value: string, maxAgeMs: number) => `${nameOf(siteUrl)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${Math.floor(maxAgeMs / 1000)}${isSecureSite(siteUrl) ? "; Secure" : ""}`;

/** Keeps the intent in the browser, sealed and bound to the state of this one way to the provider, which serves once. */
export function linkIntentCookie(ctx: Pick<Ctx, "now" | "site">, given: Omit<LinkIntent, "until">): string {
  const intent: LinkIntent = { ...given, until: ctx.now().getTime() + LASTS_MS };
  return cookie(ctx.site.url, seal(ctx.site.secret, PURPOSE, JSON.stringify(intent)), LASTS_MS);
}

export const droppedLinkIntent = (ctx: Pick<Ctx, "site">): string => cookie(ctx.site.url, "", 0);

/** The intent with which the browser left for the provider that now answers; null when it came to sign in, or left for something else. */
export function linkIntentOf(ctx: Pick<Ctx, "now" | "site">, headers: Headers, { provider, state }: { provider: OauthProvider; state: string }): LinkIntent | null {
  const text = unseal(ctx.site.secret, PURPOSE, cookieOf(headers.get("cookie"), nameOf(ctx.site.url)) ?? "");
  const intent = text === null ? null : linkIntent.parse(JSON.parse(text));
  return intent && intent.provider === provider && sameText(intent.state, state) && intent.until > ctx.now().getTime() ? intent : null;
}
