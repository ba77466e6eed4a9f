import { AppError } from "@/server/domain/app-error";
import type { SessionCtx } from "@/server/services/ctx";
import { endSessions } from "./end-sessions";
import { recordAudit } from "./record-audit";

/** Ends one session of the person; another person's is not found. */
export async function revokeSession(ctx: SessionCtx, { sessionId }: { sessionId: string }): Promise<{ revoked: number }> {
  return ctx.db.$transaction(async (tx) => {
    const revoked = await endSessions(tx, { userId: ctx.user.id, sessionId, reason: sessionId === ctx.sessionId ? "signed-out" : "revoked", now: ctx.now() });
    if (revoked === 0) throw new AppError("NOT_FOUND", "No such session");
    await recordAudit(tx, ctx, { action: "session.revoked", subjectId: ctx.user.id, actorId: ctx.user.id, details: { sessionId } });
    return { revoked };
  });
}

/** Ends all sessions of the person but the one in use. */
export async function revokeOtherSessions(ctx: SessionCtx): Promise<{ revoked: number }> {
  return ctx.db.$transaction(async (tx) => {
    const revoked = await endSessions(tx, { userId: ctx.user.id, except: ctx.sessionId, reason: "revoked", now: ctx.now() });
    if (revoked > 0) await recordAudit(tx, ctx, { action: "session.revoked", subjectId: ctx.user.id, actorId: ctx.user.id, details: { others: revoked } });
    return { revoked };
  });
}
