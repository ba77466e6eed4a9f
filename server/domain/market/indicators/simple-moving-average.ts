import { requireIndicatorInput } from "./indicator-input";

/**
 * Simple moving average: the mean of the last n values.
 *
 *     SMA_t = (x_t + x_{t-1} + ... + x_{t-n+1}) / n
 *
 * @param values  x: prices in any one unit, oldest first, one per bar
 * @param period  n: number of bars, 1 or more
 * @returns one value per bar in the unit of the prices; null for the first n - 1 bars, where the window is not full
 * @throws AppError INVALID_INPUT when n is not a whole number of 1 or more, or a price is not finite
 *
 * Convention: the window ends with the bar itself; each window is added up anew, so rounding does not pile up.
 * Source: Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 9.
 * Worked: [1, 2, 3, 4], n = 2 -> [null, 1.5, 2.5, 3.5]
 */
export function simpleMovingAverage(values: readonly number[], period: number): (number | null)[] {
  requireIndicatorInput(values, { period });
  return values.map((_, end) => {
    if (end < period - 1) return null;
    let sum = 0;
    for (let at = end - period + 1; at <= end; at++) sum += values[at]!;
    return sum / period;
  });
}
