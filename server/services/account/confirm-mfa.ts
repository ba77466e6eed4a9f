import type { RecoveryCodes } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { SessionCtx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";
import { endSessions } from "./end-sessions";
import { recordAudit } from "./record-audit";
import { replaceRecoveryCodes, takeTotp } from "./second-factor";

/** Puts the second factor in force by a first code of the app, and hands out the recovery codes. Sessions that were opened without it end. */
export async function confirmMfa(ctx: SessionCtx, { code }: { code: string }): Promise<RecoveryCodes> {
  const now = ctx.now();
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: ctx.user.id } });
  if (user.mfaEnabledAt) throw new AppError("CONFLICT", "Two-step sign-in is on already");
  if (!(await takeTotp(ctx, user, code))) throw new AppError("INVALID_INPUT", "This code is wrong. Check that the clock of your phone is right.", { field: "code", reason: "CODE_REFUSED" });
  const codes = await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({ where: { id: user.id, mfaEnabledAt: null, totpSecret: user.totpSecret }, data: { mfaEnabledAt: now } });
    if (count === 0) throw new AppError("CONFLICT", "The enrolment was started again elsewhere");
    const sessionsEnded = await endSessions(tx, { userId: user.id, except: ctx.sessionId, reason: "revoked", now });
    await recordAudit(tx, ctx, { action: "mfa.enabled", subjectId: user.id, actorId: user.id, details: { sessionsEnded } });
    await notify(tx, ctx, { userId: user.id, kind: "security.mfa-changed", params: { change: "enabled" } });
    return replaceRecoveryCodes(tx, user.id);
  });
  forgetApiKeyOwners(ctx);
  return { codes };
}
