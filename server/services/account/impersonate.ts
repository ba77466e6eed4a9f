import type { ImpersonateInput } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import { randomSecret, sha256 } from "@/server/platform/crypto";
import type { GuestCtx, SessionCtx } from "@/server/services/ctx";
import type { SessionTicket } from "./find-session";
import { recordAudit } from "./record-audit";

/** Long enough to see what a person sees, too short to forget. */
export const IMPERSONATION_LASTS_MS = 30 * 60_000;

/** Opens a session in which an admin sees what a person sees and can change nothing. Never of another admin; the person reads of it in their log. */
export async function startImpersonation(ctx: SessionCtx, { userId, reason }: ImpersonateInput): Promise<SessionTicket> {
  if (userId === ctx.user.id) throw new AppError("RULE_VIOLATED", "This is your own account", { reason: "OWN_ACCOUNT" });
  const now = ctx.now();
  const secret = randomSecret();
  const { address, userAgent, place } = ctx.origin;
  return ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findFirst({ where: { id: userId, erasedAt: null }, select: { role: true, lockedAt: true } });
    if (!user) throw new AppError("NOT_FOUND", "No such person", { field: "userId" });
    if (user.role === "ADMIN") throw new AppError("RULE_VIOLATED", "Nobody looks with the eyes of another admin", { reason: "ADMIN_ACCOUNT" });
    if (user.lockedAt) throw new AppError("RULE_VIOLATED", "This account is locked", { reason: "ALREADY_LOCKED" });
    const { id } = await tx.session.create({
      data: { userId, impersonatorId: ctx.user.id, refreshHash: sha256(secret), createdAt: now, rotatedAt: now, lastUsedAt: now, expiresAt: new Date(now.getTime() + IMPERSONATION_LASTS_MS), address, userAgent, place },
    });
    await recordAudit(tx, ctx, { action: "impersonation.started", actorId: ctx.user.id, subjectId: userId, details: { reason, sessionId: id } });
    return { sessionId: id, secret };
  });
}

/** Ends such a session; any other is left alone. */
export async function stopImpersonation(ctx: GuestCtx, { sessionId }: { sessionId: string }): Promise<boolean> {
  return ctx.db.$transaction(async (tx) => {
    const session = await tx.session.findFirst({ where: { id: sessionId, impersonatorId: { not: null } }, select: { userId: true, impersonatorId: true } });
    if (!session) return false;
    const { count } = await tx.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: ctx.now(), revokedReason: "signed-out" } });
    if (count === 1) await recordAudit(tx, ctx, { action: "impersonation.stopped", actorId: session.impersonatorId, subjectId: session.userId, details: { sessionId } });
    return true;
  });
}
