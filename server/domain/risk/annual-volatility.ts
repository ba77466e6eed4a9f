import { AppError } from "@/server/domain/app-error";

/**
 * Annualised volatility of a price.
 *
 *     s = sqrt(sum((r - mean(r))^2) / (n - 1)) * sqrt(P),     r_t = ln(p_t / p_(t-1))
 *
 * @param prices  p: one per period, oldest first; finite and > 0
 * @param periodsPerYear  P: 365 for days of coins, which trade on all of them; 252 for equity sessions
 * @returns fraction per year, >= 0; null with fewer than three prices, of which no spread is known
 * @throws AppError INVALID_INPUT when a price is not finite and positive, or P <= 0
 *
 * Convention: log returns, sample standard deviation (n - 1); scaling by sqrt(P) assumes no serial correlation.
 * Source: Hull, "Options, Futures, and Other Derivatives", chapter on the Black-Scholes-Merton model, estimating volatility from historical data.
 * Worked: p = (100, 110, 99), P = 365: r = (0.095310, -0.105361), s = 0.141896 * 19.104973 = 2.710912
 */
export function annualVolatility(prices: readonly number[], periodsPerYear: number): number | null {
  if (!(periodsPerYear > 0) || !prices.every((price) => Number.isFinite(price) && price > 0)) throw new AppError("INVALID_INPUT", "A volatility is of positive prices and periods", { field: "prices" });
  const returns = prices.slice(1).map((price, at) => Math.log(price / prices[at]!));
  if (returns.length < 2) return null;
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  return Math.sqrt((returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (returns.length - 1)) * periodsPerYear);
}
