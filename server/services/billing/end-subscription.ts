import { isLive } from "@/server/domain/account/subscription-state";
import type { Payments } from "@/server/platform/payments";
import type { Ctx } from "@/server/services/ctx";
import { requirePayments } from "./require-payments";

/**
 * Ends at Stripe what a person who leaves still pays for; nobody is charged for an account that is no more.
 *
 * @throws AppError RULE_VIOLATED while Stripe's keys are missing, UPSTREAM_UNAVAILABLE while it is away: the account waits until this is done
 */
export async function endSubscription(ctx: Pick<Ctx, "db">, { userId }: { userId: string }, payments: Payments | null): Promise<{ ended: boolean }> {
  const subscription = await ctx.db.subscription.findUnique({ where: { userId }, select: { stripeId: true, status: true } });
  if (!subscription || !isLive(subscription)) return { ended: false };
  const stripe = requirePayments(payments);
  // It may have ended since we were told.
  if (isLive(await stripe.getSubscription(subscription.stripeId))) await stripe.cancelSubscription(subscription.stripeId);
  return { ended: true };
}
