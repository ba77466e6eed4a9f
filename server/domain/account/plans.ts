import { TIERS, type Tier } from "./access";

/**
 * What the plans hold besides their limits, from the tier on that has it first. `open` stands for what everybody has today whatever the plan
 * says, `later` for what is not built yet; the pages say so, since nobody shall pay for a promise unawares.
 */
export const PLAN_FEATURES = [
  { id: "dashboard", from: "FREE", state: "now" },
  { id: "scenarios", from: "FREE", state: "now" },
  { id: "circuits", from: "FREE", state: "now" },
  { id: "api", from: "FREE", state: "now" },
  { id: "allSectors", from: "PRO", state: "open" },
  { id: "arena", from: "PRO", state: "later" },
  { id: "aiReports", from: "PRO", state: "later" },
  { id: "priority", from: "PREMIUM", state: "now" },
  { id: "analytics", from: "PREMIUM", state: "later" },
  { id: "quotas", from: "INSTITUTIONAL", state: "now" },
  { id: "seats", from: "INSTITUTIONAL", state: "now" },
] as const satisfies readonly { id: string; from: Tier; state: "now" | "open" | "later" }[];

/** Seats that the institutional plan includes where an admin agreed on no other number. */
export const SEATS_INCLUDED = 10;

export type PlanFeature = (typeof PLAN_FEATURES)[number];

/** Whether a plan holds a feature. */
export const hasFeature = (tier: Tier, { from }: Pick<PlanFeature, "from">): boolean => TIERS.indexOf(tier) >= TIERS.indexOf(from);
