import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { bridgePrice } from "./bridge-price";

const path = { level: 100, volatilityPerSession: 0.02, seed: "nexus:ACME:2026-11-20", halvings: 15 };

describe("bridgePrice", () => {
  it("gives the worked example of its docstring", () => {
    expect(bridgePrice({ ...path, halvings: 1 }, 0.5, () => 1.5)).toBeCloseTo(101.5113, 4);
    expect(bridgePrice({ ...path, halvings: 1 }, 0.25, () => 1.5)).toBeCloseTo(100.7528, 4);
  });

  it("leaves its level at the start and is back at the end, whatever the seed", () => {
    fc.assert(
      fc.property(fc.string(), fc.double({ min: 0.01, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 0.5, noNaN: true }), (seed, level, volatilityPerSession) => {
        const own = { level, volatilityPerSession, seed, halvings: 12 };
        expect(bridgePrice(own, 0)).toBeCloseTo(level, 9);
        expect(bridgePrice(own, 1)).toBeCloseTo(level, 9);
      }),
    );
  });

  it("is a function of its arguments: the same price whenever it is asked for", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (t) => {
        expect(bridgePrice(path, t)).toBe(bridgePrice({ ...path }, t));
      }),
    );
  });

  it("scales with its level", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.1, max: 1_000, noNaN: true }), (t, scale) => {
        expect(bridgePrice({ ...path, level: path.level * scale }, t) / scale).toBeCloseTo(bridgePrice(path, t), 6);
      }),
    );
  });

  it("has the variance of a Brownian bridge, s^2 t (1 - t)", () => {
    const t = 0.3;
    const draws = Array.from({ length: 4_000 }, (_, i) => Math.log(bridgePrice({ ...path, level: 1, volatilityPerSession: 1, seed: `${i}`, halvings: 14 }, t)));
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (draws.length - 1);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(variance).toBeGreaterThan(0.19);
    expect(variance).toBeLessThan(0.23);
  });

  it("moves little from one second to the next", () => {
    const second = 1 / 23_400;
    for (let i = 1; i < 500; i++) expect(Math.abs(Math.log(bridgePrice(path, i * second) / bridgePrice(path, (i - 1) * second)))).toBeLessThan(0.02 * 6 * Math.sqrt(second));
  });

  it("stands still without volatility", () => {
    expect(bridgePrice({ ...path, volatilityPerSession: 0 }, 0.37)).toBe(100);
  });

  it.each([
    [{ level: 0 }, 0.5, "level"],
    [{ level: Number.NaN }, 0.5, "level"],
    [{ volatilityPerSession: -0.1 }, 0.5, "volatilityPerSession"],
    [{ halvings: 31 }, 0.5, "halvings"],
    [{ halvings: 1.5 }, 0.5, "halvings"],
    [{}, 1.01, "t"],
    [{}, Number.NaN, "t"],
  ])("refuses %o at %d and names %s", (change, t, field) => {
    expect(() => bridgePrice({ ...path, ...change }, t)).toThrow(AppError);
    try {
      bridgePrice({ ...path, ...change }, t);
    } catch (error) {
      expect((error as AppError).details.field).toBe(field);
    }
  });
});
