import { AppError } from "@/server/domain/app-error";
import { argon2Hasher, type PasswordHasher } from "@/server/platform/password-hash";
import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { Ctx } from "@/server/services/ctx";
import { makeOneTimePassword, type OneTimePassword } from "./create-first-admin";
import { endSessions } from "./end-sessions";
import { NO_ORIGIN, recordAudit } from "./record-audit";
import { forgetPasswordFailures } from "./sign-in-attempt";

type Reset = { email: string; /** For an admin who has lost the app and the recovery codes. */ dropSecondFactor: boolean };

/**
 * Gives an admin a new one-time password, on behalf of whoever runs the machine. All their sessions end.
 *
 * @throws AppError NOT_FOUND when no admin has the address, RULE_VIOLATED when the account is locked
 */
export async function resetAdminPassword(ctx: Pick<Ctx, "db" | "now" | "cache">, { email, dropSecondFactor }: Reset, hasher: PasswordHasher = argon2Hasher): Promise<OneTimePassword> {
  const { password, until, columns } = await makeOneTimePassword(ctx, hasher);
  await ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findFirst({ where: { email, role: "ADMIN", erasedAt: null }, select: { id: true, lockedAt: true } });
    if (!user) throw new AppError("NOT_FOUND", `There is no admin with the address ${email}`, { field: "email" });
    if (user.lockedAt) throw new AppError("RULE_VIOLATED", `${email} is locked; another admin has to unlock it first`, { field: "email", reason: "ALREADY_LOCKED" });
    await tx.user.update({ where: { id: user.id }, data: { ...columns, emailVerifiedAt: ctx.now(), ...(dropSecondFactor && { mfaEnabledAt: null, totpSecret: null, totpLastStep: null }) } });
    if (dropSecondFactor) await tx.recoveryCode.deleteMany({ where: { userId: user.id } });
    await tx.accountToken.updateMany({ where: { userId: user.id, usedAt: null }, data: { usedAt: ctx.now() } });
    await forgetPasswordFailures(tx, email);
    const sessionsEnded = await endSessions(tx, { userId: user.id, reason: "password-changed", now: ctx.now() });
    await recordAudit(tx, { now: ctx.now, origin: NO_ORIGIN }, { action: "password.one-time-issued", subjectId: user.id, actorId: null, details: { until: until.toISOString(), secondFactorDropped: dropSecondFactor, sessionsEnded } });
  });
  forgetApiKeyOwners(ctx);
  return { email, password, until };
}
