import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { olsNeweyWest } from "./ols-newey-west";
import { createPrng } from "./prng";

const noise = (seed: string, n: number) => {
  const { normal } = createPrng(seed);
  return Array.from({ length: n }, normal);
};

describe("olsNeweyWest", () => {
  it("gives the worked example of its docstring", () => {
    const fit = olsNeweyWest({ y: [1, 2, 4, 3], x: [[0, 1, 2, 3]], lags: 1 })!;
    expect(fit.coefficients[0]).toBeCloseTo(1.3, 12);
    expect(fit.coefficients[1]).toBeCloseTo(0.8, 12);
    expect(fit.stdErrors[0]).toBeCloseTo(0.44, 12);
    expect(fit.stdErrors[1]).toBeCloseTo(Math.sqrt(0.0866), 12);
    expect(fit.tValues[1]).toBeCloseTo(0.8 / Math.sqrt(0.0866), 10);
    expect(fit.rSquared).toBeCloseTo(0.64, 12);
    expect(fit.n).toBe(4);
  });

  it("finds the coefficients that made the data, whatever the size of the regressors", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -6, max: 6 }), (seed, power) => {
        const x1 = noise(`${seed}1`, 40).map((z) => z * 10 ** power);
        const x2 = noise(`${seed}2`, 40);
        const slope = 3 / 10 ** power;
        const fit = olsNeweyWest({ y: x1.map((value, t) => 2 + slope * value - x2[t]!), x: [x1, x2], lags: 4 })!;
        expect(fit.coefficients[0]).toBeCloseTo(2, 8);
        expect(fit.coefficients[1]! / slope).toBeCloseTo(1, 8);
        expect(fit.coefficients[2]).toBeCloseTo(-1, 8);
        expect(fit.rSquared).toBeCloseTo(1, 8);
      }),
      { numRuns: 30 },
    );
  });

  it("doubles coefficient and error when the response doubles, and keeps t and R²", () => {
    const x = noise("x", 60);
    const y = noise("u", 60).map((u, t) => u + 0.4 * x[t]!);
    const [one, two] = [y, y.map((value) => 2 * value)].map((response) => olsNeweyWest({ y: response, x: [x], lags: 3 })!);
    expect(two!.coefficients[1]).toBeCloseTo(2 * one!.coefficients[1]!, 12);
    expect(two!.stdErrors[1]).toBeCloseTo(2 * one!.stdErrors[1]!, 12);
    expect(two!.tValues[1]).toBeCloseTo(one!.tValues[1]!, 10);
    expect(two!.rSquared).toBeCloseTo(one!.rSquared!, 12);
  });

  it("widens the error of the mean of a persistent series", () => {
    const shocks = noise("ar", 400);
    const y: number[] = [];
    for (const [t, shock] of shocks.entries()) y.push(0.8 * (y[t - 1] ?? 0) + shock);
    const [white, robust] = [0, 12].map((lags) => olsNeweyWest({ y, x: [], lags })!.stdErrors[0]!);
    expect(robust!).toBeGreaterThan(1.8 * white!);
  });

  it("has no answer for collinear regressors and no R² for a constant response", () => {
    const x = noise("x", 20);
    expect(olsNeweyWest({ y: noise("y", 20), x: [x, x.map((value) => 3 * value)], lags: 2 })).toBeNull();
    expect(olsNeweyWest({ y: noise("y", 20), x: [x.map(() => 7)], lags: 2 })).toBeNull();
    expect(olsNeweyWest({ y: noise("y", 20), x: [x.map(() => 0)], lags: 2 })).toBeNull();
    expect(olsNeweyWest({ y: x.map(() => 5), x: [x], lags: 2 })!.rSquared).toBeNull();
  });

  it("refuses too few observations, unequal lengths, bad lags and numbers that are not finite", () => {
    expect(() => olsNeweyWest({ y: [1, 2], x: [[1, 2]], lags: 0 })).toThrow(AppError);
    expect(() => olsNeweyWest({ y: [1, 2, 3], x: [[1, 2]], lags: 0 })).toThrow(AppError);
    expect(() => olsNeweyWest({ y: [1, 2, 3], x: [[1, 2, 4]], lags: 3 })).toThrow(AppError);
    expect(() => olsNeweyWest({ y: [1, 2, Number.NaN], x: [[1, 2, 4]], lags: 0 })).toThrow(AppError);
  });
});
