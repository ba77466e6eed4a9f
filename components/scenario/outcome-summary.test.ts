import { describe, expect, it } from "vitest";
import type { CompanyOutcome } from "@/server/contracts/scenario";
import { icrDelta, notches, outcomeSummary, trailingSum } from "./outcome-summary";

const outcome = (over: Partial<CompanyOutcome>): CompanyOutcome => ({
  ticker: "AAA",
  name: "A",
  sector: "MANUFACTURING",
  isFinancial: false,
  provenance: { basis: "assumed", provider: "test", asOf: null, reference: null, formula: null, n: null, rSquared: null, stdError: null },
  statements: null,
  ratingTable: "large",
  unavailable: null,
  interestUnavailable: null,
  icrBefore: [2, 2, 2],
  icrAfter: [2, 1.8, 1.4],
  ratingBefore: ["BBB", "BBB", "BBB"],
  ratingAfter: ["BBB", "BBB", "B+"],
  revenueDelta: [0, -1, -2],
  ebitDelta: [0, -1, -2],
  interestDelta: [0, 1, 3],
  netIncomeDelta: [0, -2, -5],
  ...over,
});

describe("outcomeSummary", () => {
  it("counts downgrades, stressed companies and trailing interest at the quarter looked at", () => {
    const bank = outcome({ ticker: "BNK", isFinancial: true, icrBefore: [null, null, null], icrAfter: [null, null, null], ratingBefore: [null, null, null], ratingAfter: [null, null, null], interestDelta: [0, 0, 0] });
    const better = outcome({ ticker: "UP", icrAfter: [2, 2.2, 2.6], ratingAfter: ["BBB", "A-", "A"] });
    const summary = outcomeSummary([outcome({}), bank, better], 2);
    expect(summary).toMatchObject({ covered: 2, downgrades: 1, upgrades: 1, interestDeltaTtm: 8, stressedBefore: 0, stressedAfter: 1 });
    expect(summary.medianIcrDelta).toBeCloseTo(0, 12);
  });

  it("leaves out companies without an outcome", () => {
    const gone = outcome({ unavailable: { code: "noStatement" }, icrBefore: [], icrAfter: [], interestDelta: [] });
    expect(outcomeSummary([gone], 2)).toMatchObject({ covered: 0, medianIcrDelta: null, interestDeltaTtm: 0 });
  });
});

describe("its parts", () => {
  it("reads notches from best to worst", () => {
    expect(notches("BBB", "BB")).toBe(-2);
    expect(notches("B", "AAA")).toBeGreaterThan(0);
    expect(notches(null, "A")).toBeNull();
  });
  it("sums at most four quarters", () => {
    expect(trailingSum([1, 2, 3, 4, 5], 4)).toBe(14);
    expect(trailingSum([1, 2], 1)).toBe(3);
  });
  it("has no change of cover where either side is missing", () => {
    expect(icrDelta(outcome({ icrAfter: [2, null, 1] }), 1)).toBeNull();
  });
});
