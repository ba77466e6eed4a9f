import type { GuestCtx } from "@/server/services/ctx";
import { issueToken } from "./account-token";
import { recordAudit } from "./record-audit";
import { sendMail } from "./send-mail";

const LASTS_MINUTES = 60;
const AGAIN_AFTER_MS = 60_000;

/** Sends the link for a new password to the address, when it has an account; the caller answers the same whether or not. */
export async function requestPasswordReset(ctx: GuestCtx, { email }: { email: string }): Promise<void> {
  const now = ctx.now();
  const user = await ctx.db.user.findUnique({ where: { email }, select: { id: true, name: true, locale: true, lockedAt: true } });
  if (!user || user.lockedAt) return;
  const recent = await ctx.db.accountToken.findFirst({ where: { userId: user.id, purpose: "RESET_PASSWORD", createdAt: { gt: new Date(now.getTime() - AGAIN_AFTER_MS) } }, select: { id: true } });
  if (recent) return;
  await ctx.db.$transaction(async (tx) => {
    const token = await issueToken(tx, { userId: user.id, purpose: "RESET_PASSWORD", email, now, lastsMs: LASTS_MINUTES * 60_000 });
    await recordAudit(tx, ctx, { action: "password.reset-requested", subjectId: user.id, actorId: null });
    await sendMail(tx, ctx, { userId: user.id, email, locale: user.locale }, { kind: "reset-password", name: user.name, link: `${ctx.site.url}/reset-password#token=${token}`, minutes: LASTS_MINUTES });
  });
}
