import { oauthProvider, type Security } from "@/server/contracts/account";
import { STEP_UP_LASTS_MS } from "@/server/domain/account/access";
import type { SessionCtx } from "@/server/services/ctx";

/** How the caller signs in, and whether they have lately proved who they are. */
export async function getSecurity(ctx: SessionCtx): Promise<Security> {
  const user = await ctx.db.user.findUniqueOrThrow({
    where: { id: ctx.user.id },
    select: {
      passwordHash: true, mfaEnabledAt: true,
      oauthAccounts: { orderBy: { createdAt: "asc" } },
      sessions: { where: { id: ctx.sessionId }, select: { steppedUpAt: true } },
      _count: { select: { recoveryCodes: { where: { usedAt: null } } } },
    },
  });
  const steppedUpAt = user.sessions[0]?.steppedUpAt;
  const until = steppedUpAt ? new Date(steppedUpAt.getTime() + STEP_UP_LASTS_MS) : null;
  return {
    hasPassword: user.passwordHash !== null,
    mfaEnabledAt: user.mfaEnabledAt?.toISOString() ?? null,
    recoveryCodesLeft: user._count.recoveryCodes,
    providers: user.oauthAccounts.flatMap(({ provider, createdAt }) => {
      const known = oauthProvider.safeParse(provider);
      return known.success ? [{ provider: known.data, linkedAt: createdAt.toISOString() }] : [];
    }),
    steppedUpUntil: until && until > ctx.now() ? until.toISOString() : null,
  };
}
