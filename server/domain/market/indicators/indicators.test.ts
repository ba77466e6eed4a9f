import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import golden from "./__golden__/indicators.json";
import { bollingerBands } from "./bollinger-bands";
import { exponentialMovingAverage } from "./exponential-moving-average";
import { movingAverageConvergence } from "./moving-average-convergence";
import { relativeStrengthIndex } from "./relative-strength-index";
import { simpleMovingAverage } from "./simple-moving-average";

const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
function expectClose(actual: readonly (number | null)[], expected: readonly number[], digits: number) {
  expect(known(actual)).toHaveLength(expected.length);
  known(actual).forEach((value, at) => expect(value, `value ${at}`).toBeCloseTo(expected[at]!, digits));
}

const prices = fc.array(fc.integer({ min: 1, max: 100_000 }).map((cents) => cents / 100), { minLength: 1, maxLength: 120 });
const period = fc.integer({ min: 1, max: 30 });

describe("golden numbers of independent sources", () => {
  it("agree for simple and exponential averages and for MACD (Tulip Indicators)", () => {
    const { values, sma5, ema5, macdLine, macdSignal, macdHistogram } = golden.tulip;
    expectClose(simpleMovingAverage(values, 5), sma5, 3);
    expectClose(exponentialMovingAverage(values, 5), ema5, 3);
    const { line, signal, histogram } = movingAverageConvergence(values, { fast: 2, slow: 5, signal: 9 });
    expectClose(line, macdLine, 3);
    expectClose(signal, macdSignal, 3);
    expectClose(histogram, macdHistogram, 3);
  });

  it("agree for RSI (StockCharts ChartSchool)", () => expectClose(relativeStrengthIndex(golden.chartSchoolRsi.values, 14), golden.chartSchoolRsi.rsi14, 3));

  it("agree for Bollinger bands (StockCharts ChartSchool)", () => {
    const { middle, upper, lower } = bollingerBands(golden.chartSchoolBands.values);
    expectClose(middle, golden.chartSchoolBands.middle, 5);
    expectClose(upper, golden.chartSchoolBands.upper, 5);
    expectClose(lower, golden.chartSchoolBands.lower, 5);
  });
});

describe("indicators", () => {
  it("give the worked examples of their docstrings", () => {
    expect(simpleMovingAverage([1, 2, 3, 4], 2)).toEqual([null, 1.5, 2.5, 3.5]);
    expect(exponentialMovingAverage([2, 4, 4], 3)).toEqual([null, null, 3.5]);
    const rsi = relativeStrengthIndex([10, 11, 10, 12], 2);
    expect(rsi.slice(0, 3)).toEqual([null, null, 50]);
    expect(rsi[3]).toBeCloseTo(83.3333, 4);
    const macd = movingAverageConvergence([1, 2, 4], { fast: 1, slow: 2, signal: 1 });
    expect(macd.line[0]).toBeNull();
    expect(macd.line[1]).toBeCloseTo(1 / 3, 12);
    expect(macd.line[2]).toBeCloseTo(7 / 9, 12);
    expect(macd.histogram).toEqual([null, 0, 0]);
    expect(bollingerBands([1, 3], { period: 2 })).toEqual({ middle: [null, 2], upper: [null, 4], lower: [null, 0] });
  });

  it("are null until there are enough values, and of the length of the prices", () => {
    fc.assert(fc.property(prices, period, (values, n) => {
      const nulls = (result: readonly (number | null)[]) => {
        expect(result).toHaveLength(values.length);
        return result.findIndex((value) => value !== null);
      };
      const first = (index: number) => (index < values.length ? index : -1);
      expect(nulls(simpleMovingAverage(values, n))).toBe(first(n - 1));
      expect(nulls(exponentialMovingAverage(values, n))).toBe(first(n - 1));
      const macd = movingAverageConvergence(values, { fast: n, slow: n + 3, signal: 4 });
      expect([nulls(macd.line), nulls(macd.signal), nulls(macd.histogram)]).toEqual([first(n + 2), first(n + 5), first(n + 5)]);
    }));
  });

  it("scale with the prices, but for RSI, which has no unit", () => {
    fc.assert(fc.property(prices, period, (values, n) => {
      const scaled = values.map((value) => value * 8);
      const times8 = (result: readonly (number | null)[]) => result.map((value) => (value === null ? null : value * 8));
      expect(simpleMovingAverage(scaled, n)).toEqual(times8(simpleMovingAverage(values, n)));
      expect(bollingerBands(scaled, { period: n }).upper).toEqual(times8(bollingerBands(values, { period: n }).upper));
      expect(relativeStrengthIndex(scaled, n)).toEqual(relativeStrengthIndex(values, n));
      expectClose(exponentialMovingAverage(scaled, n), known(times8(exponentialMovingAverage(values, n))), 6);
    }));
  });

  it("stay within their bounds", () => {
    fc.assert(fc.property(prices, period, (values, n) => {
      for (const value of known(relativeStrengthIndex(values, n))) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(100);
      }
      const [least, most] = [Math.min(...values), Math.max(...values)];
      for (const value of [...known(simpleMovingAverage(values, n)), ...known(exponentialMovingAverage(values, n))]) {
        expect(value).toBeGreaterThanOrEqual(least - 1e-9);
        expect(value).toBeLessThanOrEqual(most + 1e-9);
      }
      const { middle, upper, lower } = bollingerBands(values, { period: n });
      middle.forEach((value, at) => expect(value === null || (upper[at]! >= value && lower[at]! <= value)).toBe(true));
    }));
  });

  it("mirror: the RSI of falling prices is 100 less that of rising ones", () => {
    fc.assert(fc.property(prices, period, (values, n) => {
      const mirrored = relativeStrengthIndex(values.map((value) => 2_000 - value), n);
      relativeStrengthIndex(values, n).forEach((value, at) => (value === null ? expect(mirrored[at]).toBeNull() : expect(mirrored[at]).toBeCloseTo(100 - value, 6)));
    }));
  });

  it("have no RSI where nothing moves and no width where nothing varies", () => {
    expect(relativeStrengthIndex([5, 5, 5, 5], 2)).toEqual([null, null, null, null]);
    expect(bollingerBands([5, 5, 5], { period: 3 })).toEqual({ middle: [null, null, 5], upper: [null, null, 5], lower: [null, null, 5] });
  });

  it("refuse what is no period and no price", () => {
    for (const n of [0, -1, 1.5, Number.NaN]) {
      for (const indicator of [simpleMovingAverage, exponentialMovingAverage, relativeStrengthIndex]) expect(() => indicator([1, 2], n)).toThrow(AppError);
      expect(() => bollingerBands([1], { period: n })).toThrow(AppError);
      expect(() => movingAverageConvergence([1], { signal: n })).toThrow(AppError);
    }
    expect(() => simpleMovingAverage([1, Number.NaN], 1)).toThrow(AppError);
    expect(() => movingAverageConvergence([1, 2], { fast: 5, slow: 5 })).toThrow(AppError);
    expect(() => bollingerBands([1], { width: -1 })).toThrow(AppError);
  });
});
