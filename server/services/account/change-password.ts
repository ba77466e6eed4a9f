import type { Accepted, ChangePasswordInput } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { argon2Hasher, type PasswordHasher } from "@/server/platform/password-hash";
import type { SessionCtx } from "@/server/services/ctx";
import { assertStrongPassword } from "./assert-strong-password";
import { setPassword } from "./set-password";
import { chargeAttempt, proofAim } from "./sign-in-attempt";

/** Changes the password by the present one, or sets the first one of a person who came by OAuth. All other sessions end. */
export async function changePassword(ctx: SessionCtx, { currentPassword, password }: ChangePasswordInput, hasher: PasswordHasher = argon2Hasher): Promise<Accepted> {
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: ctx.user.id } });
  if (user.passwordHash) {
    const attempt = await chargeAttempt(ctx, proofAim(user.id));
    const matches = await hasher.verify(attempt ? user.passwordHash : null, currentPassword ?? "");
    if (!matches) throw new AppError("INVALID_INPUT", "This is not your present password", { field: "currentPassword", reason: "PASSWORD_WRONG" });
    await attempt?.refund();
    if (password === currentPassword) throw new AppError("INVALID_INPUT", "Choose a password that is not the old one", { field: "password", reason: "PASSWORD_SAME" });
  }
  await assertStrongPassword(password, user);
  const passwordHash = await hasher.hash(password);
  await ctx.db.$transaction((tx) => setPassword(tx, ctx, { user, passwordHash, action: "password.changed", keep: ctx.sessionId }));
  return { accepted: true };
}
