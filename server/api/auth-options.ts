import type { Account, AuthOptions, Profile, User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { ZodError, z } from "zod";
import { code, oauthProvider, personName, signInInput } from "@/server/contracts/account";
import { localPathOf } from "@/server/domain/account/local-path";
import { AppError } from "@/server/domain/app-error";
import type { Env } from "@/server/platform/env";
import type { SessionTicket } from "@/server/services/account/find-session";
import { linkProvider } from "@/server/services/account/link-provider";
import { signIn } from "@/server/services/account/sign-in";
import { finishProviderSignIn, signInWithProvider, type ProviderProfile } from "@/server/services/account/sign-in-with-provider";
import { signOut } from "@/server/services/account/sign-out";
import type { LinkIntent } from "./link-intent";
import { githubApiUrl, oauthClients } from "./oauth-clients";
import type { RequestCtx } from "./procedures";
import { refuseEvenly } from "./refuse-evenly";
import { freshToken, isSecureSite, REFRESH_LASTS_MS, sessionCookieName, sessionCookieOptions, type SessionToken } from "./session-cookie";

/** What goes from the proof of a person to the making of their cookie. */
type SignedIn = User & { ticket?: SessionTicket & { userId: string } };

export type AuthDoor = {
  /** A guest's, whatever cookie came. */
  ctx: RequestCtx;
  env: Env;
  /** The session that the browser has, which a new one replaces. */
  sessionId: string | null;
  /** Set when the answer of a provider is to be linked, not to sign in. */
  intent: LinkIntent | null;
  /** What a provider told of the name outside of its token. */
  toldName: string | null;
  /** Told who has signed in. */
  onSignIn: (userId: string) => void;
};

/** Where people link providers. */
export const LINKED_AT = "/settings/security";

const credentials = z.union([z.object({ halfWay: z.string().min(20).max(2_000), code }), z.object({ email: z.string(), password: z.string(), code: z.string(), newPassword: z.string() }).partial()]);

/** The settings of next-auth for one request: it proves people and sets cookies; sessions, people and rules are ours. */
export function authOptions({ ctx, env, sessionId, intent, toldName, onSignIn }: AuthDoor): AuthOptions {
  const { site } = ctx;
  return {
    secret: site.secret,
    useSecureCookies: isSecureSite(site.url),
    session: { strategy: "jwt", maxAge: REFRESH_LASTS_MS / 1000 },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/" },
    cookies: { sessionToken: { name: sessionCookieName(site.url), options: sessionCookieOptions(site.url) } },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {}, code: {}, newPassword: {}, halfWay: {} },
        authorize: (given) => refuseEvenly(() => reasoned(ctx, async () => {
          await ctx.meter("sign-in");
          const ticket = await proved(ctx, credentials.parse(given ?? {}), sessionId);
          return { id: ticket.userId, ticket } satisfies SignedIn;
        })),
      }),
      ...oauthClients(env, ctx.now()),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.type !== "oauth") return true;
        const done = await reasoned(ctx, async () => {
          await ctx.meter("sign-in");
          const told = await profileOf({ account, profile, user, toldName }, env);
          if (!intent) return signInWithProvider(ctx, told, sessionId);
          if (intent.sessionId !== sessionId) throw new AppError("UNAUTHENTICATED", "The session in which this was begun has ended", { reason: "LINK_ENDED" });
          await linkProvider(ctx, { userId: intent.userId, provider: told.provider, providerId: told.providerId });
          return { linked: told.provider };
        });
        if ("linked" in done) return `${LINKED_AT}?linked=${done.linked}`;
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
      signIn({ user }) {
        const { ticket } = user as SignedIn;
        if (ticket) onSignIn(ticket.userId);
      },
      async signOut({ token }) {
        const { sessionId: ended } = (token ?? {}) as Partial<SessionToken>;
        if (ended) await signOut(ctx, { sessionId: ended });
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

type Told = { account: Account; profile: (Profile & { email_verified?: unknown }) | undefined; user: User; toldName: string | null };

/** What a provider says of a person, and whether it says that it has checked the address. */
async function profileOf({ account, profile, user, toldName }: Told, env: Env): Promise<ProviderProfile> {
  const provider = oauthProvider.parse(account.provider);
  const named = { provider, providerId: account.providerAccountId, name: personName.catch("").parse((toldName ?? user.name ?? "").slice(0, 80)) || null };
  if (provider === "github") return { ...named, ...(await githubAddress(account.access_token ?? "", env)) };
  const { email_verified: told } = profile ?? {};
  return { ...named, email: profile?.email ?? null, emailVerified: told === true || told === "true" };
}

const githubAddresses = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** GitHub's profile does not say whether its address is checked; the list of addresses does. */
async function githubAddress(accessToken: string, env: Env): Promise<{ email: string | null; emailVerified: boolean }> {
  const answer = await fetch(`${githubApiUrl(env)}/user/emails`, { headers: { authorization: `Bearer ${accessToken}`, accept: "application/vnd.github+json" }, signal: AbortSignal.timeout(10_000) });
  const list = answer.ok ? githubAddresses.safeParse(await answer.json()) : null;
  const primary = list?.success ? list.data.find((one) => one.primary) : undefined;
  return { email: primary?.email ?? null, emailVerified: primary?.verified ?? false };
}
