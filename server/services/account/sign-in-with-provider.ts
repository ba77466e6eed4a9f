import type { Prisma, User } from "@/prisma/generated/client";
import type { OauthProvider } from "@/server/contracts/account";
import { seal, unseal } from "@/server/platform/crypto";
import { isUniqueViolation } from "@/server/platform/unique-violation";
import { readFlags } from "@/server/services/admin/read-flags";
import type { GuestCtx } from "@/server/services/ctx";
import { callOffErasure } from "./cancel-erasure";
import type { SessionTicket } from "./find-session";
import { attachProvider, providerRefusal, type ProviderIdentity } from "./link-provider";
import { newHandle } from "./new-handle";
import { recordAudit } from "./record-audit";
import { takeSecondFactor } from "./second-factor";
import { chargeAttempt, codeAim } from "./sign-in-attempt";
import { startSession } from "./start-session";

export type ProviderProfile = ProviderIdentity & { email: string | null; /** The provider says that it has checked the address. */ emailVerified: boolean; name: string | null };
type Opened = SessionTicket & { userId: string };
/** What waits for the second factor; `address` is the one by which the account was found when the provider is not linked to it yet. */
type HalfWay = ProviderIdentity & { userId: string; address: string | null; until: number };

const PURPOSE = "provider-second-factor";
const HALF_WAY_LASTS_MS = 5 * 60_000;

/**
 * Signs in by what a provider says, and makes an account for somebody new.
 *
 * An account is found by its address only when both sides have checked that address: otherwise whoever registers somebody else's
 * address first, here or there, would share the account. Where a second factor is set up, nothing is linked before it was shown.
 *
 * @param replaces  the session that the browser had, which makes room
 * @returns a session; or, where a second factor is set up, a sealed note with which the code is shown afterwards
 */
export async function signInWithProvider(ctx: GuestCtx, given: ProviderProfile, replaces: string | null): Promise<{ session: Opened } | { halfWay: string }> {
  try {
    return await attempted(ctx, given, replaces);
  } catch (error) {
    // Of two first sign-ins at once one makes the account, and the other finds it.
    if (isUniqueViolation(error)) return attempted(ctx, given, replaces);
    throw error;
  }
}

async function attempted(ctx: GuestCtx, given: ProviderProfile, replaces: string | null): Promise<{ session: Opened } | { halfWay: string }> {
  const { provider, providerId } = given;
  const { registration } = await readFlags(ctx);
  return ctx.db.$transaction(async (tx) => {
    const linked = await tx.oauthAccount.findUnique({ where: { provider_providerId: { provider, providerId } }, include: { user: true } });
    const address = linked ? null : provenAddress(given);
    const user = linked?.user ?? (await tx.user.findUnique({ where: { email: address ?? "" } }));
    if (!user) {
      if (!registration) throw providerRefusal("REGISTRATION_CLOSED", "Nobody can register at the moment");
      return { session: await opened(tx, ctx, { user: await registered(tx, ctx, { ...given, email: address }), provider, replaces }) };
    }
    if (user.lockedAt || user.erasedAt) throw providerRefusal("SIGN_IN_REFUSED", "That did not work");
    if (address !== null && !user.emailVerifiedAt) throw providerRefusal("LOCAL_UNVERIFIED", "Sign in with your password and confirm your e-mail address first");
    if (user.mfaEnabledAt) {
      const note: HalfWay = { userId: user.id, provider, providerId, address, until: ctx.now().getTime() + HALF_WAY_LASTS_MS };
      return { halfWay: seal(ctx.site.secret, PURPOSE, JSON.stringify(note)) };
    }
    if (address !== null) await attachProvider(tx, ctx, { userId: user.id, provider, providerId });
    return { session: await opened(tx, ctx, { user, provider, replaces }) };
  });
}

/** The second half: the code of the authenticator app, with the note of the first. */
export async function finishProviderSignIn(ctx: GuestCtx, { halfWay, code, replaces }: { halfWay: string; code: string; replaces: string | null }): Promise<Opened> {
  const text = unseal(ctx.site.secret, PURPOSE, halfWay);
  const note = text === null ? null : (JSON.parse(text) as HalfWay);
  if (!note || note.until <= ctx.now().getTime()) throw providerRefusal("SIGN_IN_REFUSED", "That took too long. Sign in again.");
  const { provider, providerId, address } = note;
  const user = await ctx.db.user.findUnique({ where: { id: note.userId } });
  const attempt = user && !user.lockedAt && !user.erasedAt ? await chargeAttempt(ctx, codeAim(ctx, user.id)) : null;
  if (!user || !attempt || !(await takeSecondFactor(ctx, user, code))) throw providerRefusal("CODE_REFUSED", "This code is wrong or was used before");
  return ctx.db.$transaction(async (tx) => {
    await attempt.succeed(tx);
    // Meanwhile the provider may have been unlinked, or the address have become another's.
    const held = address === null ? await tx.oauthAccount.findFirst({ where: { userId: user.id, provider, providerId } }) : user.email === address;
    if (!held) throw providerRefusal("SIGN_IN_REFUSED", "That did not work");
    if (address !== null) await attachProvider(tx, ctx, { userId: user.id, provider, providerId });
    return opened(tx, ctx, { user, provider, replaces });
  });
}

function provenAddress({ email, emailVerified }: ProviderProfile): string {
  // Letters that only look alike, or become another's in lower case, are a different mailbox: a stranger may have it.
  const address = email && /^[\x21-\x7e]+$/.test(email) ? email.toLowerCase() : null;
  if (!address || !emailVerified) throw providerRefusal("PROVIDER_UNVERIFIED", "The provider has not confirmed your e-mail address");
  return address;
}

async function opened(tx: Prisma.TransactionClient, ctx: GuestCtx, { user, provider, replaces }: { user: User; provider: OauthProvider; replaces: string | null }): Promise<Opened> {
  if (user.erasureRequestedAt) await callOffErasure(tx, ctx, user);
  return { ...(await startSession(tx, ctx, { user, how: provider, replaces })), userId: user.id };
}

/** A person of the provider becomes one here; there is nobody yet who would have to be told that it is linked. */
async function registered(tx: Prisma.TransactionClient, ctx: GuestCtx, { email, name, provider, providerId }: ProviderProfile): Promise<User> {
  const now = ctx.now();
  const user = await tx.user.create({ data: { email, name: name || null, handle: newHandle(), emailVerifiedAt: now, createdAt: now, oauthAccounts: { create: { provider, providerId, createdAt: now } } } });
  await recordAudit(tx, ctx, { action: "account.registered", subjectId: user.id, actorId: user.id, details: { provider } });
  await recordAudit(tx, ctx, { action: "provider.linked", subjectId: user.id, actorId: user.id, details: { provider } });
  return user;
}
