import { hmacSha256, sameText, sha256 } from "@/server/platform/crypto";
import type { GuestCtx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";
import type { SessionTicket } from "./find-session";
import { recordAudit } from "./record-audit";

/** Tabs that woke at once come with the same secret; for so long the one before is good too. */
export const GRACE_MS = 60_000;

/**
 * Exchanges the refresh secret of a session for its next one; null when the session has ended.
 *
 * The next secret follows from the presented one and the site's own, so that all tabs that rotate at once get the same and none
 * overwrites the cookie of another with something that will be refused. A secret older than the grace is one that somebody copied:
 * the session ends, for the thief and for the person, who is told.
 */
export async function rotateSession(ctx: GuestCtx, { sessionId, secret }: SessionTicket): Promise<SessionTicket | null> {
  const now = ctx.now();
  const next = hmacSha256(ctx.site.secret, `refresh:${sessionId}:${secret}`);
  const presented = sha256(secret);
  const { address, userAgent, place } = ctx.origin;
  const open = { id: sessionId, revokedAt: null, expiresAt: { gt: now }, user: { lockedAt: null, erasedAt: null } };

  const { count } = await ctx.db.session.updateMany({
    where: { ...open, refreshHash: presented },
    data: { refreshHash: sha256(next), previousHash: presented, rotatedAt: now, lastUsedAt: now, address, userAgent, ...(place && { place }) },
  });
  if (count === 1) return { sessionId, secret: next };

  const row = await ctx.db.session.findFirst({ where: open, select: { refreshHash: true, previousHash: true, rotatedAt: true, user: { select: { id: true } } } });
  if (!row) return null;
  const isOneBefore = row.previousHash !== null && sameText(presented, row.previousHash) && sameText(sha256(next), row.refreshHash);
  if (isOneBefore && now.getTime() - row.rotatedAt.getTime() <= GRACE_MS) return { sessionId, secret: next };

  await ctx.db.$transaction(async (tx) => {
    const ended = await tx.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: now, revokedReason: "refresh-reused" } });
    if (ended.count === 0) return;
    const { user } = row;
    await recordAudit(tx, ctx, { action: "session.reused", subjectId: user.id, actorId: null, details: { sessionId } });
    await notify(tx, ctx, { userId: user.id, kind: "security.session-reused", params: {}, onceKey: `reused:${sessionId}` });
  });
  return null;
}
