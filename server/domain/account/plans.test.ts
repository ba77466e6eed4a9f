import { describe, expect, it } from "vitest";
import { TIERS } from "./access";
import { hasFeature, PLAN_FEATURES } from "./plans";
import { NEXT_TIER, PRICE_CENTS_PER_MONTH, REQUESTS_PER_HOUR } from "./rate-limits";

describe("plans", () => {
  it("hold what the cheaper ones hold, and more, for more", () => {
    for (const tier of TIERS) {
      const next = NEXT_TIER[tier];
      if (!next) continue;
      for (const feature of PLAN_FEATURES) if (hasFeature(tier, feature)) expect(hasFeature(next, feature)).toBe(true);
      expect(PLAN_FEATURES.filter((feature) => hasFeature(next, feature)).length).toBeGreaterThan(PLAN_FEATURES.filter((feature) => hasFeature(tier, feature)).length);
      expect(PRICE_CENTS_PER_MONTH[next]).toBeGreaterThan(PRICE_CENTS_PER_MONTH[tier]);
      expect(REQUESTS_PER_HOUR[next] ?? Infinity).toBeGreaterThan(REQUESTS_PER_HOUR[tier]!);
    }
  });
});
