import type { Accepted, OauthProvider } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import type { UserCtx } from "@/server/services/ctx";
import { recordAudit } from "./record-audit";

/** Takes a provider off the account; the last way to sign in stays. */
export async function unlinkProvider(ctx: UserCtx, { provider }: { provider: OauthProvider }): Promise<Accepted> {
  await ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: ctx.user.id }, select: { passwordHash: true, oauthAccounts: { select: { provider: true } } } });
    if (!user.passwordHash && user.oauthAccounts.every((account) => account.provider === provider)) throw new AppError("RULE_VIOLATED", "Set a password first: this is your only way to sign in", { reason: "LAST_WAY_IN" });
    const { count } = await tx.oauthAccount.deleteMany({ where: { userId: ctx.user.id, provider } });
    if (count === 0) throw new AppError("NOT_FOUND", "This provider is not linked");
    await recordAudit(tx, ctx, { action: "provider.unlinked", subjectId: ctx.user.id, actorId: ctx.user.id, details: { provider } });
  });
  return { accepted: true };
}
