import type { BillingDto } from "@/server/contracts/billing";
import { isLive, seatsOf } from "@/server/domain/account/subscription-state";
import type { Payments } from "@/server/platform/payments";
import type { UserCtx } from "@/server/services/ctx";
import { toSeatDto } from "./seat-dto";

/** The caller's plan, what they pay for, and the seats that they have given. */
export async function getBilling(ctx: UserCtx, payments: Payments | null): Promise<BillingDto> {
  const { id, tier, requestsPerHour } = ctx.user;
  const own = await ctx.db.user.findUniqueOrThrow({
    where: { id },
    select: { tier: true, seatsGranted: true, stripeCustomerId: true, subscription: true, ownedSeats: { orderBy: [{ createdAt: "asc" }, { id: "asc" }] } },
  });
  const { subscription } = own;
  return {
    tier,
    ownTier: own.tier,
    requestsPerHour,
    sells: [...(payments?.sells ?? [])],
    subscription: subscription && {
      tier: subscription.tier,
      status: subscription.status,
      live: isLive(subscription),
      currentPeriodEnd: subscription.currentPeriodEnd?.toISOString() ?? null,
      cancelsAtPeriodEnd: subscription.cancelsAtPeriodEnd,
    },
    portal: payments !== null && own.stripeCustomerId !== null,
    seats: own.tier === "INSTITUTIONAL" ? { bound: seatsOf(own), items: own.ownedSeats.map(toSeatDto) } : null,
  };
}
