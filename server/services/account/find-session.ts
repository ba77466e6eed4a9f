import type { Role, Tier } from "@/server/domain/account/access";
import { effectivePlan, type Plan } from "@/server/domain/account/effective-plan";
import { sameText, sha256 } from "@/server/platform/crypto";
import type { Ctx } from "@/server/services/ctx";

/** What the cookie of a signed-in browser holds. */
export type SessionTicket = { sessionId: string; secret: string };

const USED_IS_NOTED_EVERY_MS = 60_000;

type Row = {
  refreshHash: string;
  previousHash: string | null;
  lastUsedAt: Date;
  steppedUpAt: Date | null;
  impersonatorId: string | null;
  userId: string;
  role: Role;
  secondFactor: boolean;
  tier: Tier;
  requestsPerHour: number | null;
  locale: string;
  timeZone: string;
  seat: Plan | null;
};

/** The session that a cookie speaks of, with its person as the database has them now; null when it has ended. */
export async function findSession(ctx: Pick<Ctx, "db" | "now">, { sessionId, secret }: SessionTicket) {
  const now = ctx.now();
  const [row] = await ctx.db.$queryRaw<Row[]>`
    SELECT s.refresh_hash AS "refreshHash", s.previous_hash AS "previousHash", s.last_used_at AS "lastUsedAt", s.stepped_up_at AS "steppedUpAt", s.impersonator_id AS "impersonatorId",
           u.id AS "userId", u.role::text AS role, u.mfa_enabled_at IS NOT NULL AS "secondFactor", u.tier::text AS tier, u.requests_per_hour AS "requestsPerHour", u.locale, u.time_zone AS "timeZone",
           (SELECT jsonb_build_object('tier', o.tier, 'requestsPerHour', o.requests_per_hour) FROM seat JOIN user_account o ON o.id = seat.owner_id
             WHERE seat.email = u.email AND u.email_verified_at IS NOT NULL AND o.locked_at IS NULL AND o.erased_at IS NULL ORDER BY o.tier DESC, seat.created_at LIMIT 1) AS seat
    FROM session s JOIN user_account u ON u.id = s.user_id
    WHERE s.id = ${sessionId}::uuid AND s.revoked_at IS NULL AND s.expires_at > ${now} AND u.locked_at IS NULL AND u.erased_at IS NULL
      AND (s.impersonator_id IS NULL OR EXISTS (SELECT FROM user_account a WHERE a.id = s.impersonator_id AND a.role = 'ADMIN' AND a.locked_at IS NULL AND a.erased_at IS NULL))`;
  if (!row) return null;
  const presented = sha256(secret);
  // A request that was on its way while another tab rotated comes with the secret before.
  if (!sameText(presented, row.refreshHash) && !(row.previousHash && sameText(presented, row.previousHash))) return null;
  if (now.getTime() - row.lastUsedAt.getTime() > USED_IS_NOTED_EVERY_MS) {
    await ctx.db.session.updateMany({ where: { id: sessionId, revokedAt: null, lastUsedAt: { lt: now } }, data: { lastUsedAt: now } });
  }
  const { userId, role, secondFactor, locale, timeZone, steppedUpAt, impersonatorId } = row;
  return { sessionId, user: { id: userId, role, secondFactor, locale, timeZone, ...effectivePlan(row, row.seat) }, steppedUpAt, impersonatorId };
}
