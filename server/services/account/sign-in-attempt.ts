import { signInDelayMs } from "@/server/domain/account/sign-in-delay";
import type { Ctx } from "@/server/services/ctx";

type Attempt = { /** Takes the attempt back: it was no guess. */ refund(): Promise<void> };

/**
 * Counts an attempt before its secret is looked at, so that a hundred guesses at once are as few as five one by one.
 * Null while the account waits after failures; success sets the count back to nothing.
 */
export async function chargeAttempt(ctx: Pick<Ctx, "db" | "now">, userId: string): Promise<Attempt | null> {
  const now = ctx.now();
  return ctx.db.$transaction(async (tx) => {
    // The lock queues attempts on one account.
    const [row] = await tx.$queryRaw<{ failures: number; retryAfter: Date | null }[]>`
      SELECT failed_sign_ins AS "failures", retry_after AS "retryAfter" FROM user_account WHERE id = ${userId}::uuid FOR UPDATE`;
    if (!row || (row.retryAfter && row.retryAfter > now)) return null;
    const delayMs = signInDelayMs(row.failures + 1);
    await tx.user.update({ where: { id: userId }, data: { failedSignIns: row.failures + 1, retryAfter: delayMs > 0 ? new Date(now.getTime() + delayMs) : null } });
    return {
      refund: async () => void (await ctx.db.user.updateMany({ where: { id: userId, failedSignIns: { gt: 0 } }, data: { failedSignIns: { decrement: 1 }, retryAfter: row.retryAfter } })),
    };
  });
}

export const NO_FAILURES = { failedSignIns: 0, retryAfter: null };
