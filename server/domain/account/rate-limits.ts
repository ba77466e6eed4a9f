import type { Tier } from "./access";

/** Groups of endpoints with a limit a minute of their own. */
export const LIMIT_GROUPS = ["market", "ai", "chart-analysis", "hypothesis", "sign-in", "other"] as const;
export type LimitGroup = (typeof LIMIT_GROUPS)[number];

/** Requests a minute, by caller: the account, or the address of a guest. */
export const REQUESTS_PER_MINUTE: Record<LimitGroup, number> = { market: 100, ai: 10, "chart-analysis": 20, hypothesis: 5, "sign-in": 20, other: 300 };

/** Requests an hour to the public API; null has no limit of its own. */
export const REQUESTS_PER_HOUR: Record<Tier, number | null> = { FREE: 100, PRO: 1_000, PREMIUM: 10_000, INSTITUTIONAL: null };

/** A guest without a key has what a free account has, by address. */
export const GUEST_REQUESTS_PER_HOUR = REQUESTS_PER_HOUR.FREE;

/** AI reports a day; null is bounded by fair use only. */
export const AI_REPORTS_PER_DAY: Record<Tier, number | null> = { FREE: 3, PRO: null, PREMIUM: null, INSTITUTIONAL: null };

/** US dollars a month, as whole cents. */
export const PRICE_CENTS_PER_MONTH: Record<Tier, number> = { FREE: 0, PRO: 2_000, PREMIUM: 10_000, INSTITUTIONAL: 50_000 };

/** The tier above, which a refusal names; null at the top. */
export const NEXT_TIER: Record<Tier, Tier | null> = { FREE: "PRO", PRO: "PREMIUM", PREMIUM: "INSTITUTIONAL", INSTITUTIONAL: null };
