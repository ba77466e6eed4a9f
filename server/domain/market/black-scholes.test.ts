import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalCumulative, normalDensity } from "@/server/domain/shared/normal-distribution";
import { blackScholes, type OptionTerms } from "./black-scholes";

const HULL: OptionTerms = { spot: 42, strike: 40, yearsToExpiry: 0.5, volatilityPerYear: 0.2, ratePerYear: 0.1 };
const someTerms = fc.record({
  spot: fc.double({ min: 10, max: 200, noNaN: true }),
  strike: fc.double({ min: 10, max: 200, noNaN: true }),
  yearsToExpiry: fc.double({ min: 0.05, max: 5, noNaN: true }),
  volatilityPerYear: fc.double({ min: 0.05, max: 1, noNaN: true }),
  ratePerYear: fc.double({ min: -0.05, max: 0.15, noNaN: true }),
  dividendYieldPerYear: fc.double({ min: 0, max: 0.1, noNaN: true }),
});

describe("normalCumulative", () => {
  it("gives the worked example of its docstring, and what a table has", () => {
    expect(normalCumulative(1.959963985)).toBeCloseTo(0.975, 9);
    expect(normalDensity(0)).toBeCloseTo(0.3989423, 7);
    expect(normalCumulative(-8) / 6.220960574271785e-16).toBeCloseTo(1, 9);
    expect([normalCumulative(0), normalCumulative(Infinity), normalCumulative(-Infinity)]).toEqual([0.5, 1, 0]);
    expect(() => normalCumulative(Number.NaN)).toThrow("number");
  });

  it("adds up to 1 with its mirror image", () => {
    fc.assert(fc.property(fc.double({ min: -12, max: 12, noNaN: true }), (x) => {
      expect(normalCumulative(x) + normalCumulative(-x)).toBeCloseTo(1, 13);
    }));
  });
});

describe("blackScholes", () => {
  it("gives the worked example of its docstring", () => {
    const { call, put, d1, d2 } = blackScholes(HULL);
    expect(d1).toBeCloseTo(0.7693, 4);
    expect(d2).toBeCloseTo(0.6278, 4);
    expect(call.price).toBeCloseTo(4.76, 2);
    expect(put.price).toBeCloseTo(0.81, 2);
  });

  it("is the worth of what is certain without time or volatility, and then has no gamma, vega or theta", () => {
    expect(blackScholes({ ...HULL, yearsToExpiry: 0 })).toEqual({
      call: { price: 2, delta: 1, gamma: null, vega: null, thetaPerYear: null, rho: 0 }, put: { price: 0, delta: 0, gamma: null, vega: null, thetaPerYear: null, rho: 0 }, d1: null, d2: null,
    });
    expect(blackScholes({ ...HULL, volatilityPerYear: 0 }).call.price).toBeCloseTo(42 - 40 * Math.exp(-0.05), 12);
    expect(blackScholes({ ...HULL, spot: 30, volatilityPerYear: 0 }).put.delta).toBe(-1);
  });

  it("refuses terms that are none", () => {
    for (const bad of [{ spot: 0 }, { strike: -1 }, { yearsToExpiry: -1 }, { volatilityPerYear: -0.1 }, { ratePerYear: Number.NaN }, { ratePerYear: -1_000, yearsToExpiry: 10 }]) expect(() => blackScholes({ ...HULL, ...bad })).toThrow();
  });

  it("keeps put-call parity and the bounds of both", () => {
    fc.assert(fc.property(someTerms, (terms) => {
      const { call, put } = blackScholes(terms);
      const [share, owed] = [terms.spot * Math.exp(-terms.dividendYieldPerYear * terms.yearsToExpiry), terms.strike * Math.exp(-terms.ratePerYear * terms.yearsToExpiry)];
      expect(call.price - put.price).toBeCloseTo(share - owed, 8);
      expect(call.price).toBeGreaterThanOrEqual(Math.max(0, share - owed) - 1e-9);
      expect(call.price).toBeLessThanOrEqual(share + 1e-9);
      expect(put.price).toBeLessThanOrEqual(owed + 1e-9);
    }));
  });

  it("has the sensitivities that small steps of the price show", () => {
    fc.assert(fc.property(someTerms, (terms) => {
      const { call, put } = blackScholes(terms);
      const slope = (name: "spot" | "volatilityPerYear" | "ratePerYear" | "yearsToExpiry", h: number, side: "call" | "put") => (blackScholes({ ...terms, [name]: terms[name] + h })[side].price - blackScholes({ ...terms, [name]: terms[name] - h })[side].price) / (2 * h);
      const near = (told: number, shown: number) => expect(Math.abs(told - shown)).toBeLessThan(1e-4 * (1 + Math.abs(told)));
      for (const [side, value] of [["call", call], ["put", put]] as const) {
        near(value.delta, slope("spot", 1e-4, side));
        near(value.vega!, slope("volatilityPerYear", 1e-5, side));
        near(value.rho, slope("ratePerYear", 1e-5, side));
        near(value.thetaPerYear!, -slope("yearsToExpiry", 1e-5, side));
      }
      near(call.gamma!, (blackScholes({ ...terms, spot: terms.spot + 1e-4 }).call.delta - blackScholes({ ...terms, spot: terms.spot - 1e-4 }).call.delta) / 2e-4);
    }));
  });
});
