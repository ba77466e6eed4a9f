import { compareText } from "@/server/domain/shared/compare-text";
import { olsNeweyWest } from "@/server/domain/shared/ols-newey-west";
import { quartersBetween, type Quarter } from "@/server/domain/shared/quarter";

export type QuarterResult = { quarter: Quarter; revenue: number; ebit: number };
export type MarginEstimate = { margin: number; stdError: number | null; n: number | null; rSquared: number | null; basis: "estimated" | "assumed" };

export const LEAST_QUARTERS = 6;
const NEWEST_QUARTERS = 20;

/** Two-sided 5 % points of Student's t for 1 to 30 degrees of freedom; beyond that the normal's serves. */
const T_FIVE_PERCENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042];

/** Assumed: a fall of revenue by 1 % takes at most 3 % of EBIT. */
const HIGHEST_OPERATING_LEVERAGE = 3;

/**
 * The sector's contribution margin fitted to how much a company earns on its sales.
 *
 *     m = min(1, max(e, clamp(3 e, prior / 3, prior))),  e = EBIT / revenue
 *
 * @param prior  the sector's contribution margin, a fraction
 * @param ebitMargin  e: of the trailing four quarters, a fraction; may be negative
 * @returns a fraction, at least e so that fixed costs are not negative
 *
 * Convention: a choice of this project, not a measurement: a retailer that keeps 4 % of its sales does not lose 40 cents with every dollar of them.
 * Source: none.
 * Worked: prior 0.4, e = 0.04 -> 0.1333; e = 0.1 -> 0.3; e = 0.5 -> 0.5
 */
export const fittedPrior = (prior: number, ebitMargin: number): number =>
  Math.min(1, Math.max(ebitMargin, Math.min(prior, Math.max(HIGHEST_OPERATING_LEVERAGE * ebitMargin, prior / 3))));

/**
 * Share of a change of revenue that a company keeps as EBIT, from its own quarters.
 *
 *     dEBIT_t = a + m dRevenue_t + u_t
 *
 * @param results  quarters of one company, any order, USD
 * @param prior  the sector's contribution margin, a fraction
 * @returns m in (0, 1] with its error when six or more quarters give a slope that differs from zero at 5 % (Student's t, n - 2 degrees of freedom); else the prior, assumed
 *
 * Convention: the newest 20 quarters; changes between adjacent quarters only; heteroskedasticity-consistent errors.
 * Source: none; a regression. T points: any table of Student's distribution.
 * Worked: revenue 100, 110, 105, 120, 118, 130 with EBIT = 0.4 revenue - 20 -> 0.4
 */
export function contributionMargin(results: readonly QuarterResult[], prior: number): MarginEstimate {
  const assumed: MarginEstimate = { margin: prior, stdError: null, n: null, rSquared: null, basis: "assumed" };
  const quarters = results.toSorted((a, b) => compareText(a.quarter, b.quarter)).slice(-NEWEST_QUARTERS);
  const changes = quarters.flatMap(({ quarter, revenue, ebit }, i) => {
    const before = quarters[i - 1];
    return before && quartersBetween(before.quarter, quarter) === 1 ? [{ revenue: revenue - before.revenue, ebit: ebit - before.ebit }] : [];
  });
  if (quarters.length < LEAST_QUARTERS || changes.length < LEAST_QUARTERS - 1) return assumed;
  const fit = olsNeweyWest({ y: changes.map(({ ebit }) => ebit), x: [changes.map(({ revenue }) => revenue)], lags: 0 });
  const [slope, error] = [fit?.coefficients[1], fit?.stdErrors[1]];
  if (!fit || slope === undefined || error === undefined || slope <= 0 || slope > 1) return assumed;
  const critical = T_FIVE_PERCENT[fit.n - 3] ?? 1.96;
  return slope > critical * error ? { margin: slope, stdError: error, n: fit.n, rSquared: fit.rSquared, basis: "estimated" } : assumed;
}
