import type { Accepted } from "@/server/contracts/account";
import { writtenInstant } from "@/server/domain/account/written-instant";
import { AppError } from "@/server/domain/app-error";
import type { UserCtx } from "@/server/services/ctx";
import { recordAudit } from "./record-audit";
import { sendMail } from "./send-mail";

/** Takes the second factor out of force; its secret and the recovery codes are deleted. */
export async function disableMfa(ctx: UserCtx): Promise<Accepted> {
  const now = ctx.now();
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({ where: { id: ctx.user.id, mfaEnabledAt: { not: null } }, data: { mfaEnabledAt: null, totpSecret: null, totpLastStep: null } });
    if (count === 0) throw new AppError("CONFLICT", "Two-step sign-in is off already");
    await tx.recoveryCode.deleteMany({ where: { userId: ctx.user.id } });
    const user = await tx.user.findUniqueOrThrow({ where: { id: ctx.user.id } });
    await recordAudit(tx, ctx, { action: "mfa.disabled", subjectId: user.id, actorId: user.id });
    if (user.email) await sendMail(tx, ctx, { userId: user.id, email: user.email, locale: user.locale }, { kind: "mfa-disabled", name: user.name, at: writtenInstant(now, user), securityLink: `${ctx.site.url}/settings/security` });
  });
  return { accepted: true };
}
