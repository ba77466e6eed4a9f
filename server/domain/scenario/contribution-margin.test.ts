import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPrng } from "@/server/domain/shared/prng";
import { addQuarters } from "@/server/domain/shared/quarter";
import { contributionMargin, fittedPrior } from "./contribution-margin";

const REVENUE = [100, 110, 105, 120, 118, 130];
const results = (ebit: (revenue: number, t: number) => number, revenue: readonly number[] = REVENUE) => revenue.map((value, t) => ({ quarter: addQuarters("2024Q1", t), revenue: value, ebit: ebit(value, t) }));

describe("fittedPrior", () => {
  it("gives the worked examples of its docstring", () => {
    expect(fittedPrior(0.4, 0.04)).toBeCloseTo(0.4 / 3, 14);
    expect(fittedPrior(0.4, 0.1)).toBeCloseTo(0.3, 14);
    expect(fittedPrior(0.4, 0.5)).toBe(0.5);
    expect(fittedPrior(0.4, -0.2)).toBeCloseTo(0.4 / 3, 14);
    expect(fittedPrior(0.4, 1.7)).toBe(1);
  });
});

describe("contributionMargin", () => {
  it("gives the worked example of its docstring", () => {
    const estimate = contributionMargin(results((revenue) => 0.4 * revenue - 20), 0.3);
    expect(estimate.margin).toBeCloseTo(0.4, 12);
    expect(estimate).toMatchObject({ basis: "estimated", n: 5 });
  });

  it("falls back to the prior, marked assumed, when quarters are few, apart, or the slope is no margin", () => {
    const assumed = { margin: 0.3, basis: "assumed", n: null };
    expect(contributionMargin(results((revenue) => 0.4 * revenue, REVENUE.slice(1)), 0.3)).toMatchObject(assumed);
    expect(contributionMargin(results((revenue) => 0.4 * revenue).map((row, t) => ({ ...row, quarter: addQuarters("2010Q1", 2 * t) })), 0.3)).toMatchObject(assumed);
    expect(contributionMargin(results((revenue) => -0.4 * revenue), 0.3)).toMatchObject(assumed);
    expect(contributionMargin(results((revenue) => 1.4 * revenue), 0.3)).toMatchObject(assumed);
    expect(contributionMargin(results(() => 5, REVENUE.map(() => 100)), 0.3)).toMatchObject(assumed);
    expect(contributionMargin([], 0.3)).toMatchObject(assumed);
  });

  it("finds nothing in noise most of the time", () => {
    const found = Array.from({ length: 200 }, (_, i) => {
      const { normal } = createPrng(`noise ${i}`);
      return contributionMargin(results(() => 10 * normal(), Array.from({ length: 12 }, () => 100 + 10 * normal())), 0.3).basis;
    }).filter((basis) => basis === "estimated");
    expect(found.length).toBeLessThan(20);
  });

  it("does not depend on the currency's size", () => {
    fc.assert(fc.property(fc.integer({ min: -3, max: 12 }), (power) => {
      const scaled = contributionMargin(results((revenue, t) => (0.4 * revenue + (t % 2) - 20)).map(({ quarter, revenue, ebit }) => ({ quarter, revenue: revenue * 10 ** power, ebit: ebit * 10 ** power })), 0.3);
      expect(scaled.margin).toBeCloseTo(contributionMargin(results((revenue, t) => (0.4 * revenue + (t % 2) - 20)), 0.3).margin, 9);
    }));
  });
});
