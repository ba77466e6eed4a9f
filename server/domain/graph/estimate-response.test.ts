import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { createPrng } from "@/server/domain/shared/prng";
import { estimateResponse } from "./estimate-response";

const series = (values: readonly number[], from = 8_000) => new Map(values.map((value, i) => [from + i, value]));
const noise = (seed: string, n: number) => {
  const random = createPrng(seed);
  return Array.from({ length: n }, () => random.normal());
};

describe("estimateResponse", () => {
  it("finds the worked example's lag and coefficient", () => {
    const x = noise("x", 60);
    const response = new Map(x.slice(0, -1).map((value, i) => [8_001 + i, 2 * value]));
    const found = estimateResponse({ response, drivers: [{ driver: "oil", changes: series(x) }], lags: [0, 1, 2], leastPeriods: 20 })!;
    expect(found.responses[0]).toMatchObject({ driver: "oil", lag: 1, significant: true, sign: 1 });
    expect(found.responses[0]!.elasticity).toBeCloseTo(2, 10);
    expect(found.rSquared).toBeCloseTo(1, 10);
  });

  it("separates drivers that move together, and measures in the units of the driver", () => {
    fc.assert(fc.property(fc.integer(), fc.integer({ min: 1, max: 1_000 }), (seed, scale) => {
      const [a, own, u] = [noise(`a${seed}`, 120), noise(`b${seed}`, 120), noise(`u${seed}`, 120)];
      const b = own.map((value, i) => value + 0.5 * a[i]!);
      const response = series(a.map((value, i) => 3 * value - b[i]! + 0.01 * u[i]!));
      const drivers = (by: number) => [{ driver: "a", changes: series(a.map((value) => value / by)) }, { driver: "b", changes: series(b) }];
      const plain = estimateResponse({ response, drivers: drivers(1), lags: [0], leastPeriods: 20 })!;
      const scaled = estimateResponse({ response, drivers: drivers(scale), lags: [0], leastPeriods: 20 })!;
      expect(plain.responses[0]!.elasticity).toBeCloseTo(3, 1);
      expect(plain.responses[1]!.elasticity).toBeCloseTo(-1, 1);
      expect(scaled.responses[0]!.elasticity / scale).toBeCloseTo(plain.responses[0]!.elasticity, 6);
      expect(scaled.responses[0]!.tValue).toBeCloseTo(plain.responses[0]!.tValue, 4);
    }), { numRuns: 20 });
  });

  it("keeps noise insignificant most of the time, and strength between 0 and 1", () => {
    let significant = 0;
    for (let seed = 0; seed < 200; seed++) {
      const found = estimateResponse({ response: series(noise(`r${seed}`, 100)), drivers: [{ driver: "x", changes: series(noise(`d${seed}`, 100)) }], lags: [0], leastPeriods: 20 })!;
      significant += found.responses[0]!.significant ? 1 : 0;
      expect(found.responses[0]!.strength).toBeGreaterThanOrEqual(0);
      expect(found.responses[0]!.strength).toBeLessThan(1);
    }
    expect(significant / 200).toBeLessThan(0.12);
  });

  it("compares lags on the same periods and reports them", () => {
    const found = estimateResponse({ response: series(noise("r", 50)), drivers: [{ driver: "x", changes: series(noise("x", 50)) }], lags: [0, 1, 2], leastPeriods: 20 })!;
    expect(found).toMatchObject({ n: 48, first: 8_002, last: 8_049 });
  });

  it("has no answer with few periods, collinear drivers or a constant response", () => {
    const x = series(noise("x", 40));
    const input = { response: series(noise("r", 40)), lags: [0], leastPeriods: 20 };
    expect(estimateResponse({ ...input, drivers: [{ driver: "x", changes: x }], leastPeriods: 41 })).toBeNull();
    expect(estimateResponse({ ...input, drivers: [{ driver: "x", changes: x }, { driver: "y", changes: x }] })).toBeNull();
    expect(estimateResponse({ ...input, response: series(Array(40).fill(0.1)), drivers: [{ driver: "x", changes: x }] })).toBeNull();
  });

  it("refuses input that cannot make an estimate", () => {
    const x = { driver: "x", changes: series(noise("x", 40)) };
    const response = series(noise("r", 40));
    expect(() => estimateResponse({ response, drivers: [], lags: [0], leastPeriods: 20 })).toThrow(AppError);
    expect(() => estimateResponse({ response, drivers: [x], lags: [], leastPeriods: 20 })).toThrow(AppError);
    expect(() => estimateResponse({ response, drivers: [x], lags: [0], leastPeriods: 3 })).toThrow(AppError);
  });
});
