import type { RecoveryCodes } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import type { UserCtx } from "@/server/services/ctx";
import { recordAudit } from "./record-audit";
import { replaceRecoveryCodes } from "./second-factor";

/** Ten new recovery codes; the earlier ones work no more. */
export async function renewRecoveryCodes(ctx: UserCtx): Promise<RecoveryCodes> {
  return ctx.db.$transaction(async (tx) => {
    const { mfaEnabledAt } = await tx.user.findUniqueOrThrow({ where: { id: ctx.user.id }, select: { mfaEnabledAt: true } });
    if (!mfaEnabledAt) throw new AppError("CONFLICT", "Two-step sign-in is off");
    await recordAudit(tx, ctx, { action: "recovery-codes.renewed", subjectId: ctx.user.id, actorId: ctx.user.id });
    return { codes: await replaceRecoveryCodes(tx, ctx.user.id) };
  });
}
