import { AppError } from "@/server/domain/app-error";

const ENOUGH_RETURNS = 20;

/**
 * Standard deviation of an instrument's log returns from session to session.
 *
 *     s = stdev(ln(c[i] / c[i - 1]))
 *
 * @param closes  c: one per session, oldest first, each > 0, in one currency
 * @returns fraction per session (0.02 is 2 %), >= 0; null with fewer than 20 returns
 * @throws AppError INVALID_INPUT when a close is not a number above zero
 *
 * Convention: sample standard deviation (n - 1), not annualised; gaps between sessions are not scaled.
 * Source: Hull, "Options, Futures, and Other Derivatives", 9th ed., 2015, section 15.4 (volatility).
 * Worked: closes 100, 110, 100, 110, ... (21 of them): returns alternate between +0.0953102 and -0.0953102 -> 0.0977863
 */
export function sessionVolatility(closes: readonly number[]): number | null {
  if (closes.some((close) => !(close > 0) || !Number.isFinite(close))) throw new AppError("INVALID_INPUT", "Closes are above zero", { field: "closes" });
  const returns = closes.slice(1).map((close, i) => Math.log(close / closes[i]!));
  if (returns.length < ENOUGH_RETURNS) return null;
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  return Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (returns.length - 1));
}
