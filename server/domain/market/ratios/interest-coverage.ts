import { RATIO_LINES, trailingSums, type StatementFigures } from "./trailing-window";

/**
 * Interest coverage ratio: how many times operating profit pays the interest of the same twelve months.
 *
 *     ICR = sum(EBIT) / sum(interest expense)
 *
 * @param statements  quarterly and annual figures in any order; EBIT is `operatingIncome`, interest a positive cost, one currency
 * @returns a multiple, negative with an operating loss; null when a figure is missing, when interest is zero or less (nothing to cover),
 *   or when there are neither four consecutive quarters nor a recent year
 *
 * Convention: trailing four quarters, else the fiscal year; gross interest expense, not net of interest income.
 * Source: Damodaran, "Investment Valuation", 3rd ed., 2012, ch. 4, ratios that measure default risk.
 * Worked: EBIT 30, 20, 25, 25 and interest 5, 5, 5, 5 -> 5
 */
export function interestCoverage(statements: readonly StatementFigures[]): number | null {
  const sums = trailingSums(statements, RATIO_LINES.icr);
  if (!sums || sums.interestExpense.lte(0)) return null;
  return sums.operatingIncome.div(sums.interestExpense).toNumber();
}

/**
 * Interest coverage before depreciation and amortisation.
 *
 *     ICR = sum(EBIT + D&A) / sum(interest expense)
 *
 * @param statements  as for `interestCoverage`; D&A is `depreciation`, a positive cost
 * @returns a multiple; null where `interestCoverage` is null or depreciation is not reported for the whole window
 *
 * Convention: as `interestCoverage`; depreciation is that of the cash-flow statement, so it includes amortisation where the filer adds it.
 * Source: Damodaran, "Investment Valuation", 3rd ed., 2012, ch. 4, ratios that measure default risk.
 * Worked: EBIT 30, 20, 25, 25, D&A 10, 10, 10, 10 and interest 5, 5, 5, 5 -> 7
 */
export function interestCoverageEbitda(statements: readonly StatementFigures[]): number | null {
  const sums = trailingSums(statements, RATIO_LINES.icrEbitda);
  if (!sums || sums.interestExpense.lte(0)) return null;
  return sums.operatingIncome.plus(sums.depreciation).div(sums.interestExpense).toNumber();
}
