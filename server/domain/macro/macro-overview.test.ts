import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recessionSpans, RECESSIONS } from "./recessions";
import { heatBasis, seriesHeat } from "./series-heat";
import { valueOn } from "./yield-curve";

const monthly = (values: readonly number[], startYear = 2010) => values.map((value, k) => ({ date: `${startYear + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, "0")}-01`, value }));

describe("seriesHeat", () => {
  it("gives the worked example of its docstring", () => {
    const heat = seriesHeat(monthly(Array.from({ length: 24 }, (_, k) => k + 1)), "Percent")!;
    expect(heat).toMatchObject({ basis: "level", value: 24, mean: 12.5, n: 24, date: "2011-12-01" });
    expect(heat.stdev).toBeCloseTo(7.0711, 4);
    expect(heat.z).toBeCloseTo(1.6263, 4);
  });

  it("compares what grows by its change over twelve months", () => {
    const steady = monthly(Array.from({ length: 72 }, (_, k) => 100 * 1.02 ** (k / 12) * (k < 24 && k % 2 === 1 ? 1.001 : 1)));
    expect(seriesHeat(steady, "Index 2017=100")?.value).toBeCloseTo(0.02, 10);
    expect(seriesHeat(monthly(Array.from({ length: 72 }, (_, k) => 100 * 1.02 ** (k / 12))), "Index 2017=100")).toBeNull();
    const jump = [...steady.slice(0, -1), { ...steady.at(-1)!, value: steady.at(-1)!.value * 1.1 }];
    expect(seriesHeat(jump, "Index 2017=100")!.z).toBeGreaterThan(5);
    expect(heatBasis("Mil. USD")).toBe("change");
    expect(heatBasis("Percent, SAAR")).toBe("level");
  });

  it("says nothing of short, empty or constant series and refuses what is not finite", () => {
    expect(seriesHeat([], "Percent")).toBeNull();
    expect(seriesHeat(monthly([1, 2, 3]), "Percent")).toBeNull();
    expect(seriesHeat(monthly(Array(60).fill(0.1)), "Percent")).toBeNull();
    expect(() => seriesHeat(monthly([1, Number.NaN]), "Percent")).toThrow("finite");
  });

  it("does not change with the unit's scale or the zero of a level, and is bounded by its window", () => {
    const values = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 24, maxLength: 120 });
    fc.assert(fc.property(values, fc.integer({ min: 1, max: 50 }), fc.integer({ min: -500, max: 500 }), (list, scale, shift) => {
      const plain = seriesHeat(monthly(list), "Percent");
      const other = seriesHeat(monthly(list.map((value) => value * scale + shift)), "Percent");
      if (!plain || !other) return;
      expect(other.z).toBeCloseTo(plain.z, 8);
      expect(Math.abs(plain.z)).toBeLessThanOrEqual((plain.n - 1) / Math.sqrt(plain.n) + 1e-9);
    }));
  });
});

describe("recessionSpans", () => {
  it("joins the dates of a chart that lie within a recession, both ends included", () => {
    const dates = monthly(Array(36).fill(0), 2007).map(({ date }) => date);
    expect(recessionSpans(dates)).toEqual([{ from: "2007-12-01", to: "2009-06-01" }]);
    expect(recessionSpans(["2015-01-01"])).toEqual([]);
    expect(recessionSpans(["2008-01-01", "2008-04-01", "2008-07-01"])).toEqual([{ from: "2008-01-01", to: "2008-07-01" }]);
  });

  it("holds recessions that begin before they end and do not overlap", () => {
    expect(RECESSIONS.every(({ peak, trough }, at) => peak < trough && (at === 0 || RECESSIONS[at - 1]!.trough < peak))).toBe(true);
  });
});

describe("valueOn", () => {
  it("takes the newest value on or before a day, not an old one", () => {
    const points = [{ date: "2025-01-02", value: 1 }, { date: "2025-01-06", value: 2 }];
    expect(valueOn(points, "2025-01-05", 7)).toEqual({ date: "2025-01-02", value: 1 });
    expect(valueOn(points, "2025-02-05", 7)).toBeNull();
    expect(valueOn(points, "2025-01-01", 7)).toBeNull();
  });
});
