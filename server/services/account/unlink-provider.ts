import type { Accepted, OauthProvider } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import type { UserCtx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";
import { recordAudit } from "./record-audit";

/** Takes a provider off the account and tells the person; the last way to sign in stays. */
export async function unlinkProvider(ctx: UserCtx, { provider }: { provider: OauthProvider }): Promise<Accepted> {
  const userId = ctx.user.id;
  await ctx.db.$transaction(async (tx) => {
    // Of two at once, one of which would take the last way, the second sees what the first has left.
    await tx.$queryRaw`SELECT id FROM user_account WHERE id = ${userId}::uuid FOR UPDATE`;
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true, oauthAccounts: { select: { provider: true } } } });
    if (!user.oauthAccounts.some((account) => account.provider === provider)) throw new AppError("NOT_FOUND", "This provider is not linked");
    if (!user.passwordHash && user.oauthAccounts.every((account) => account.provider === provider)) throw new AppError("RULE_VIOLATED", "Set a password first: this is your only way to sign in", { reason: "LAST_WAY_IN" });
    await tx.oauthAccount.deleteMany({ where: { userId, provider } });
    await recordAudit(tx, ctx, { action: "provider.unlinked", subjectId: userId, actorId: userId, details: { provider } });
    await notify(tx, ctx, { userId, kind: "security.provider-changed", params: { change: "unlinked", provider } });
  });
  return { accepted: true };
}
