import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxDrawdown } from "./max-drawdown";

const prices = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 40 });

describe("maxDrawdown", () => {
  it("gives the worked example of its docstring", () => {
    expect(maxDrawdown([100, 120, 90, 130, 117])).toEqual({ value: -0.25, top: 1, bottom: 2 });
  });

  it("is the deepest of all pairs of a price and a later one", () => {
    fc.assert(fc.property(prices, (p) => {
      const deepest = Math.min(0, ...p.flatMap((from, i) => p.slice(i + 1).map((to) => to / from - 1)));
      expect(maxDrawdown(p)?.value ?? 0).toBeCloseTo(deepest, 12);
    }));
  });

  it("does not change with the unit of the price", () => {
    fc.assert(fc.property(prices, (p) => {
      expect(maxDrawdown(p.map((price) => price * 4))).toEqual(maxDrawdown(p));
    }));
  });

  it("is null where the price never fell, and refuses what is no price", () => {
    expect(maxDrawdown([1, 1, 2])).toBeNull();
    expect(() => maxDrawdown([])).toThrow();
    expect(() => maxDrawdown([1, 0])).toThrow();
    expect(() => maxDrawdown([1, Number.NaN])).toThrow();
  });
});
