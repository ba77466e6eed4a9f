import type { StepUpInput } from "@/server/contracts/account";
import { STEP_UP_LASTS_MS } from "@/server/domain/account/access";
import { AppError } from "@/server/domain/app-error";
import { argon2Hasher, type PasswordHasher } from "@/server/platform/password-hash";
import type { SessionCtx } from "@/server/services/ctx";
import { recordAudit } from "./record-audit";
import { chargeAttempt, proofAim } from "./sign-in-attempt";
import { takeSecondFactor } from "./second-factor";

/** Proves in a running session that it is the person: by a code where a second factor is set up, else by the password. Failures count apart from those at the door: nobody there can keep the person from this. */
export async function stepUp(ctx: SessionCtx, { code, password }: StepUpInput, hasher: PasswordHasher = argon2Hasher): Promise<{ until: string }> {
  const now = ctx.now();
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: ctx.user.id } });
  const attempt = await chargeAttempt(ctx, proofAim(user.id));
  const proved = user.mfaEnabledAt
    ? attempt !== null && code !== undefined && (await takeSecondFactor(ctx, user, code)) !== null
    : await hasher.verify(attempt ? user.passwordHash : null, password ?? "");
  if (!attempt || !proved) throw new AppError("INVALID_INPUT", user.mfaEnabledAt ? "This code is wrong or was used before" : "This is not your password", { field: user.mfaEnabledAt ? "code" : "password", reason: "PROOF_REFUSED" });
  await ctx.db.$transaction(async (tx) => {
    await attempt.succeed(tx);
    await tx.session.updateMany({ where: { id: ctx.sessionId, userId: user.id, revokedAt: null }, data: { steppedUpAt: now } });
    await recordAudit(tx, ctx, { action: "session.stepped-up", subjectId: user.id, actorId: user.id });
  });
  return { until: new Date(now.getTime() + STEP_UP_LASTS_MS).toISOString() };
}
