import type { Accepted } from "@/server/contracts/account";
import { writtenInstant } from "@/server/domain/account/written-instant";
import { AppError } from "@/server/domain/app-error";
import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { GuestCtx } from "@/server/services/ctx";
import { redeemToken } from "./account-token";
import { recordAudit } from "./record-audit";
import { sendMail } from "./send-mail";

/** Puts a new address in force by the link that was sent to it, and tells the old one. */
export async function confirmEmailChange(ctx: GuestCtx, { token }: { token: string }): Promise<Accepted> {
  const now = ctx.now();
  await ctx.db.$transaction(async (tx) => {
    const { userId, email } = await redeemToken(tx, { token, purpose: "CHANGE_EMAIL", now });
    const user = await tx.user.findFirst({ where: { id: userId, erasedAt: null, lockedAt: null } });
    const taken = email === null || (await tx.user.findUnique({ where: { email }, select: { id: true } }));
    if (!user || taken) throw new AppError("RULE_VIOLATED", "This link is used up or too old. Ask for a new one.", { reason: "LINK_SPENT" });
    await tx.user.update({ where: { id: userId }, data: { email, emailVerifiedAt: now } });
    // A link sent to the old address must not open the account any more.
    await tx.accountToken.updateMany({ where: { userId, usedAt: null }, data: { usedAt: now } });
    await recordAudit(tx, ctx, { action: "email.changed", subjectId: userId, actorId: userId });
    if (user.email) await sendMail(tx, ctx, { userId, email: user.email, locale: user.locale }, { kind: "email-changed", name: user.name, at: writtenInstant(now, user), newEmail: email });
  });
  // A seat goes by the address.
  forgetApiKeyOwners(ctx);
  return { accepted: true };
}
