import type { SignInInput } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { argon2Hasher, type PasswordHasher } from "@/server/platform/password-hash";
import type { GuestCtx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";
import { assertStrongPassword } from "./assert-strong-password";
import { callOffErasure } from "./cancel-erasure";
import type { SessionTicket } from "./find-session";
import { recordAudit } from "./record-audit";
import { recordRefusal } from "./record-refusal";
import { remindToVerify } from "./request-verification";
import { chargeAttempt, codeAim, passwordAim } from "./sign-in-attempt";
import { takeSecondFactor } from "./second-factor";
import { startSession } from "./start-session";

/** One sentence for an unknown address, a wrong password, an account that waits or is locked, a one-time password that is too old, and an address that is not confirmed. */
const refusal = () =>
  new AppError("UNAUTHENTICATED", "That did not work. Check the address and the password; confirm your e-mail address if you have just registered; after several failures wait a few minutes.", { reason: "SIGN_IN_REFUSED" });

/**
 * Signs in with e-mail and password, and with a second factor where one is set up.
 * Whatever is wrong, the same is counted and written down, one password hash is computed and one answer given, so that nobody learns who has an account.
 *
 * @throws AppError UNAUTHENTICATED with the reason SIGN_IN_REFUSED; after the right password also CODE_NEEDED, CODE_REFUSED, NEW_PASSWORD_NEEDED
 */
export async function signIn(ctx: GuestCtx, input: SignInInput & { replaces?: string | null }, hasher: PasswordHasher = argon2Hasher): Promise<SessionTicket & { userId: string }> {
  const now = ctx.now();
  const user = await ctx.db.user.findUnique({ where: { email: input.email } });
  const isUsable = user !== null && user.passwordHash !== null && !user.lockedAt && !user.erasedAt && !(user.passwordExpiresAt && user.passwordExpiresAt <= now);
  const attempt = await chargeAttempt(ctx, passwordAim(ctx, { email: input.email, userId: user?.id ?? null }));
  const matches = await hasher.verify(attempt && isUsable ? user.passwordHash : null, input.password);
  if (!attempt) throw refusal();
  const failed = (why: "password" | "code") => recordRefusal(ctx, { action: "session.refused", subjectId: user?.id ?? null, actorId: null, details: { why } }, null);
  if (!isUsable || !matches) {
    await failed("password");
    throw refusal();
  }
  if (!user.emailVerifiedAt) {
    await remindToVerify(ctx, user);
    throw refusal();
  }
  // It was no guess; the code has a count of its own.
  await attempt.refund();

  // Before the code, which is used up once it was looked at.
  if (user.mustChangePassword) {
    const wanted = input.newPassword;
    if (!wanted) throw new AppError("UNAUTHENTICATED", "This password was for one time. Choose a new one.", { reason: "NEW_PASSWORD_NEEDED" });
    if (wanted === input.password) throw new AppError("INVALID_INPUT", "Choose a password that is not the old one", { field: "newPassword", reason: "PASSWORD_SAME" });
    await assertStrongPassword(wanted, { ...user, field: "newPassword" });
  }
  let how: "password" | "code" | "recovery-code" = "password";
  let codeAttempt: Awaited<ReturnType<typeof chargeAttempt>> = null;
  if (user.mfaEnabledAt) {
    if (!input.code) throw new AppError("UNAUTHENTICATED", "Enter the code of your authenticator app, or a recovery code", { reason: "CODE_NEEDED" });
    codeAttempt = await chargeAttempt(ctx, codeAim(ctx, user.id));
    const taken = codeAttempt && (await takeSecondFactor(ctx, user, input.code));
    if (!taken) {
      if (codeAttempt) await failed("code");
      throw new AppError("UNAUTHENTICATED", "This code is wrong or was used before", { reason: "CODE_REFUSED" });
    }
    how = taken;
  }
  const renewed = user.mustChangePassword && input.newPassword ? { passwordHash: await hasher.hash(input.newPassword), mustChangePassword: false, passwordExpiresAt: null } : null;

  return ctx.db.$transaction(async (tx) => {
    await attempt.succeed(tx);
    await codeAttempt?.succeed(tx);
    if (renewed) {
      // Of two at once with the same one-time password, one sets its own.
      const { count } = await tx.user.updateMany({ where: { id: user.id, passwordHash: user.passwordHash }, data: renewed });
      if (count === 0) throw refusal();
      await recordAudit(tx, ctx, { action: "password.changed", subjectId: user.id, actorId: user.id });
    }
    if (how === "recovery-code") {
      await recordAudit(tx, ctx, { action: "recovery-code.used", subjectId: user.id, actorId: user.id });
      await notify(tx, ctx, { userId: user.id, kind: "security.mfa-changed", params: { change: "recovery-code-used" } });
    }
    if (user.erasureRequestedAt) await callOffErasure(tx, ctx, user);
    const ticket = await startSession(tx, ctx, { user, how, replaces: input.replaces ?? null });
    return { ...ticket, userId: user.id };
  });
}
