import { describe, expect, it } from "vitest";
import { requireReturn } from "./require-return";

const RATES = { riskFreePerYear: 0.04, marketReturnPerYear: 0.09, periodsPerYear: 252 };

describe("requireReturn", () => {
  it("takes the beta that is given", () => {
    expect(requireReturn({ ...RATES, beta: 1.2 })).toEqual({ expectedReturnPerYear: expect.closeTo(0.1, 12), riskPremiumPerYear: expect.closeTo(0.06, 12), beta: 1.2, estimate: null });
  });

  it("estimates the beta of the returns, their riskless rate taken per period", () => {
    const found = requireReturn({ ...RATES, assetReturns: [0.02, 0.03, 0.07], marketReturns: [0.01, 0.02, 0.03] });
    expect(found).toMatchObject({ beta: expect.closeTo(2.5, 12), expectedReturnPerYear: expect.closeTo(0.04 + 2.5 * 0.05, 12), estimate: { n: 3 } });
    expect(found.estimate!.alphaPerPeriod).toBeCloseTo(-0.01 - (0.04 / 252) * (1 - 2.5), 12);
  });

  it("refuses both, neither, half of the returns, other lengths, and a market that stands still", () => {
    const refusal = (more: object) => {
      try {
        requireReturn({ ...RATES, ...more });
        return null;
      } catch (error) {
        const { code, details } = error as { code: string; details: { field: string } };
        return [code, details.field];
      }
    };
    const two = [0.1, 0.2];
    expect(refusal({})).toEqual(["INVALID_INPUT", "beta"]);
    expect(refusal({ beta: 1, assetReturns: two, marketReturns: two })).toEqual(["INVALID_INPUT", "beta"]);
    expect(refusal({ assetReturns: two })).toEqual(["INVALID_INPUT", "beta"]);
    expect(refusal({ assetReturns: two, marketReturns: [0.1, 0.2, 0.3] })).toEqual(["INVALID_INPUT", "marketReturns"]);
    expect(refusal({ assetReturns: two, marketReturns: [0.1, 0.1] })).toEqual(["RULE_VIOLATED", "marketReturns"]);
  });
});
