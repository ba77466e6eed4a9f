import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { annualVolatility } from "./annual-volatility";

const prices = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 3, maxLength: 40 });

describe("annualVolatility", () => {
  it("gives the worked example of its docstring", () => {
    expect(annualVolatility([100, 110, 99], 365)).toBeCloseTo(2.710912, 5);
  });

  it("is the same in any unit and backwards, and grows with the root of the periods", () => {
    fc.assert(fc.property(prices, (p) => {
      const s = annualVolatility(p, 365)!;
      expect(annualVolatility(p.map((price) => price * 3), 365)).toBeCloseTo(s, 8);
      expect(annualVolatility([...p].reverse(), 365)).toBeCloseTo(s, 8);
      expect(annualVolatility(p, 4 * 365)).toBeCloseTo(2 * s, 8);
    }));
  });

  it("is null with fewer than three prices, and refuses what is no price", () => {
    expect(annualVolatility([1, 2], 365)).toBeNull();
    expect(() => annualVolatility([1, 2, -1], 365)).toThrow();
    expect(() => annualVolatility([1, 2, 3], 0)).toThrow();
  });
});
