import { describe, expect, it } from "vitest";
import { tStrength } from "./estimate-response";
import { impactConnections, round8 } from "./impact-connections";
import { monthStart } from "./monthly-changes";

describe("impactConnections", () => {
  it("keep an estimate that is not significant, marked, and cut digits that no estimate knows", () => {
    const responses = [{ driver: "oil", lag: 1, elasticity: 0.1234567891234, stdError: 0.2, tValue: 0.617, ...tStrength(0.617) }];
    const [edge] = impactConnections({ responses, n: 40, rSquared: 1 / 3, errorLags: 3, first: 24_000, last: 24_039 }, { to: "company:JPM", response: "return", method: { code: "returnRegression", errorLags: 3 }, data: "closes", author: "test", dateOf: monthStart });
    expect(edge).toMatchObject({ from: "driver:oil", to: "company:JPM", elasticity: 0.12345679, rSquared: 0.33333333, significant: false, sign: 1, lagQuarters: 1, basis: "ESTIMATED", evidence: { from: "2000-01-01", to: "2003-04-01" } });
  });

  it("weigh an edge by its t value: none at 0, a half at 2, never one", () => {
    expect(tStrength(0)).toEqual({ strength: 0, sign: 0, significant: false });
    expect(tStrength(-2)).toEqual({ strength: 0.5, sign: -1, significant: true });
    expect(tStrength(1e6).strength).toBeLessThan(1);
    expect(round8(-14.720000004)).toBe(-14.72);
  });
});
