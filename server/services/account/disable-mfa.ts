import type { Accepted } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { UserCtx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";
import { recordAudit } from "./record-audit";

/** Takes the second factor out of force; its secret and the recovery codes are deleted. */
export async function disableMfa(ctx: UserCtx): Promise<Accepted> {
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({ where: { id: ctx.user.id, mfaEnabledAt: { not: null } }, data: { mfaEnabledAt: null, totpSecret: null, totpLastStep: null } });
    if (count === 0) throw new AppError("CONFLICT", "Two-step sign-in is off already");
    await tx.recoveryCode.deleteMany({ where: { userId: ctx.user.id } });
    await recordAudit(tx, ctx, { action: "mfa.disabled", subjectId: ctx.user.id, actorId: ctx.user.id });
    await notify(tx, ctx, { userId: ctx.user.id, kind: "security.mfa-changed", params: { change: "disabled" } });
  });
  forgetApiKeyOwners(ctx);
  return { accepted: true };
}
