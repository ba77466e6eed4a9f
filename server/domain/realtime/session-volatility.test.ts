import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sessionVolatility } from "./session-volatility";

const closes = fc.array(fc.double({ min: 0.5, max: 500, noNaN: true }), { minLength: 21, maxLength: 80 });

describe("sessionVolatility", () => {
  it("gives the worked example of its docstring", () => {
    expect(sessionVolatility(Array.from({ length: 21 }, (_, i) => (i % 2 ? 110 : 100)))).toBeCloseTo(0.0977863, 6);
  });

  it("does not depend on the currency's scale", () => {
    fc.assert(
      fc.property(closes, fc.double({ min: 0.01, max: 100, noNaN: true }), (series, scale) => {
        expect(sessionVolatility(series.map((close) => close * scale))).toBeCloseTo(sessionVolatility(series)!, 8);
      }),
    );
  });

  it("is the same backwards in time", () => {
    fc.assert(
      fc.property(closes, (series) => {
        expect(sessionVolatility([...series].reverse())).toBeCloseTo(sessionVolatility(series)!, 8);
      }),
    );
  });

  it("is null with too few returns", () => {
    expect(sessionVolatility([])).toBeNull();
    expect(sessionVolatility(Array(20).fill(3))).toBeNull();
    expect(sessionVolatility(Array(21).fill(3))).toBe(0);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a close of %d", (bad) => {
    expect(() => sessionVolatility([1, bad])).toThrow(/above zero/);
  });
});
