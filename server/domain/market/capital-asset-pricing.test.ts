import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateBeta, requiredReturn } from "./capital-asset-pricing";

const aReturn = fc.integer({ min: -2_000, max: 2_000 }).map((basisPoints) => basisPoints / 10_000);

describe("requiredReturn", () => {
  it("gives the worked example of its docstring", () => {
    expect(requiredReturn({ riskFreePerYear: 0.04, marketReturnPerYear: 0.09, beta: 1.2 })).toBeCloseTo(0.1, 12);
  });

  it("is the riskless rate at beta 0, the market's return at beta 1, and refuses what is no number", () => {
    fc.assert(fc.property(aReturn, aReturn, (riskFreePerYear, marketReturnPerYear) => {
      expect(requiredReturn({ riskFreePerYear, marketReturnPerYear, beta: 0 })).toBeCloseTo(riskFreePerYear, 12);
      expect(requiredReturn({ riskFreePerYear, marketReturnPerYear, beta: 1 })).toBeCloseTo(marketReturnPerYear, 12);
    }));
    expect(() => requiredReturn({ riskFreePerYear: Number.NaN, marketReturnPerYear: 0, beta: 1 })).toThrow("finite");
  });
});

describe("estimateBeta", () => {
  it("gives the worked example of its docstring", () => {
    const found = estimateBeta([0.02, 0.03, 0.07], [0.01, 0.02, 0.03])!;
    expect(found.beta).toBeCloseTo(2.5, 12);
    expect(found.alphaPerPeriod).toBeCloseTo(-0.01, 12);
    expect(found.n).toBe(3);
  });

  it("is null where the market does not vary, has no error of two returns, no fit of an asset that stands still, and refuses unequal lengths", () => {
    expect(estimateBeta([0.1, 0.2, 0.3], [0.1, 0.1, 0.1])).toBeNull();
    expect(estimateBeta([0.1, 0.2], [0.1, 0.3])).toMatchObject({ stdError: null });
    expect(estimateBeta([0.1, 0.1, 0.1], [0.1, 0.3, 0.2])).toMatchObject({ rSquared: null });
    expect(() => estimateBeta([0.1], [0.1])).toThrow("two or more");
    expect(() => estimateBeta([0.1, 0.2], [0.1])).toThrow("as many");
    expect(() => estimateBeta([0.1, Infinity], [0.1, 0.2])).toThrow("finite");
  });

  it("finds the line that was drawn, and gives the market itself beta 1 and alpha 0", () => {
    fc.assert(fc.property(fc.array(aReturn, { minLength: 3, maxLength: 60 }), aReturn, aReturn, (market, alpha, slope) => {
      fc.pre(new Set(market).size > 1);
      const found = estimateBeta(market.map((r) => alpha + 10 * slope * r), market)!;
      expect(found.beta).toBeCloseTo(10 * slope, 7);
      expect(found.alphaPerPeriod).toBeCloseTo(alpha, 7);
      expect(estimateBeta(market, market, 0.001)).toMatchObject({ beta: expect.closeTo(1, 9), alphaPerPeriod: expect.closeTo(0, 9), rSquared: expect.closeTo(1, 9) });
    }));
  });
});
