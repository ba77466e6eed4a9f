import type { LockUserInput } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { UserCtx } from "@/server/services/ctx";
import { endSessions } from "./end-sessions";
import { guardLastAdmin } from "./guard-last-admin";
import { recordAudit } from "./record-audit";

/** Keeps a person out until they are unlocked: their sessions end, sign-in is refused, and API keys are not taken. */
export async function lockUser(ctx: UserCtx, { userId, reason }: LockUserInput): Promise<{ ended: number }> {
  if (userId === ctx.user.id) throw new AppError("RULE_VIOLATED", "Nobody locks their own account", { reason: "OWN_ACCOUNT" });
  const now = ctx.now();
  const locked = await ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findFirst({ where: { id: userId, erasedAt: null }, select: { role: true, lockedAt: true } });
    if (!user) throw new AppError("NOT_FOUND", "No such person", { field: "userId" });
    if (user.role === "ADMIN") await guardLastAdmin(tx, userId);
    const { count } = await tx.user.updateMany({ where: { id: userId, lockedAt: null }, data: { lockedAt: now, lockedReason: reason } });
    if (count === 0) throw new AppError("CONFLICT", "This account is locked already", { reason: "ALREADY_LOCKED" });
    const ended = await endSessions(tx, { userId, reason: "locked", now });
    await tx.session.updateMany({ where: { impersonatorId: userId, revokedAt: null }, data: { revokedAt: now, revokedReason: "locked" } });
    await recordAudit(tx, ctx, { action: "account.locked", actorId: ctx.user.id, subjectId: userId, details: { reason, sessionsEnded: ended } });
    return { ended };
  });
  forgetApiKeyOwners(ctx);
  return locked;
}

/** Lets a person in again. */
export async function unlockUser(ctx: UserCtx, { userId, reason }: LockUserInput): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const before = await tx.user.findUnique({ where: { id: userId }, select: { lockedReason: true } });
    if (!before) throw new AppError("NOT_FOUND", "No such person", { field: "userId" });
    const { count } = await tx.user.updateMany({ where: { id: userId, lockedAt: { not: null } }, data: { lockedAt: null, lockedReason: null } });
    if (count === 0) throw new AppError("CONFLICT", "This account is not locked", { reason: "NOT_LOCKED" });
    await recordAudit(tx, ctx, { action: "account.unlocked", actorId: ctx.user.id, subjectId: userId, details: { reason, lockedFor: before.lockedReason } });
  });
}
