import "server-only";
import type { Account, AuthOptions, Profile, User } from "next-auth";
import AppleProvider from "next-auth/providers/apple";
import CredentialsProvider from "next-auth/providers/credentials";
import GitHubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import { ZodError, z } from "zod";
import { code, oauthProvider, signInInput } from "@/server/contracts/account";
import { refusalOf } from "@/server/domain/account/access";
import { localPathOf } from "@/server/domain/account/local-path";
import { AppError } from "@/server/domain/app-error";
import { findSession, type SessionTicket } from "@/server/services/account/find-session";
import { signIn } from "@/server/services/account/sign-in";
import { finishProviderSignIn, signInWithProvider, type ProviderProfile } from "@/server/services/account/sign-in-with-provider";
import { signOut } from "@/server/services/account/sign-out";
import { providerKeys } from "./configured-providers";
import type { RequestCtx } from "./procedures";
import { refuseEvenly } from "./refuse-evenly";
import { createRequestCtx } from "./request-ctx";
import { cookieOf, decodeSession, freshToken, isSecureSite, REFRESH_LASTS_MS, sessionCookieName, sessionCookieOptions, type SessionToken } from "./session-cookie";

/** What goes from the proof of a person to the making of their cookie. */
type SignedIn = User & { ticket?: SessionTicket };

const credentials = z.union([z.object({ halfWay: z.string().min(20).max(2_000), code }), z.object({ email: z.string(), password: z.string(), code: z.string(), newPassword: z.string() }).partial()]);

/** The settings of next-auth for one request: it proves people and sets cookies; sessions, people and rules are ours. */
export async function authOptions(headers: Headers): Promise<AuthOptions> {
  const { ctx, present } = await doorCtx(headers);
  const { site } = ctx;
  const [google, apple, github] = [providerKeys("google"), providerKeys("apple"), providerKeys("github")];
  return {
    secret: site.secret,
    useSecureCookies: isSecureSite(site.url),
    session: { strategy: "jwt", maxAge: REFRESH_LASTS_MS / 1000 },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/" },
    cookies: {
      sessionToken: { name: sessionCookieName(site.url), options: sessionCookieOptions(site.url) },
      // Apple answers by a POST from its own site, to which the browser adds no lax cookie.
      ...(isSecureSite(site.url) && apple && { pkceCodeVerifier: { name: "__Secure-next-auth.pkce.code_verifier", options: { httpOnly: true, sameSite: "none" as const, path: "/", secure: true, maxAge: 900 } } }),
    },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {}, code: {}, newPassword: {}, halfWay: {} },
        authorize: (given) => refuseEvenly(() => reasoned(ctx, async () => {
          await ctx.meter("sign-in");
          const ticket = await proved(ctx, credentials.parse(given ?? {}), present?.sessionId ?? null);
          return { id: ticket.userId, ticket } satisfies SignedIn;
        })),
      }),
      ...(google ? [GoogleProvider(google)] : []),
      ...(apple ? [AppleProvider(apple)] : []),
      ...(github ? [GitHubProvider(github)] : []),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.type !== "oauth") return true;
        const done = await reasoned(ctx, async () => {
          await ctx.meter("sign-in");
          return signInWithProvider(ctx, await profileOf(account, profile, user), present);
        });
        if ("halfWay" in done) return `/sign-in?halfWay=${encodeURIComponent(done.halfWay)}`;
        (user as SignedIn).ticket = done.session;
        return true;
      },
      // Nothing of the person stands in the cookie.
      jwt({ token, user }) {
        const ticket = (user as SignedIn | undefined)?.ticket;
        return ticket ? freshToken(ticket, ctx.now()) : token;
      },
      redirect: ({ url }) => `${site.url}${localPathOf(url.startsWith(`${site.url}/`) ? url.slice(site.url.length) : url)}`,
    },
    events: {
      async signOut({ token }) {
        const { sessionId } = (token ?? {}) as Partial<SessionToken>;
        if (sessionId) await signOut(ctx, { sessionId });
      },
    },
    // Its details may hold what a provider sent.
    logger: {
      error: (event) => ctx.log.warn({ event: `next-auth ${event}`, requestId: ctx.requestId }),
      warn: (event) => ctx.log.warn({ event: `next-auth ${event}` }),
      debug: () => undefined,
    },
  };
}

/** A guest's context, whatever cookie came: a stale session must not stand between a person and signing in. Who was there is told besides. */
async function doorCtx(headers: Headers) {
  const withoutCookie = new Headers(headers);
  withoutCookie.delete("cookie");
  const ctx = await createRequestCtx(withoutCookie);
  const token = await decodeSession(cookieOf(headers.get("cookie"), sessionCookieName(ctx.site.url)), ctx.site.secret);
  const found = token ? await findSession(ctx, token) : null;
  if (!found || found.impersonatorId) return { ctx, present: null };
  const standing = { role: found.user.role, secondFactor: found.user.secondFactor, tier: found.user.tier, steppedUpAt: found.steppedUpAt, impersonated: false };
  return { ctx, present: { userId: found.user.id, sessionId: found.sessionId, steppedUp: refusalOf("recent", standing, { now: ctx.now(), writes: true }) === null } };
}

function proved(ctx: RequestCtx, given: z.infer<typeof credentials>, replaces: string | null) {
  if ("halfWay" in given && given.halfWay) return finishProviderSignIn(ctx, { halfWay: given.halfWay, code: given.code, replaces });
  const { email, password, code: typed, newPassword } = given as { email?: string; password?: string; code?: string; newPassword?: string };
  return signIn(ctx, { ...signInInput.parse({ email, password, code: typed || undefined, newPassword: newPassword || undefined }), replaces });
}

/** next-auth hands the message of an error on to the browser; it gets the reason's code, whose sentence stands in the messages. */
async function reasoned<T>(ctx: RequestCtx, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw new Error(typeof error.details.reason === "string" ? error.details.reason : error.code);
    if (error instanceof ZodError) throw new Error(error.issues.some(({ path }) => path[0] === "newPassword") ? "PASSWORD_WEAK" : error.issues.some(({ path }) => path[0] === "code") ? "CODE_REFUSED" : "SIGN_IN_REFUSED");
    ctx.log.error({ name: "sign-in", requestId: ctx.requestId, err: error });
    throw new Error("UNAVAILABLE");
  }
}

/** What a provider says of a person, and whether it says that it has checked the address. */
async function profileOf(account: Account, profile: (Profile & { email_verified?: unknown }) | undefined, user: User): Promise<ProviderProfile> {
  const provider = oauthProvider.parse(account.provider);
  const named = { provider, providerId: account.providerAccountId, name: typeof user.name === "string" ? user.name : null };
  if (provider === "github") return { ...named, ...(await githubAddress(account.access_token ?? "")) };
  const { email_verified: told } = profile ?? {};
  return { ...named, email: profile?.email ?? user.email ?? null, emailVerified: told === true || told === "true" };
}

const githubAddresses = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** GitHub's profile does not say whether its address is checked; the list of addresses does. */
async function githubAddress(accessToken: string): Promise<{ email: string | null; emailVerified: boolean }> {
  const answer = await fetch("https://api.github.com/user/emails", { headers: { authorization: `Bearer ${accessToken}`, accept: "application/vnd.github+json" }, signal: AbortSignal.timeout(10_000) });
  const list = answer.ok ? githubAddresses.safeParse(await answer.json()) : null;
  const primary = list?.success ? list.data.find((one) => one.primary) : undefined;
  return { email: primary?.email ?? null, emailVerified: primary?.verified ?? false };
}
