import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSplitOf, splitAdjusted, splitFactor } from "./split-factor";

const shares = fc.integer({ min: 1, max: 50 });

describe("splitFactor", () => {
  it("gives the worked example of its docstring", () => expect(splitFactor({ from: 1, to: 4 })).toBe(0.25));

  it("is undone by the reverse split", () => {
    fc.assert(fc.property(shares, shares, (from, to) => {
      expect(splitFactor({ from, to }) * splitFactor({ from: to, to: from })).toBeCloseTo(1, 12);
    }));
  });

  it("refuses what is no split", () => {
    for (const split of [{ from: 0, to: 1 }, { from: 1, to: -2 }, { from: 1, to: Number.NaN }, { from: Number.POSITIVE_INFINITY, to: 1 }]) expect(() => splitFactor(split)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });
});

describe("splitAdjusted", () => {
  it("keeps what was paid in all, and every ratio of prices", () => {
    fc.assert(fc.property(shares, shares, fc.integer({ min: 1, max: 1_000 }), (from, to, low) => {
      const bar = { open: low + 2, high: low + 5, low, close: low + 3, volume: 1_000 };
      const adjusted = splitAdjusted(bar, splitFactor({ from, to }));
      expect(adjusted.close * adjusted.volume).toBeCloseTo(bar.close * bar.volume, 4);
      expect(adjusted.high / adjusted.low).toBeCloseTo(bar.high / bar.low, 10);
    }));
  });
});

describe("isSplitOf", () => {
  it("tells a factor from a day's move", () => {
    expect(isSplitOf(0.505, 0.5)).toBe(true);
    expect(isSplitOf(0.55, 0.5)).toBe(false);
  });
});
