import type { RegisterInput } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { argon2Hasher, type PasswordHasher } from "@/server/platform/password-hash";
import { readFlags } from "@/server/services/admin/read-flags";
import type { GuestCtx } from "@/server/services/ctx";
import { assertStrongPassword } from "./assert-strong-password";
import { newHandle } from "./new-handle";
import { recordAudit } from "./record-audit";
import { sendVerification } from "./request-verification";
import { sendMail } from "./send-mail";

/**
 * Registers a person, in two parts: what is wrong with the input is said at once; `settle` then does what differs between a new
 * address and a known one, and the caller lets it run when the answer, which is the same for both, is on its way.
 *
 * @throws AppError INVALID_INPUT when the password is weak, FORBIDDEN while registration is switched off
 */
export async function registerUser(ctx: GuestCtx, input: RegisterInput, hasher: PasswordHasher = argon2Hasher): Promise<{ settle(): Promise<void> }> {
  if (!(await readFlags(ctx)).registration) throw new AppError("FORBIDDEN", "Nobody can register at the moment", { reason: "REGISTRATION_CLOSED" });
  const { email, name, locale, timeZone } = input;
  await assertStrongPassword(input.password, { email, name: name ?? null });
  const passwordHash = await hasher.hash(input.password);
  const known = await ctx.db.user.findUnique({ where: { email }, select: { id: true, name: true, locale: true, emailVerifiedAt: true } });
  return {
    settle: () =>
      ctx.db.$transaction(async (tx) => {
        if (known) {
          const { url } = ctx.site;
          await sendMail(tx, ctx, { userId: known.id, email, locale: known.locale }, { kind: "address-known", name: known.name, signInLink: `${url}/sign-in`, resetLink: `${url}/forgot-password` });
          return;
        }
        const user = await tx.user.create({ data: { email, name: name || null, handle: newHandle(), passwordHash, locale, timeZone, createdAt: ctx.now() } });
        await recordAudit(tx, ctx, { action: "account.registered", subjectId: user.id, actorId: user.id });
        await sendVerification(tx, ctx, user);
      }),
  };
}
