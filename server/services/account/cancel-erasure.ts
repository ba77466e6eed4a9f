import type { Prisma } from "@/prisma/generated/client";
import type { Accepted } from "@/server/contracts/account";
import { writtenInstant } from "@/server/domain/account/written-instant";
import type { GuestCtx } from "@/server/services/ctx";
import { redeemToken } from "./account-token";
import { recordAudit } from "./record-audit";
import { sendMail } from "./send-mail";
import type { SessionOwner } from "./start-session";

/** Keeps an account that was to be erased; signing in does it, and the link of the mail. */
export async function callOffErasure(tx: Prisma.TransactionClient, ctx: GuestCtx, user: SessionOwner): Promise<void> {
  const now = ctx.now();
  const { count } = await tx.user.updateMany({ where: { id: user.id, erasureRequestedAt: { not: null }, erasedAt: null }, data: { erasureRequestedAt: null } });
  if (count === 0) return;
  await tx.accountToken.updateMany({ where: { userId: user.id, purpose: "KEEP_ACCOUNT", usedAt: null }, data: { usedAt: now } });
  await recordAudit(tx, ctx, { action: "erasure.cancelled", subjectId: user.id, actorId: user.id });
  if (user.email) await sendMail(tx, ctx, { userId: user.id, email: user.email, locale: user.locale }, { kind: "erasure-cancelled", name: user.name, at: writtenInstant(now, user), securityLink: `${ctx.site.url}/settings/security` });
}

export async function cancelErasure(ctx: GuestCtx, { token }: { token: string }): Promise<Accepted> {
  await ctx.db.$transaction(async (tx) => {
    const { userId } = await redeemToken(tx, { token, purpose: "KEEP_ACCOUNT", now: ctx.now() });
    await callOffErasure(tx, ctx, await tx.user.findUniqueOrThrow({ where: { id: userId } }));
  });
  return { accepted: true };
}
