import type { Tier } from "./access";

/** What a person may use: the tier and, where one was agreed with an institution, the requests an hour instead of the tier's own. */
export type Plan = { tier: Tier; requestsPerHour: number | null };

/**
 * The plan that counts for a person: their own, or that of the institution whose seat they have when that is more.
 *
 * @param own  what the person has themselves
 * @param institution  the plan of the seat's owner; null without a seat. An institution that is one no longer gives nothing
 */
export function effectivePlan(own: Plan, institution: Plan | null): Plan {
  const counts = institution?.tier === "INSTITUTIONAL" && own.tier !== "INSTITUTIONAL" ? institution : own;
  // A quota agreed with an institution ends with its plan.
  return { tier: counts.tier, requestsPerHour: counts.tier === "INSTITUTIONAL" ? counts.requestsPerHour : null };
}
