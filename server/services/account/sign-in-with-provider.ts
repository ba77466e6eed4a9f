import type { Prisma, User } from "@/prisma/generated/client";
import type { OauthProvider } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { seal, unseal } from "@/server/platform/crypto";
import type { GuestCtx } from "@/server/services/ctx";
import { callOffErasure } from "./cancel-erasure";
import type { SessionTicket } from "./find-session";
import { newHandle } from "./new-handle";
import { recordAudit } from "./record-audit";
import { takeSecondFactor } from "./second-factor";
import { chargeAttempt, codeAim } from "./sign-in-attempt";
import { startSession } from "./start-session";

export type ProviderProfile = { provider: OauthProvider; providerId: string; email: string | null; /** The provider says that it has checked the address. */ emailVerified: boolean; name: string | null };
/** Who is signed in while the provider answers, if anybody. */
type Present = { userId: string; sessionId: string; steppedUp: boolean } | null;

const PURPOSE = "provider-second-factor";
const HALF_WAY_LASTS_MS = 5 * 60_000;

const refused = (reason: string, message: string) => new AppError("UNAUTHENTICATED", message, { reason });

/**
 * Signs in by what a provider says, or links the provider to the person who is signed in.
 *
 * A local account is found by its address only when both sides have checked that address: otherwise whoever registers somebody
 * else's address first, here or there, would share the account.
 *
 * @returns a session; or, where a second factor is set up, a sealed note with which the code is shown afterwards
 */
export async function signInWithProvider(ctx: GuestCtx, given: ProviderProfile, present: Present): Promise<{ session: SessionTicket & { userId: string } } | { halfWay: string }> {
  const { provider, providerId, emailVerified } = given;
  const email = given.email?.normalize("NFKC").trim().toLowerCase() ?? null;
  return ctx.db.$transaction(async (tx) => {
    const linked = await tx.oauthAccount.findUnique({ where: { provider_providerId: { provider, providerId } }, include: { user: true } });
    if (linked && present && linked.userId !== present.userId) throw refused("PROVIDER_TAKEN", "This account of the provider belongs to another account here");
    let user = linked?.user ?? null;
    if (!user) {
      if (!email || !emailVerified) throw refused("PROVIDER_UNVERIFIED", "The provider has not confirmed your e-mail address");
      if (present && !present.steppedUp) throw refused("STEP_UP_NEEDED", "Confirm that it is you first");
      user = present ? await tx.user.findUniqueOrThrow({ where: { id: present.userId } }) : await tx.user.findUnique({ where: { email } });
      if (user && !present && !user.emailVerifiedAt) throw refused("LOCAL_UNVERIFIED", "Sign in with your password and confirm your e-mail address first");
      user ??= await registered(tx, ctx, { ...given, email });
      await tx.oauthAccount.create({ data: { userId: user.id, provider, providerId, createdAt: ctx.now() } });
      await recordAudit(tx, ctx, { action: "provider.linked", subjectId: user.id, actorId: user.id, details: { provider } });
    }
    if (user.lockedAt || user.erasedAt) throw refused("SIGN_IN_REFUSED", "That did not work");
    // A new session counts as a fresh proof: the browser that somebody left open gets none by a provider that is signed in there as well.
    if (user.mfaEnabledAt && !present?.steppedUp) return { halfWay: seal(ctx.site.secret, PURPOSE, JSON.stringify({ userId: user.id, provider, until: ctx.now().getTime() + HALF_WAY_LASTS_MS })) };
    return { session: await opened(tx, ctx, { user, provider, replaces: present?.sessionId ?? null }) };
  });
}

/** The second half: the code of the authenticator app, with the note of the first. */
export async function finishProviderSignIn(ctx: GuestCtx, { halfWay, code, replaces }: { halfWay: string; code: string; replaces: string | null }): Promise<SessionTicket & { userId: string }> {
  const text = unseal(ctx.site.secret, PURPOSE, halfWay);
  const note = text === null ? null : (JSON.parse(text) as { userId: string; provider: OauthProvider; until: number });
  if (!note || note.until <= ctx.now().getTime()) throw refused("SIGN_IN_REFUSED", "That took too long. Sign in again.");
  const user = await ctx.db.user.findUnique({ where: { id: note.userId } });
  const attempt = user && !user.lockedAt && !user.erasedAt ? await chargeAttempt(ctx, codeAim(ctx, user.id)) : null;
  if (!user || !attempt || !(await takeSecondFactor(ctx, user, code))) throw refused("CODE_REFUSED", "This code is wrong or was used before");
  return ctx.db.$transaction(async (tx) => {
    await attempt.succeed(tx);
    return opened(tx, ctx, { user, provider: note.provider, replaces });
  });
}

async function opened(tx: Prisma.TransactionClient, ctx: GuestCtx, { user, provider, replaces }: { user: User; provider: OauthProvider; replaces: string | null }) {
  if (user.erasureRequestedAt) await callOffErasure(tx, ctx, user);
  return { ...(await startSession(tx, ctx, { user, how: provider, replaces })), userId: user.id };
}

async function registered(tx: Prisma.TransactionClient, ctx: GuestCtx, { email, name, provider }: ProviderProfile): Promise<User> {
  const now = ctx.now();
  const user = await tx.user.create({ data: { email, name: name?.slice(0, 80) || null, handle: newHandle(), emailVerifiedAt: now, createdAt: now } });
  await recordAudit(tx, ctx, { action: "account.registered", subjectId: user.id, actorId: user.id, details: { provider } });
  return user;
}
