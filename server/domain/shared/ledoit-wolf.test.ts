import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { ledoitWolf } from "./ledoit-wolf";
import { cholesky } from "./linear-algebra";
import { createPrng } from "./prng";

const draw = (seed: string, n: number, p: number) => {
  const { normal } = createPrng(seed);
  return Array.from({ length: n }, () => Array.from({ length: p }, normal));
};

describe("ledoitWolf", () => {
  it("gives the worked example of its docstring", () => {
    const rows = [[1, 1], [2, 2], [3, 4], [4, 3], [5, 6], [6, 5], [7, 8], [8, 7]];
    const { covariance, shrinkage, n } = ledoitWolf(rows);
    expect(shrinkage).toBeCloseTo(0.21194937541091385, 12);
    expect(covariance[0]![0]).toBeCloseTo(5.25, 12);
    expect(covariance[0]![1]! / 5.25).toBeCloseTo(0.73176129, 8);
    expect(n).toBe(8);
  });

  it("keeps variances, stays positive definite and shrinks less with more data", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 2, max: 6 }), (seed, p) => {
        const factor = draw(seed, 200, 1).map(([f]) => f!);
        const rows = draw(`${seed}e`, 200, p).map((row, t) => row.map((e, j) => 10 ** j * (factor[t]! + 0.3 * e)));
        const [few, many] = [ledoitWolf(rows.slice(0, 12)), ledoitWolf(rows)];
        expect(many.shrinkage).toBeLessThan(few.shrinkage);
        expect(cholesky(many.covariance)).not.toBeNull();
        for (let j = 0; j < p; j++) {
          const mean = rows.reduce((sum, row) => sum + row[j]!, 0) / 200;
          const variance = rows.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0) / 200;
          expect(many.covariance[j]![j]! / variance).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("shrinks independent columns nearly all the way and one column not at all", () => {
    expect(ledoitWolf(draw("independent", 100, 8)).shrinkage).toBeGreaterThan(0.5);
    expect(ledoitWolf(draw("one", 30, 1)).shrinkage).toBe(0);
  });

  it("refuses one row, ragged rows, gaps and constant columns", () => {
    expect(() => ledoitWolf([[1]])).toThrow(AppError);
    expect(() => ledoitWolf([[1, 2], [1]])).toThrow(AppError);
    expect(() => ledoitWolf([[1], [Number.NaN]])).toThrow(AppError);
    expect(() => ledoitWolf([[3, 1], [3, 2]])).toThrow(AppError);
  });
});
