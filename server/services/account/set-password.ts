import type { Prisma } from "@/prisma/generated/client";
import type { GuestCtx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";
import { endSessions } from "./end-sessions";
import { recordAudit } from "./record-audit";
import { forgetPasswordFailures } from "./sign-in-attempt";
import type { SessionOwner } from "./start-session";

type Change = { user: SessionOwner; passwordHash: string; action: "password.changed" | "password.reset"; /** The session in which it was done stays. */ keep?: string; /** The link in the mail has proved the address. */ provesEmail?: boolean };

/** Puts a new password in force: other sessions end, links for resetting work no more, and the person is told. */
export async function setPassword(tx: Prisma.TransactionClient, ctx: GuestCtx, { user, passwordHash, action, keep, provesEmail }: Change): Promise<void> {
  const now = ctx.now();
  await tx.user.update({ where: { id: user.id }, data: { passwordHash, mustChangePassword: false, passwordExpiresAt: null, ...(provesEmail && { emailVerifiedAt: now }) } });
  if (user.email) await forgetPasswordFailures(tx, user.email);
  await tx.accountToken.updateMany({ where: { userId: user.id, purpose: "RESET_PASSWORD", usedAt: null }, data: { usedAt: now } });
  const sessionsEnded = await endSessions(tx, { userId: user.id, except: keep, reason: "password-changed", now });
  await recordAudit(tx, ctx, { action, subjectId: user.id, actorId: user.id, details: { sessionsEnded } });
  await notify(tx, ctx, { userId: user.id, kind: "security.password-changed", params: {} });
}
