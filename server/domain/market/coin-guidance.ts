import { AppError } from "@/server/domain/app-error";

/** Assumed: what the rules take for a person's own limits, which nobody has told. */
export const ASSUMED_LIMITS = { volatilityBudget: 0.02, lossLimit: 0.05, shareOfValue: 0.01 } as const;

/**
 * Largest share of a portfolio that a coin may have so that it alone moves the portfolio by no more than a budget.
 *
 *     w = min(1, b / s)
 *
 * @param volatilityPerYear  s: of the coin, fraction per year, >= 0
 * @param budgetPerYear  b: volatility of the portfolio that the coin may bring, fraction per year, > 0
 * @returns fraction of the portfolio, 0 to 1; null where the coin has no volatility, of which no size follows
 * @throws AppError INVALID_INPUT when a number is not finite or out of its range
 *
 * Convention: the rest of the portfolio is taken to move independently of the coin; where it moves along, the coin brings more.
 * Source: the standard deviation of w times a return is w times its own; Markowitz, "Portfolio Selection", J. Finance 7(1), 1952, pp. 77-91. The budget is assumed.
 * Worked: s = 0.5, b = 0.02 -> 0.04
 */
export function volatilityBudgetShare(volatilityPerYear: number, budgetPerYear: number): number | null {
  requireRange([volatilityPerYear, budgetPerYear], volatilityPerYear >= 0 && budgetPerYear > 0, "volatilityPerYear");
  return volatilityPerYear === 0 ? null : Math.min(1, budgetPerYear / volatilityPerYear);
}

/**
 * Largest share of a portfolio that loses no more than a limit when the coin's deepest fall comes again.
 *
 *     w = min(1, L / |D|)
 *
 * @param maxDrawdown  D: deepest fall, fraction, -1 to 0
 * @param lossLimit  L: share of the portfolio that may be lost, > 0
 * @returns fraction of the portfolio, 0 to 1; null where the coin never fell
 * @throws AppError INVALID_INPUT when a number is not finite or out of its range
 *
 * Convention: the past fall bounds no future one.
 * Source: a loss of w times D; the limit is assumed.
 * Worked: D = -0.5, L = 0.05 -> 0.1
 */
export function lossLimitShare(maxDrawdown: number, lossLimit: number): number | null {
  requireRange([maxDrawdown, lossLimit], maxDrawdown >= -1 && maxDrawdown <= 0 && lossLimit > 0, "maxDrawdown");
  return maxDrawdown === 0 ? null : Math.min(1, lossLimit / -maxDrawdown);
}

/**
 * Largest position that can be sold within a day as a small share of what changes hands.
 *
 *     A = c V
 *
 * @param value24h  V: value that changed hands in 24 hours, >= 0
 * @param shareOfValue  c: fraction of it, 0 to 1
 * @returns in the currency of V
 * @throws AppError INVALID_INPUT when a number is not finite or out of its range
 *
 * Convention: of the exchanges that are stored alone; reported volumes may be inflated.
 * Source: a participation rate, as in Almgren and Chriss, "Optimal Execution of Portfolio Transactions", J. Risk 3(2), 2001; the rate is assumed.
 * Worked: V = 5,000,000,000, c = 0.01 -> 50,000,000
 */
export function exitSize(value24h: number, shareOfValue: number): number {
  requireRange([value24h, shareOfValue], value24h >= 0 && shareOfValue >= 0 && shareOfValue <= 1, "value24h");
  return value24h * shareOfValue;
}

/**
 * What holding a perpetual future costs a year at its newest funding rate.
 *
 *     F = f * 8760 / h
 *
 * @param fundingRate  f: fraction per funding period; positive is paid by who holds long
 * @param fundingHours  h: length of the period in hours, > 0
 * @returns fraction per year
 * @throws AppError INVALID_INPUT when a number is not finite or h <= 0
 *
 * Convention: simple, not compounded; the rate changes with each period, so a year at it is no forecast.
 * Source: 8,760 hours of 365 days.
 * Worked: f = 0.0001, h = 8 -> 0.1095
 */
export function fundingPerYear(fundingRate: number, fundingHours: number): number {
  requireRange([fundingRate, fundingHours], fundingHours > 0, "fundingHours");
  return (fundingRate * 8_760) / fundingHours;
}

function requireRange(numbers: readonly number[], holds: boolean, field: string): void {
  if (!holds || !numbers.every(Number.isFinite)) throw new AppError("INVALID_INPUT", "A figure of the rule is out of its range", { field });
}
