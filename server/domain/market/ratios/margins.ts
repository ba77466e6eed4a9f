import type { Decimal } from "decimal.js";
import { RATIO_LINES, trailingSums, type StatementFigures } from "./trailing-window";

const ofRevenue = (profit: Decimal, revenue: Decimal) => (revenue.gt(0) ? profit.div(revenue).toNumber() : null);

/**
 * Gross margin: what is left of a unit of revenue after the cost of what was sold.
 *
 *     m = (sum(revenue) - sum(cost of revenue)) / sum(revenue)
 *
 * @param statements  quarterly and annual figures in any order, one currency, costs positive
 * @returns fraction of revenue (0.4 is 40 %), at most 1 when costs are not negative; null when a figure is missing or revenue is not positive
 *
 * Convention: trailing four quarters, else the fiscal year.
 * Source: Penman, "Financial Statement Analysis and Security Valuation", 5th ed., 2013, ch. 12 (profit margins).
 * Worked: revenue 4 x 100, cost 4 x 60 -> 0.4
 */
export function grossMargin(statements: readonly StatementFigures[]): number | null {
  const sums = trailingSums(statements, RATIO_LINES.grossMargin);
  return sums && ofRevenue(sums.revenue.minus(sums.costOfRevenue), sums.revenue);
}

/**
 * Operating margin: operating income per unit of revenue.
 *
 *     m = sum(operating income) / sum(revenue)
 *
 * @param statements  as for `grossMargin`
 * @returns fraction of revenue, negative with an operating loss; null when a figure is missing or revenue is not positive
 *
 * Convention: trailing four quarters, else the fiscal year; operating income as the company reports it.
 * Source: Penman, "Financial Statement Analysis and Security Valuation", 5th ed., 2013, ch. 12 (profit margins).
 * Worked: revenue 4 x 100, operating income 4 x 25 -> 0.25
 */
export function operatingMargin(statements: readonly StatementFigures[]): number | null {
  const sums = trailingSums(statements, RATIO_LINES.operatingMargin);
  return sums && ofRevenue(sums.operatingIncome, sums.revenue);
}

/**
 * Net margin: net income per unit of revenue.
 *
 *     m = sum(net income) / sum(revenue)
 *
 * @param statements  as for `grossMargin`
 * @returns fraction of revenue, negative with a loss; null when a figure is missing or revenue is not positive
 *
 * Convention: trailing four quarters, else the fiscal year; net income of the whole group as reported.
 * Source: Penman, "Financial Statement Analysis and Security Valuation", 5th ed., 2013, ch. 12 (profit margins).
 * Worked: revenue 4 x 100, net income 4 x 12.5 -> 0.125
 */
export function netMargin(statements: readonly StatementFigures[]): number | null {
  const sums = trailingSums(statements, RATIO_LINES.netMargin);
  return sums && ofRevenue(sums.netIncome, sums.revenue);
}
