import { requireIndicatorInput } from "./indicator-input";

/** The recursion from the first value on, warm-up included. */
export function smoothed(values: readonly number[], alpha: number): number[] {
  let last = 0;
  return values.map((value, at) => (last = at === 0 ? value : alpha * value + (1 - alpha) * last));
}

/**
 * Exponential moving average: a mean whose weights fall by a constant factor per bar.
 *
 *     EMA_t = a x_t + (1 - a) EMA_{t-1},  a = 2 / (n + 1)
 *
 * @param values  x: prices in any one unit, oldest first, one per bar
 * @param period  n: number of bars, 1 or more
 * @returns one value per bar in the unit of the prices; null for the first n - 1 bars, where the beginning still weighs too much
 * @throws AppError INVALID_INPUT when n is not a whole number of 1 or more, or a price is not finite
 *
 * Convention: the recursion begins with the first price (as TradingView and Tulip Indicators do), not with a simple average of n; the two
 * differ at the beginning and meet later.
 * Source: Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 9.
 * Worked: [2, 4, 4], n = 3, a = 1/2 -> [null, null, 3.5]
 */
export function exponentialMovingAverage(values: readonly number[], period: number): (number | null)[] {
  requireIndicatorInput(values, { period });
  return smoothed(values, 2 / (period + 1)).map((value, at) => (at < period - 1 ? null : value));
}
