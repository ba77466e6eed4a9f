import type { ErasureDto } from "@/server/contracts/account";
import { writtenInstant } from "@/server/domain/account/written-instant";
import type { UserCtx } from "@/server/services/ctx";
import { issueToken } from "./account-token";
import { endSessions } from "./end-sessions";
import { guardLastAdmin } from "./guard-last-admin";
import { recordAudit } from "./record-audit";
import { sendMail } from "./send-mail";

/** The person may come back for so long. */
export const ERASURE_GRACE_MS = 14 * 86_400_000;

/** Asks for erasure: every session ends, this one too, and the mail has the link that calls it off. The last admin stays. */
export async function requestErasure(ctx: UserCtx): Promise<ErasureDto> {
  const now = ctx.now();
  const eraseAt = new Date(now.getTime() + ERASURE_GRACE_MS);
  await ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: ctx.user.id } });
    if (user.role === "ADMIN") await guardLastAdmin(tx, user.id);
    await tx.user.update({ where: { id: user.id }, data: { erasureRequestedAt: now } });
    const token = await issueToken(tx, { userId: user.id, purpose: "KEEP_ACCOUNT", email: null, now, lastsMs: ERASURE_GRACE_MS });
    await endSessions(tx, { userId: user.id, reason: "signed-out", now });
    await recordAudit(tx, ctx, { action: "erasure.requested", subjectId: user.id, actorId: user.id, details: { eraseAt: eraseAt.toISOString() } });
    if (user.email) await sendMail(tx, ctx, { userId: user.id, email: user.email, locale: user.locale }, { kind: "erasure-requested", name: user.name, link: `${ctx.site.url}/keep-account#token=${token}`, on: writtenInstant(eraseAt, user) });
  });
  return { requestedAt: now.toISOString(), eraseAt: eraseAt.toISOString() };
}
