import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlation } from "@/server/domain/shared/correlation";
import { averageCorrelation } from "./average-correlation";
import { marketBreadth } from "./market-breadth";
import { rangePlace } from "./range-place";
import { relativeTurnover } from "./relative-turnover";
import { volatilityRegime } from "./volatility-regime";

const aReturn = fc.integer({ min: -2_000, max: 2_000 }).map((basisPoints) => basisPoints / 10_000);
const aPrice = fc.integer({ min: 1, max: 100_000 }).map((cents) => cents / 100);
const aVolume = fc.integer({ min: 0, max: 1_000_000 });

describe("marketBreadth", () => {
  it("gives the worked example of its docstring", () => {
    const sessions = ([[11, 300], [9, 100], [10, 50], [12, 100]] as const).map(([close, volume]) => ({ close, previousClose: 10, volume }));
    const { upTurnoverShare, armsIndex, ...counts } = marketBreadth(sessions);
    expect(counts).toEqual({ advancers: 2, decliners: 1, unchanged: 1, net: 1, netShare: 0.25 });
    expect(upTurnoverShare).toBeCloseTo(0.8333, 4);
    expect(armsIndex).toBeCloseTo(0.5, 12);
  });

  it("knows nothing of no shares, leaves out a share without an earlier close, and refuses what is no price", () => {
    expect(marketBreadth([{ close: 1, previousClose: null, volume: 1 }])).toEqual({ advancers: 0, decliners: 0, unchanged: 0, net: 0, netShare: null, upTurnoverShare: null, armsIndex: null });
    for (const bad of [{ close: 0, previousClose: 1, volume: 1 }, { close: 1, previousClose: -1, volume: 1 }, { close: 1, previousClose: 1, volume: -1 }, { close: Number.NaN, previousClose: 1, volume: 1 }]) expect(() => marketBreadth([bad])).toThrow("Breadth");
  });

  it("turns about when every share's move does", () => {
    fc.assert(fc.property(fc.array(fc.tuple(aPrice, aPrice, aVolume), { maxLength: 30 }), (rows) => {
      const there = marketBreadth(rows.map(([close, previousClose, volume]) => ({ close, previousClose, volume })));
      const back = marketBreadth(rows.map(([previousClose, close, volume]) => ({ close, previousClose, volume })));
      expect([back.advancers, back.decliners, back.net]).toEqual([there.decliners, there.advancers, 0 - there.net]);
      if (there.armsIndex !== null) expect(back.armsIndex! * there.armsIndex).toBeCloseTo(1, 9);
    }));
  });
});

describe("volatilityRegime", () => {
  const options = { window: 2, periodsPerYear: 252, windowsAtLeast: 1 };

  it("gives the worked example of its docstring", () => {
    const found = volatilityRegime([0.01, -0.01, 0.02, -0.02], options)!;
    expect(found).toMatchObject({ rank: 1, regime: "stressed", windows: 3 });
    expect(found.volatilityPerYear).toBeCloseTo(0.3175, 4);
    expect(volatilityRegime([0.01, -0.01], options)!.volatilityPerYear).toBeCloseTo(0.1587, 4);
    expect(volatilityRegime([-0.01, 0.02], options)!.volatilityPerYear).toBeCloseTo(0.251, 4);
  });

  it("is null without enough windows and where nothing moved, and refuses windows of one", () => {
    expect(volatilityRegime([0.01], options)).toBeNull();
    expect(volatilityRegime([0, 0, 0], options)).toBeNull();
    expect(() => volatilityRegime([0.1, 0.2], { ...options, window: 1 })).toThrow("window");
    expect(() => volatilityRegime([Number.NaN, 1], options)).toThrow("finite");
  });

  it("keeps its rank whatever the size of all moves, and scales its volatility with them", () => {
    fc.assert(fc.property(fc.array(aReturn, { minLength: 5, maxLength: 60 }), (returns) => {
      const found = volatilityRegime(returns, options);
      fc.pre(found !== null);
      const doubled = volatilityRegime(returns.map((r) => 2 * r), options)!;
      expect(doubled.volatilityPerYear).toBeCloseTo(2 * found.volatilityPerYear, 9);
      expect([doubled.rank, doubled.regime]).toEqual([found.rank, found.regime]);
      expect(found.rank).toBeGreaterThan(0);
      expect(found.rank).toBeLessThanOrEqual(1);
    }));
  });
});

describe("averageCorrelation", () => {
  it("gives the worked example of its docstring", () => {
    expect(averageCorrelation([[1, 2, 3], [1, 3, 2], [3, 2, 1]])!.correlation).toBeCloseTo(-1 / 3, 12);
  });

  it("is null where fewer than two columns vary, and refuses columns of different lengths", () => {
    expect(averageCorrelation([])).toBeNull();
    expect(averageCorrelation([[1, 2, 3], [0.1, 0.1, 0.1]])).toBeNull();
    expect(() => averageCorrelation([[1, 2, 3], [1, 2]])).toThrow("same length");
    expect(() => averageCorrelation([[1, 2, Number.NaN]])).toThrow("finite");
  });

  it("agrees with all pairs one by one", () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 6 }).chain((k) => fc.array(fc.array(aReturn, { minLength: 8, maxLength: 8 }), { minLength: k, maxLength: k })), (columns) => {
      fc.pre(columns.every((column) => new Set(column).size > 1));
      const pairs = columns.flatMap((x, i) => columns.slice(i + 1).map((y) => correlation(x, y)!));
      expect(averageCorrelation(columns)!.correlation).toBeCloseTo(pairs.reduce((sum, r) => sum + r, 0) / pairs.length, 9);
    }));
  });
});

describe("relativeTurnover", () => {
  it("gives the worked example of its docstring", () => {
    expect(relativeTurnover([100, 300, 200, 500], 3)).toBe(2.5);
  });

  it("is null with too few earlier sessions and where nothing was traded before, and refuses negative turnovers", () => {
    expect(relativeTurnover([100, 500], 2)).toBeNull();
    expect(relativeTurnover([], 1)).toBeNull();
    expect(relativeTurnover([0, 0, 5], 2)).toBeNull();
    expect(() => relativeTurnover([1, -1], 1)).toThrow("not negative");
  });

  it("does not change with the currency", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 2, maxLength: 40 }), fc.integer({ min: 2, max: 1_000 }), (turnovers, rate) => {
      expect(relativeTurnover(turnovers.map((turnover) => turnover * rate), 1)).toBeCloseTo(relativeTurnover(turnovers, 1)!, 9);
    }));
  });
});

describe("rangePlace", () => {
  it("gives the worked example of its docstring", () => {
    expect(rangePlace([10, 14, 8, 11])).toEqual({ high: 14, low: 8, place: 0.5, belowHigh: 11 / 14 - 1 });
  });

  it("has no place in a range without width, and refuses what is no price", () => {
    expect(rangePlace([5, 5])).toEqual({ high: 5, low: 5, place: null, belowHigh: 0 });
    expect(() => rangePlace([])).toThrow("range");
    expect(() => rangePlace([1, 0])).toThrow("range");
  });

  it("stays within its bounds, in any unit", () => {
    fc.assert(fc.property(fc.array(aPrice, { minLength: 1, maxLength: 60 }), (closes) => {
      const { place, belowHigh } = rangePlace(closes);
      expect(place === null || (place >= 0 && place <= 1)).toBe(true);
      expect(belowHigh <= 0 && belowHigh > -1).toBe(true);
    }));
  });
});
