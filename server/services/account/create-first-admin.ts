import { randomSecret } from "@/server/platform/crypto";
import { argon2Hasher, type PasswordHasher } from "@/server/platform/password-hash";
import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { Ctx } from "@/server/services/ctx";
import { endSessions } from "./end-sessions";
import { newHandle } from "./new-handle";
import { NO_ORIGIN, recordAudit } from "./record-audit";
import { forgetPasswordFailures } from "./sign-in-attempt";

/** A one-time password opens the account for so long, and until another is chosen at the first sign-in. */
export const ONE_TIME_PASSWORD_LASTS_MS = 7 * 86_400_000;

export type OneTimePassword = { email: string; password: string; until: Date };

/** A password for one time, ready to be stored. */
export async function makeOneTimePassword({ now }: Pick<Ctx, "now">, hasher: PasswordHasher) {
  const password = randomSecret(14);
  const until = new Date(now().getTime() + ONE_TIME_PASSWORD_LASTS_MS);
  return { password, until, columns: { passwordHash: await hasher.hash(password), mustChangePassword: true, passwordExpiresAt: until } };
}

/** Makes an admin when there is none, with a password for one time; null when there is one. Whoever had the address before is signed out: they did not prove to be an admin. */
export async function createFirstAdmin(ctx: Pick<Ctx, "db" | "now" | "cache">, { email }: { email: string }, hasher: PasswordHasher = argon2Hasher): Promise<OneTimePassword | null> {
  const { password, until, columns } = await makeOneTimePassword(ctx, hasher);
  const made = await ctx.db.$transaction(async (tx) => {
    // Two starts at once on one database make one admin.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7301, 1)`;
    if (await tx.user.findFirst({ where: { role: "ADMIN", erasedAt: null }, select: { id: true } })) return null;
    const now = ctx.now();
    const given = { role: "ADMIN" as const, emailVerifiedAt: now, ...columns };
    const before = await tx.user.findUnique({ where: { email }, select: { id: true, role: true } });
    const user = await tx.user.upsert({ where: { email }, create: { email, handle: newHandle("admin"), createdAt: now, ...given }, update: given });
    await forgetPasswordFailures(tx, email);
    const sessionsEnded = await endSessions(tx, { userId: user.id, reason: "password-changed", now });
    // Keys and other ways in that the account had were not given to an admin either.
    if (before) {
      await tx.apiKey.updateMany({ where: { userId: user.id, revokedAt: null }, data: { revokedAt: now } });
      await tx.oauthAccount.deleteMany({ where: { userId: user.id } });
      await tx.accountToken.updateMany({ where: { userId: user.id, usedAt: null }, data: { usedAt: now } });
    }
    const action = before ? "role.set" : "account.created";
    await recordAudit(tx, { now: ctx.now, origin: NO_ORIGIN }, { action, subjectId: user.id, actorId: null, details: { ...(before ? { before: before.role, after: "ADMIN" } : { role: "ADMIN" }), sessionsEnded } });
    return { email, password, until };
  });
  if (made) forgetApiKeyOwners(ctx);
  return made;
}
