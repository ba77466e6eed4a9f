import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { cholesky, dot, identity, inverse, multiply, multiplyVector, solveMatrix, solveVector, spectralRadiusOfNonNegative, transpose } from "./linear-algebra";

const anEntry = fc.integer({ min: -100, max: 100 }).map((k) => k / 10);
const aSquare = fc.integer({ min: 1, max: 7 }).chain((n) => fc.array(fc.array(anEntry, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }));

describe("solveMatrix", () => {
  it("gives the worked example of its docstring", () => {
    const x = solveMatrix([[2, 1], [1, 3]], [[3], [5]])!;
    expect(x[0]![0]).toBeCloseTo(0.8, 14);
    expect(x[1]![0]).toBeCloseTo(1.4, 14);
  });

  it("is null for a singular matrix and exchanges rows for a zero pivot", () => {
    expect(solveMatrix([[1, 2], [2, 4]], [[1], [2]])).toBeNull();
    expect(solveVector([[0, 1], [1, 0]], [3, 4])).toEqual([4, 3]);
    expect(inverse([[0, 0], [0, 1]])).toBeNull();
  });

  it("solves what has an answer", () => {
    fc.assert(fc.property(aSquare, (a) => {
      const n = a.length;
      const dominant = a.map((row, i) => row.map((entry, j) => (i === j ? entry + Math.sign(entry || 1) * 100 * n : entry)));
      const b = a.map((row) => row[0]!);
      const x = solveVector(dominant, b)!;
      multiplyVector(dominant, x).forEach((value, i) => expect(value).toBeCloseTo(b[i]!, 9));
      multiply(dominant, inverse(dominant)!).forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(i === j ? 1 : 0, 10)));
    }));
  });

  it("refuses what is not square, not finite or does not fit", () => {
    expect(() => solveMatrix([[1, 2]], [[1]])).toThrow(AppError);
    expect(() => solveMatrix([[Number.NaN]], [[1]])).toThrow(AppError);
    expect(() => solveVector(identity(2), [1])).toThrow(AppError);
    expect(() => dot([1], [1, 2])).toThrow(AppError);
  });
});

describe("cholesky", () => {
  it("gives the worked example of its docstring", () => {
    expect(cholesky([[4, 2], [2, 5]])).toEqual([[2, 0], [1, 2]]);
  });

  it("is null when the matrix is not positive definite", () => {
    expect(cholesky([[1, 2], [2, 1]])).toBeNull();
  });

  it("multiplies back", () => {
    fc.assert(fc.property(aSquare, (a) => {
      const positive = multiply(a, transpose(a)).map((row, i) => row.map((entry, j) => entry + (i === j ? 1 : 0)));
      const lower = cholesky(positive)!;
      multiply(lower, transpose(lower)).forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(positive[i]![j]!, 7)));
    }));
  });
});

describe("spectralRadiusOfNonNegative", () => {
  it("gives the worked example of its docstring, a cyclic and a nilpotent matrix", () => {
    expect(spectralRadiusOfNonNegative([[0, 0.5], [0.5, 0]])).toBeCloseTo(0.5, 10);
    expect(spectralRadiusOfNonNegative([[0, 1, 0], [0, 0, 1], [1, 0, 0]])).toBeCloseTo(1, 10);
    expect(spectralRadiusOfNonNegative([[0, 0.3], [0, 0]])).toBeLessThan(0.01);
    expect(spectralRadiusOfNonNegative([])).toBe(0);
  });

  it("never understates: it lies between the largest diagonal entry and the largest row sum", () => {
    fc.assert(fc.property(aSquare, (a) => {
      const positive = a.map((row) => row.map(Math.abs));
      const radius = spectralRadiusOfNonNegative(positive);
      expect(radius).toBeGreaterThanOrEqual(Math.max(...positive.map((row, i) => row[i]!)) - 1e-9);
      expect(radius).toBeLessThanOrEqual(Math.max(...positive.map((row) => row.reduce((sum, entry) => sum + entry, 0))) + 1e-9);
    }));
  });

  it("refuses negative entries", () => {
    expect(() => spectralRadiusOfNonNegative([[-1]])).toThrow(AppError);
  });
});
