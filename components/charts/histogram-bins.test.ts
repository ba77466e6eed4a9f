import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { histogramBins } from "./histogram-bins";

describe("histogramBins", () => {
  it("counts each value once, whatever the values", () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true })), fc.integer({ min: 1, max: 60 }), (values, count) => {
      expect(histogramBins(values, count).reduce((sum, bin) => sum + bin.count, 0)).toBe(values.length);
    }));
  });

  it("puts the largest value in the last bin", () => {
    expect(histogramBins([0, 1, 2, 3, 4], 2)).toEqual([{ from: 0, to: 2, count: 2 }, { from: 2, to: 4, count: 3 }]);
  });

  it("has no bins without values and one when all are alike", () => {
    expect(histogramBins([])).toEqual([]);
    expect(histogramBins([Number.NaN])).toEqual([]);
    expect(histogramBins([7, 7, 7])).toEqual([{ from: 7, to: 7, count: 3 }]);
    expect(histogramBins([0, Number.MIN_VALUE], 2)).toEqual([{ from: 0, to: Number.MIN_VALUE, count: 2 }]);
  });
});
