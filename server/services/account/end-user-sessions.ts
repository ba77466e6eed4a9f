import type { LockUserInput } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import type { UserCtx } from "@/server/services/ctx";
import { endSessions } from "./end-sessions";
import { recordAudit } from "./record-audit";

/** Signs somebody out everywhere, by an admin. */
export async function endUserSessions(ctx: UserCtx, { userId, reason }: LockUserInput): Promise<{ ended: number }> {
  return ctx.db.$transaction(async (tx) => {
    if (!(await tx.user.findUnique({ where: { id: userId }, select: { id: true } }))) throw new AppError("NOT_FOUND", "No such person", { field: "userId" });
    const ended = await endSessions(tx, { userId, reason: "revoked", now: ctx.now() });
    await recordAudit(tx, ctx, { action: "session.revoked", actorId: ctx.user.id, subjectId: userId, details: { reason, sessionsEnded: ended } });
    return { ended };
  });
}
