import type { Db } from "@/server/platform/db";

export type EndReason = "signed-out" | "revoked" | "password-changed" | "locked" | "erased";
type End = { userId: string; /** One of them; all when absent. */ sessionId?: string; /** All but this one. */ except?: string; reason: EndReason; now: Date };

/** Ends sessions of one person and returns how many were open; their cookies are refused from then on. */
export async function endSessions(tx: Pick<Db, "session">, { userId, sessionId, except, reason, now }: End): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: {
      // Of an admin also those in which they look with other people's eyes.
      OR: [{ userId }, ...(sessionId ? [] : [{ impersonatorId: userId }])],
      revokedAt: null, expiresAt: { gt: now }, ...(sessionId && { id: sessionId }), ...(except && { id: { not: except } }),
    },
    data: { revokedAt: now, revokedReason: reason },
  });
  return count;
}
