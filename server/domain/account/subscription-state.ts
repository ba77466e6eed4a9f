import type { Tier } from "./access";
import { SEATS_INCLUDED } from "./plans";

export const PAID_TIERS = ["PRO", "PREMIUM", "INSTITUTIONAL"] as const;
export type PaidTier = (typeof PAID_TIERS)[number];

/** A subscription as Stripe told it. */
export type ToldSubscription = { stripeId: string; tier: Tier; status: string; quantity: number; currentPeriodEnd: Date | null; cancelsAtPeriodEnd: boolean; toldAt: Date };

/** A card that failed keeps its plan while Stripe tries again; Stripe says `unpaid` or `canceled` when it gives up. */
const KEEPS_THE_PLAN: readonly string[] = ["active", "trialing", "past_due"];

export const isLive = ({ status }: Pick<ToldSubscription, "status">): boolean => KEEPS_THE_PLAN.includes(status);

/** The tier that a subscription gives. */
export const tierOfSubscription = (subscription: Pick<ToldSubscription, "status" | "tier">): Tier => (isLive(subscription) ? subscription.tier : "FREE");

/** Seats that may be given: those agreed with the institution, else those that its plan includes; none where the person is no institution. */
export function seatsOf({ tier, seatsGranted }: { tier: Tier; seatsGranted: number | null }): number {
  return tier === "INSTITUTIONAL" ? (seatsGranted ?? SEATS_INCLUDED) : 0;
}

/**
 * What to do with news of a subscription, which may come late, twice or out of order.
 *
 * @param known  what is stored; null when nothing is
 * @param told  the news
 * @param fresh  whether the news was just asked of Stripe and not read from an event
 * @returns `ask` where Stripe's clock, which counts seconds, cannot tell which of two came first
 */
export function judgeNews(known: Pick<ToldSubscription, "stripeId" | "status" | "toldAt"> | null, told: ToldSubscription, { fresh }: { fresh: boolean }): "take" | "leave" | "ask" {
  if (!known) return "take";
  // The end of an earlier subscription says nothing about the one in force.
  if (known.stripeId !== told.stripeId && isLive(known) && !isLive(told)) return "leave";
  if (told.toldAt < known.toldAt) return "leave";
  if (told.toldAt > known.toldAt || fresh) return "take";
  return "ask";
}
