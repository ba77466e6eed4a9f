import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betweenVariance, companyExposures, ridgeShrunk, type RevenueEstimate } from "./revenue-exposures";

const estimate = (elasticity: number, stdError: number, part: Partial<RevenueEstimate> = {}): RevenueEstimate => ({ driver: "gdpGrowth", elasticity, stdError, lagQuarters: 1, n: 60, rSquared: 0.3, ...part });
const total = (exposures: ReturnType<typeof companyExposures>) => exposures.reduce((sum, { elasticity }) => sum + elasticity, 0);
const aNumber = fc.integer({ min: -400, max: 400 }).map((k) => k / 100);
const anError = fc.integer({ min: 1, max: 300 }).map((k) => k / 100);

describe("ridgeShrunk and betweenVariance", () => {
  it("give the worked examples of their docstrings", () => {
    expect(ridgeShrunk(2, 1)).toBe(1.6);
    expect(betweenVariance([1, 2, 3].map((b) => estimate(b, 0.5)))).toBeCloseTo(0.75, 14);
  });

  it("keep an exact estimate, drop a zero, and know no spread between two companies", () => {
    expect(ridgeShrunk(-3, 0)).toBe(-3);
    expect(ridgeShrunk(0, 0)).toBe(0);
    expect(betweenVariance([estimate(1, 0.1), estimate(9, 0.1)])).toBeNull();
    expect(betweenVariance([1, 1, 1].map((b) => estimate(b, 0.5)))).toBe(0);
  });
});

describe("companyExposures", () => {
  it("gives the worked example of its docstring", () => {
    const exposures = companyExposures({ own: [estimate(3, 1, { lagQuarters: 0 })], sector: [estimate(1, 0)], between: new Map([["gdpGrowth", 1]]) });
    expect(exposures.map(({ origin, elasticity, lagQuarters }) => [origin, elasticity, lagQuarters])).toEqual([["own", 1.5, 0], ["sector", 0.5, 1]]);
  });

  it("lies between the company's own estimate, its sector's and zero", () => {
    fc.assert(fc.property(aNumber, anError, aNumber, anError, anError, (own, ownError, sector, sectorError, tau) => {
      const exposure = total(companyExposures({ own: [estimate(own, ownError)], sector: [estimate(sector, sectorError)], between: new Map([["gdpGrowth", tau ** 2]]) }));
      expect(exposure).toBeGreaterThanOrEqual(Math.min(0, own, sector) - 1e-12);
      expect(exposure).toBeLessThanOrEqual(Math.max(0, own, sector) + 1e-12);
    }));
  });

  it("listens to the company less the larger its error, and to the sector alone without own history", () => {
    const exposure = (stdError: number) => total(companyExposures({ own: [estimate(3, stdError)], sector: [estimate(1, 0.2)], between: new Map([["gdpGrowth", 1]]) }));
    expect(exposure(0.1)).toBeGreaterThan(exposure(2));
    const inherited = companyExposures({ own: [], sector: [estimate(1, 0.2), estimate(-2, 0.5, { driver: "oil" })], between: new Map() });
    expect(inherited.map(({ origin, driver }) => [origin, driver])).toEqual([["sector", "gdpGrowth"], ["sector", "oil"]]);
    expect(companyExposures({ own: [], sector: [], between: new Map() })).toEqual([]);
  });

  it("draws an own estimate to zero where the sector has none", () => {
    expect(total(companyExposures({ own: [estimate(2, 1)], sector: [], between: new Map() }))).toBeCloseTo(1.6, 14);
  });
});
