import { describe, expect, it } from "vitest";
import golden from "./__golden__/worked-company.json";
import type { CompanyFigures } from "./company-figures";
import { simulateCompany, type DriverDeviations, type RevenueExposure } from "./company-path";
import { fittedPrior } from "./contribution-margin";
import { debtLadder } from "./debt-ladder";
import { scenarioFromUrl } from "./scenario-url";
import { sectorPrior } from "./sector-priors";
import { deviationPath } from "./shock";
import { ratingSpread, syntheticRating } from "./synthetic-rating";

const figures = golden.figures as unknown as CompanyFigures;
const exposures = golden.exposures as RevenueExposure[];
const { fedFunds, treasury10y } = golden.rates;
const spec = scenarioFromUrl(golden.scenario);
const total = (flow: readonly number[]) => flow.reduce((sum, value) => sum + value, 0);

describe("one company worked apart from the engine", () => {
  const prior = sectorPrior(figures.sector);
  const interest = total(figures.interest!) / 4;
  const { tranches } = debtLadder({
    debt: figures.debt, interest, floatingShare: prior.floatingShare, fixedYears: prior.fixedYears, fedFunds, treasury10y,
    ratingSpread: ratingSpread(syntheticRating(total(figures.ebit) / total(figures.interest!), "large")!),
  });
  const options = {
    quarters: spec.quarters, contributionMargin: fittedPrior(prior.contributionMargin, total(figures.ebit) / total(figures.revenue)),
    oilCostShare: prior.oilCostShare, passThrough: prior.passThrough, taxRate: prior.taxRate, ratingTable: "large" as const, fedFunds, treasury10y,
  };
  const drivers: DriverDeviations = Object.fromEntries(spec.shocks.map((shock) => [shock.driver, deviationPath(shock, spec.quarters)]));

  it.each(["before", "after"] as const)("agrees to the cent in every quarter %s the shock", (run) => {
    const path = simulateCompany(figures, tranches, run === "after" ? drivers : {}, exposures, options);
    for (const [i, expected] of golden[run].entries()) {
      const quarter = path[i + 1]!;
      for (const line of ["revenue", "ebit", "interest", "preTax", "tax", "netIncome", "creditLine"] as const) expect(Math.abs(quarter[line] - expected[line])).toBeLessThan(0.005);
      expect(Math.abs(quarter.cashEnd! - expected.cash)).toBeLessThan(0.005);
      expect(quarter.icr).toBeCloseTo(expected.icr, 10);
      expect(quarter.rating).toBe(expected.rating);
    }
  });
});
