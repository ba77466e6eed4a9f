import type { Accepted, ResetPasswordInput } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { sha256 } from "@/server/platform/crypto";
import { argon2Hasher, type PasswordHasher } from "@/server/platform/password-hash";
import type { GuestCtx } from "@/server/services/ctx";
import { redeemToken } from "./account-token";
import { assertStrongPassword } from "./assert-strong-password";
import { setPassword } from "./set-password";

/** Sets a new password by the link of a mail. Every session ends; a second factor stays in force. */
export async function resetPassword(ctx: GuestCtx, { token, password }: ResetPasswordInput, hasher: PasswordHasher = argon2Hasher): Promise<Accepted> {
  const now = ctx.now();
  // Looked at before it is used up, so that a weak password does not cost the link.
  const found = await ctx.db.accountToken.findFirst({
    where: { tokenHash: sha256(token), purpose: "RESET_PASSWORD", usedAt: null, expiresAt: { gt: now }, user: { lockedAt: null, erasedAt: null } },
    select: { user: { select: { id: true, email: true, name: true, locale: true, timeZone: true } } },
  });
  if (!found) throw new AppError("RULE_VIOLATED", "This link is used up or too old. Ask for a new one.", { reason: "LINK_SPENT" });
  await assertStrongPassword(password, found.user);
  const passwordHash = await hasher.hash(password);
  await ctx.db.$transaction(async (tx) => {
    const { email } = await redeemToken(tx, { token, purpose: "RESET_PASSWORD", now });
    await setPassword(tx, ctx, { user: found.user, passwordHash, action: "password.reset", provesEmail: email === found.user.email });
  });
  return { accepted: true };
}
