import { sameText, sha256 } from "@/server/platform/crypto";
import type { Ctx } from "@/server/services/ctx";

/** What the cookie of a signed-in browser holds. */
export type SessionTicket = { sessionId: string; secret: string };

const USED_IS_NOTED_EVERY_MS = 60_000;

/** The session that a cookie speaks of, with its person as the database has them now; null when it has ended. */
export async function findSession(ctx: Pick<Ctx, "db" | "now">, { sessionId, secret }: SessionTicket) {
  const row = await ctx.db.session.findUnique({
    where: { id: sessionId },
    include: { user: { select: { id: true, role: true, tier: true, requestsPerHour: true, locale: true, timeZone: true, lockedAt: true, erasedAt: true } } },
  });
  const now = ctx.now();
  if (!row || row.revokedAt || row.expiresAt <= now || row.user.lockedAt || row.user.erasedAt) return null;
  const presented = sha256(secret);
  // A request that was on its way while another tab rotated comes with the secret before.
  if (!sameText(presented, row.refreshHash) && !(row.previousHash && sameText(presented, row.previousHash))) return null;
  if (now.getTime() - row.lastUsedAt.getTime() > USED_IS_NOTED_EVERY_MS) {
    await ctx.db.session.updateMany({ where: { id: row.id, revokedAt: null, lastUsedAt: { lt: now } }, data: { lastUsedAt: now } });
  }
  const { user, steppedUpAt, impersonatorId } = row;
  return { sessionId: row.id, user, steppedUpAt, impersonatorId };
}
