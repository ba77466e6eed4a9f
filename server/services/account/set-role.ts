import type { SetRoleInput } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { UserCtx } from "@/server/services/ctx";
import { guardLastAdmin } from "./guard-last-admin";
import { recordAudit } from "./record-audit";

/** Gives somebody else a role. Who loses the admin's stops looking with other people's eyes. */
export async function setRole(ctx: UserCtx, { userId, role, reason }: SetRoleInput): Promise<void> {
  if (userId === ctx.user.id) throw new AppError("RULE_VIOLATED", "Nobody changes their own role", { reason: "OWN_ACCOUNT" });
  await ctx.db.$transaction(async (tx) => {
    if (role !== "ADMIN") await guardLastAdmin(tx, userId);
    // The caller may have been demoted while this waited for the lock.
    const caller = await tx.user.findUniqueOrThrow({ where: { id: ctx.user.id }, select: { role: true } });
    if (caller.role !== "ADMIN") throw new AppError("FORBIDDEN", "Your role does not allow this", { reason: "FORBIDDEN" });
    const before = await tx.user.findFirst({ where: { id: userId, erasedAt: null }, select: { role: true } });
    if (!before) throw new AppError("NOT_FOUND", "No such person", { field: "userId" });
    if (before.role === role) return;
    await tx.user.update({ where: { id: userId }, data: { role } });
    if (before.role === "ADMIN") await tx.session.updateMany({ where: { impersonatorId: userId, revokedAt: null }, data: { revokedAt: ctx.now(), revokedReason: "revoked" } });
    await recordAudit(tx, ctx, { action: "role.set", actorId: ctx.user.id, subjectId: userId, details: { before: before.role, after: role, reason } });
  });
  forgetApiKeyOwners(ctx);
}
