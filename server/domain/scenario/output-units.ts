import type { DriverKind } from "./drivers";

/** Units of everything a scenario gives. usdPerQuarter, usd; times: a multiple; fraction, fractionPerYear; relative: change against the baseline; indexPoints; grade: a rating; count: how many. */
export const UNITS = ["usdPerQuarter", "usd", "times", "fraction", "fractionPerYear", "relative", "indexPoints", "grade", "count"] as const;
export type Unit = (typeof UNITS)[number];

/** Unit of a driver's deviation from its baseline. */
export const DEVIATION_UNITS: Record<DriverKind, Unit> = { rate: "fractionPerYear", growth: "fractionPerYear", level: "relative", points: "indexPoints" };

/** Of a company's and a sector's outcome, by field. */
export const OUTCOME_UNITS = {
  icrBefore: "times", icrAfter: "times", medianIcrDelta: "times", ratingBefore: "grade", ratingAfter: "grade",
  revenueDelta: "usdPerQuarter", ebitDelta: "usdPerQuarter", interestDelta: "usdPerQuarter", netIncomeDelta: "usdPerQuarter",
} as const satisfies Record<string, Unit>;

/** Of a company's paths, by field. */
export const PATH_UNITS = {
  revenue: "usdPerQuarter", ebit: "usdPerQuarter", interest: "usdPerQuarter", preTax: "usdPerQuarter", tax: "usdPerQuarter", netIncome: "usdPerQuarter",
  debt: "usd", equity: "usd", icr: "times", icrEbitda: "times", debtToEquity: "times", rating: "grade", spread: "fractionPerYear", returnOnEquity: "fractionPerYear",
} as const satisfies Record<string, Unit>;
