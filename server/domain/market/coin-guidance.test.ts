import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exitSize, fundingPerYear, lossLimitShare, volatilityBudgetShare } from "./coin-guidance";

const share = fc.integer({ min: 1, max: 1_000 }).map((thousandths) => thousandths / 1_000);

describe("rules of size", () => {
  it("give the worked examples of their docstrings", () => {
    expect(volatilityBudgetShare(0.5, 0.02)).toBeCloseTo(0.04, 12);
    expect(lossLimitShare(-0.5, 0.05)).toBeCloseTo(0.1, 12);
    expect(exitSize(5_000_000_000, 0.01)).toBe(50_000_000);
    expect(fundingPerYear(0.0001, 8)).toBeCloseTo(0.1095, 12);
  });

  it("keep the budget and the limit, and never ask for more than everything", () => {
    fc.assert(fc.property(share, share, (risk, limit) => {
      const byVolatility = volatilityBudgetShare(risk, limit)!;
      const byLoss = lossLimitShare(-risk, limit)!;
      expect(byVolatility * risk).toBeLessThanOrEqual(limit + 1e-12);
      expect(byLoss * risk).toBeLessThanOrEqual(limit + 1e-12);
      expect(Math.max(byVolatility, byLoss)).toBeLessThanOrEqual(1);
    }));
  });

  it("say nothing of a coin that never moved or fell", () => {
    expect(volatilityBudgetShare(0, 0.02)).toBeNull();
    expect(lossLimitShare(0, 0.05)).toBeNull();
  });

  it("refuse what is out of range", () => {
    expect(() => volatilityBudgetShare(-1, 0.02)).toThrow();
    expect(() => volatilityBudgetShare(1, 0)).toThrow();
    expect(() => lossLimitShare(0.1, 0.05)).toThrow();
    expect(() => exitSize(-1, 0.01)).toThrow();
    expect(() => fundingPerYear(0.1, 0)).toThrow();
    expect(() => fundingPerYear(Number.NaN, 8)).toThrow();
  });
});
