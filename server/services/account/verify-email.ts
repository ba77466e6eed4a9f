import type { Accepted } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { GuestCtx } from "@/server/services/ctx";
import { redeemToken } from "./account-token";
import { recordAudit } from "./record-audit";

/** Confirms the address that a link was sent to. */
export async function verifyEmail(ctx: GuestCtx, { token }: { token: string }): Promise<Accepted> {
  const now = ctx.now();
  await ctx.db.$transaction(async (tx) => {
    const { userId, email } = await redeemToken(tx, { token, purpose: "VERIFY_EMAIL", now });
    // The address may have been changed since.
    const { count } = await tx.user.updateMany({ where: { id: userId, email, erasedAt: null }, data: { emailVerifiedAt: now } });
    if (count === 0) throw new AppError("RULE_VIOLATED", "This link belongs to an earlier address", { reason: "LINK_SPENT" });
    await recordAudit(tx, ctx, { action: "account.email-verified", subjectId: userId, actorId: userId });
  });
  // A seat may have waited for this address.
  forgetApiKeyOwners(ctx);
  return { accepted: true };
}
