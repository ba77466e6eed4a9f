/**
 * How a figure came about, as a code: the sentence for it stands in the messages (`format.formula`), in every language.
 * A code without values stands in this list; the others are the named forms below.
 */
export const PLAIN_FORMULAS = [
  // Drivers.
  "quarterMeanPercent", "quarterMean", "quarterGrowth", "noPublicHistory", "setByPerson", "conditionalExpectation", "heldAtBaseline",
  // Exposures and coefficients of a company.
  "ownRegression", "sectorRegression", "noExposure", "marginSlope", "marginOfSector", "effectiveTax", "statutoryTax", "supplyDamping",
  // Debt.
  "ladderScaled", "ladderReproducesInterest", "ladderPartBearsInterest", "ladderDoesNotReprice", "ladderAssumedRate", "fixedDebtOfSector", "covenantAssumed",
  // Results.
  "sectorOutcome", "medianCoverChange", "ratingSteps", "interestChange", "ebitChange", "stressedCompanies",
  // Ratios of reported figures.
  "trailingRatios",
] as const;
export type PlainFormula = (typeof PLAIN_FORMULAS)[number];

export type Formula =
  | { code: PlainFormula }
  /** A choice of this project for a sector; the reason is told by sector. */
  | { code: "sectorPrior"; sector: string }
  /** Least squares with Newey-West errors over so many lags; the bundled ones rest on closes that are not. */
  | { code: "returnRegression" | "bundledReturnRegression"; errorLags: number }
  | { code: "sectorRevenueRegression" | "companyRevenueRegression"; drivers: number; errorLags: number };

export const FORMULA_CODES = [...PLAIN_FORMULAS, "sectorPrior", "returnRegression", "bundledReturnRegression", "sectorRevenueRegression", "companyRevenueRegression"] as const satisfies readonly Formula["code"][];
