import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPrng } from "./prng";

describe("createPrng", () => {
  it("gives the same numbers for the same seed and others for another", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const [one, two, other] = [createPrng(seed), createPrng(seed), createPrng(`${seed}x`)];
        const draw = (prng: typeof one) => [prng.uniform(), prng.normal(), prng.uniform()];
        const first = draw(one);
        expect(draw(two)).toEqual(first);
        expect(draw(other)).not.toEqual(first);
      }),
    );
  });

  it("draws uniforms in [0, 1) with mean 1/2 and variance 1/12", () => {
    const { uniform } = createPrng("uniform");
    const draws = Array.from({ length: 50_000 }, uniform);
    const mean = draws.reduce((sum, u) => sum + u, 0) / draws.length;
    const variance = draws.reduce((sum, u) => sum + (u - mean) ** 2, 0) / draws.length;
    expect(Math.min(...draws.slice(0, 5_000))).toBeGreaterThanOrEqual(0);
    expect(draws.every((u) => u < 1)).toBe(true);
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  it("draws normals with mean 0, variance 1 and no skew", () => {
    const { normal } = createPrng("normal");
    const draws = Array.from({ length: 50_000 }, normal);
    const moment = (power: number) => draws.reduce((sum, z) => sum + z ** power, 0) / draws.length;
    expect(draws.every(Number.isFinite)).toBe(true);
    expect(Math.abs(moment(1))).toBeLessThan(0.02);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(3))).toBeLessThan(0.05);
  });
});
