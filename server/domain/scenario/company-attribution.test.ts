import { describe, expect, it } from "vitest";
import { companyAttribution } from "./company-attribution";
import type { QuarterFlows } from "./company-path";

/** Only the fields that the split reads. */
const quarter = (part: Partial<QuarterFlows>): QuarterFlows => ({
  revenue: 1_000, costShock: 0, ebit: 100, interest: 10, tax: 0, icr: 10, interestParts: { standing: 10, floating: 0, renewed: 0, rating: 0, creditLine: 0 }, ...part,
}) as QuarterFlows;
/** Four equal quarters before, so that a single changed quarter would be a fourth of the sum; here five quarters change alike. */
const path = (part: Partial<QuarterFlows>) => [quarter({}), ...Array.from({ length: 4 }, () => quarter(part))];

describe("companyAttribution", () => {
  it("gives the worked example of its docstring: cover from 10 to 5 by EBIT and by interest", () => {
    const shocked = { revenue: 900, ebit: 80, interest: 16, icr: 5, interestParts: { standing: 10, floating: 6, renewed: 0, rating: 0, creditLine: 0 } };
    const { icr, ebit, interest } = companyAttribution({
      key: "company:X", drivers: ["fedFunds"], simulate: (drivers) => path(drivers.length === 0 ? {} : shocked),
      revenueParts: [{ driver: "fedFunds", channel: "demand", path: ["driver:fedFunds", "company:X"], amount: [0, -0.1, -0.1, -0.1, -0.1] }],
      trailingEbit: [100, 100, 100, 100], trailingInterest: [10, 10, 10, 10], contributionMargin: 0.2,
    });
    expect(ebit.map(({ channel, amount }) => [channel, amount[4]])).toEqual([["demand", -20]]);
    expect(interest.map(({ channel, amount }) => [channel, amount[4]])).toEqual([["floatingReset", 6]]);
    expect(icr.find(({ channel }) => channel === "demand")!.amount[4]).toBeCloseTo(-1.625, 12);
    expect(icr.find(({ channel }) => channel === "floatingReset")!.amount[4]).toBeCloseTo(-3.375, 12);
  });

  it("shares an interaction evenly between the two drivers that make it", () => {
    const cost = (drivers: readonly string[]) => (drivers.length === 2 ? 10 : 0);
    const { ebit } = companyAttribution({
      key: "company:X", drivers: ["oil", "usdIndex"], simulate: (drivers) => path({ costShock: cost(drivers), ebit: 100 - cost(drivers) }), revenueParts: [],
      trailingEbit: [100, 100, 100, 100], trailingInterest: null, contributionMargin: 0.5,
    });
    expect(ebit.map(({ driver, amount }) => [driver, amount[2]])).toEqual([["oil", -5], ["usdIndex", -5]]);
  });

  it("scales the ways of a driver alike where revenue stops at zero", () => {
    const parts = [0.75, 1.25].map((share, i) => ({ driver: "gdpGrowth" as const, channel: "demand" as const, path: ["driver:gdpGrowth", `sector:${i}`, "company:X"], amount: [0, -share, -share, -share, -share] }));
    const { ebit } = companyAttribution({
      key: "company:X", drivers: ["gdpGrowth"], simulate: (drivers) => path(drivers.length === 0 ? {} : { revenue: 0, ebit: -100 }), revenueParts: parts,
      trailingEbit: [100, 100, 100, 100], trailingInterest: null, contributionMargin: 0.2,
    });
    expect(ebit.map(({ amount }) => amount[1])).toEqual([-75, -125]);
  });

  it("has no parts without drivers", () => {
    expect(companyAttribution({ key: "company:X", drivers: [], simulate: () => path({}), revenueParts: [], trailingEbit: [1, 1, 1, 1], trailingInterest: null, contributionMargin: 1 })).toEqual({ ebit: [], interest: [], netIncome: [], icr: [] });
  });
});
