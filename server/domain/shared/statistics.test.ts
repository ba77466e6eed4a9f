import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import golden from "./__golden__/chi-square-tail.json";
import { chiSquareTail, logGamma, mean, median, quantile, upperGamma } from "./statistics";

describe("mean and median", () => {
  it("are null for no values", () => {
    expect(mean([])).toBeNull();
    expect(median([])).toBeNull();
  });

  it("are what the textbook says, and the input stays as it was", () => {
    const values = [3, 1, 2, 10];
    expect(mean(values)).toBe(4);
    expect(median(values)).toBe(2.5);
    expect(median([5, 1, 2])).toBe(2);
    expect(values).toEqual([3, 1, 2, 10]);
  });
});

describe("quantile", () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  it("gives the worked example, its ends and the median, and leaves the input as it was", () => {
    const values = [4, 1, 3, 2];
    expect([0, 0.25, 0.5, 1].map((p) => quantile(values, p))).toEqual([1, 1.75, median(values), 4]);
    expect([quantile([], 0.5), quantile([7], 0.3), values]).toEqual([null, 7, [4, 1, 3, 2]]);
  });

  it("lies within the values, grows with its share, and is mirrored with them", () => {
    fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), share, share, (values, p, q) => {
      const [at, other] = [quantile(values, p)!, quantile(values, q)!];
      const size = 1e-9 * Math.max(1, ...values.map(Math.abs));
      expect(at).toBeGreaterThanOrEqual(Math.min(...values) - size);
      expect(at).toBeLessThanOrEqual(Math.max(...values) + size);
      if (p < q) expect(other).toBeGreaterThanOrEqual(at - size);
      expect(Math.abs(at + quantile(values.map((v) => -v), 1 - p)!)).toBeLessThanOrEqual(size);
    }));
  });

  it("refuses shares and values that are none", () => {
    for (const bad of [() => quantile([1], 1.1), () => quantile([1], Number.NaN), () => quantile([Number.POSITIVE_INFINITY], 0.5)]) expect(bad).toThrow(AppError);
  });
});

describe("chiSquareTail", () => {
  it.each(golden.cases)("agrees with an independent source at x = $x, k = $k", ({ x, k, tail }) => {
    expect(chiSquareTail(x, k) / tail).toBeCloseTo(1, 10);
  });

  it("falls from 1 to 0", () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 200, noNaN: true }), fc.double({ min: 0, max: 50, noNaN: true }), fc.integer({ min: 1, max: 30 }), (x, step, k) => {
      const [near, far] = [chiSquareTail(x, k), chiSquareTail(x + step, k)];
      expect(near).toBeLessThanOrEqual(1);
      expect(far).toBeGreaterThanOrEqual(0);
      expect(far).toBeLessThanOrEqual(near + 1e-13);
    }));
    expect(chiSquareTail(0, 3)).toBe(1);
    expect(chiSquareTail(Number.POSITIVE_INFINITY, 3)).toBe(0);
  });
});

describe("upperGamma and logGamma", () => {
  it("give the worked example and the factorials", () => {
    expect(upperGamma(1, 2)).toBeCloseTo(Math.exp(-2), 14);
    expect(logGamma(6)).toBeCloseTo(Math.log(120), 12);
    expect(logGamma(0.25)).toBeCloseTo(Math.log(3.625609908221908), 12);
  });

  it("refuse what they are not defined for", () => {
    expect(() => upperGamma(0, 1)).toThrow(AppError);
    expect(() => upperGamma(1, -1)).toThrow(AppError);
    expect(() => logGamma(0)).toThrow(AppError);
  });
});
