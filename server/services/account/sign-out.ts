import type { GuestCtx } from "@/server/services/ctx";
import { recordAudit } from "./record-audit";

/** Ends the session of a cookie; one that has ended already is left as it is. */
export async function signOut(ctx: GuestCtx, { sessionId }: { sessionId: string }): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const open = await tx.session.findFirst({ where: { id: sessionId, revokedAt: null }, select: { userId: true } });
    if (!open) return;
    await tx.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: ctx.now(), revokedReason: "signed-out" } });
    await recordAudit(tx, ctx, { action: "session.ended", subjectId: open.userId, actorId: open.userId, details: { sessionId } });
  });
}
