import { isApiKey } from "@/server/domain/account/api-key-format";
import type { Role, Tier } from "@/server/domain/account/access";
import { effectivePlan, type Plan } from "@/server/domain/account/effective-plan";
import { sha256 } from "@/server/platform/crypto";
import type { Ctx } from "@/server/services/ctx";

export type ApiKeyOwner = {
  keyId: string;
  scopes: string[];
  allowedOrigins: string[];
  userId: string;
  role: Role;
  secondFactor: boolean;
  tier: Tier;
  requestsPerHour: number | null;
  locale: string;
  timeZone: string;
};

const SEEN_EVERY_MS = 60_000;
/** How long another process may still let in a key that was ended here; this one forgets it at once. */
const KEEP_MS = 5_000;
/** A key that is in use is looked up beside its requests, from here on. */
const RENEW_AFTER_MS = 3_500;
const CACHED = "api-key:owner:";

type Found = ApiKeyOwner & { expiresAt: Date | null };

/** Whose key this is; null for one that is unknown, ended, or of an account that is locked or leaving. Notes its use once a minute at most. */
export async function findApiKeyOwner(ctx: Ctx, key: string): Promise<ApiKeyOwner | null> {
  if (!isApiKey(key)) return null;
  const keyHash = sha256(key);
  try {
    const { expiresAt, ...owner } = await ctx.cache.remember(CACHED + keyHash, KEEP_MS, () => loadOwner(ctx, keyHash), RENEW_AFTER_MS);
    return expiresAt === null || expiresAt > ctx.now() ? owner : null;
  } catch (error) {
    if (error instanceof NoOwner) return null;
    throw error;
  }
}

/** Whoever ends a key, locks an account or changes what it may do calls this once that is committed. */
export const forgetApiKeyOwners = ({ cache }: Pick<Ctx, "cache">): void => cache.drop(CACHED);

/** Thrown, because what is thrown is not remembered: a key that was refused is asked for again. */
class NoOwner extends Error {}

async function loadOwner(ctx: Ctx, keyHash: string): Promise<Found> {
  const now = ctx.now();
  const [found] = await ctx.db.$queryRaw<(Found & { lastUsedAt: Date | null; seat: Plan | null })[]>`
    SELECT k.id AS "keyId", k.scopes, k.allowed_origins AS "allowedOrigins", k.last_used_at AS "lastUsedAt", k.expires_at AS "expiresAt",
           u.id AS "userId", u.role::text AS role, u.mfa_enabled_at IS NOT NULL AS "secondFactor", u.tier::text AS tier, u.requests_per_hour AS "requestsPerHour", u.locale, u.time_zone AS "timeZone",
           (SELECT jsonb_build_object('tier', o.tier, 'requestsPerHour', o.requests_per_hour) FROM seat JOIN user_account o ON o.id = seat.owner_id
             WHERE seat.email = u.email AND u.email_verified_at IS NOT NULL AND o.locked_at IS NULL AND o.erased_at IS NULL ORDER BY o.tier DESC, seat.created_at LIMIT 1) AS seat
    FROM api_key k JOIN user_account u ON u.id = k.user_id
    WHERE k.key_hash = ${keyHash} AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ${now})
      AND u.locked_at IS NULL AND u.erased_at IS NULL`;
  if (!found) throw new NoOwner();
  const { lastUsedAt, seat, ...owner } = found;
  if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() > SEEN_EVERY_MS) {
    // Not waited for: the caller need not pay for our notes.
    ctx.db.apiKey.updateMany({ where: { id: owner.keyId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: now } }] }, data: { lastUsedAt: now } }).catch((error: unknown) => ctx.log.warn({ event: "use of a key not noted", err: error }));
  }
  return { ...owner, ...effectivePlan(owner, seat) };
}
