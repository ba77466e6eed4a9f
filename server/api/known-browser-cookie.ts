import { KNOWN_BROWSER_LASTS_MS, makeKnownBrowser } from "@/server/services/account/known-browser";
import type { Ctx } from "@/server/services/ctx";
import { cookieOf, isSecureSite } from "./session-cookie";

const nameOf = (siteUrl: string) => `${isSecureSite(siteUrl) ? "__Secure-" : ""}next-auth.known-browser`;

/** Has a browser known as this person's. Sent to the door alone: pages of guests stay the same for all. */
export const knownBrowserCookie = (ctx: Pick<Ctx, "site" | "now">, userId: string): string =>
  `${nameOf(ctx.site.url)}=${makeKnownBrowser(ctx, userId)}; Path=/api/auth; HttpOnly; SameSite=Lax; Max-Age=${KNOWN_BROWSER_LASTS_MS / 1000}${isSecureSite(ctx.site.url) ? "; Secure" : ""}`;

export const knownBrowserOf = ({ site }: Pick<Ctx, "site">, headers: Headers): string | undefined => cookieOf(headers.get("cookie"), nameOf(site.url));
