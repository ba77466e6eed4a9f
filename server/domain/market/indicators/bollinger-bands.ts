import { AppError } from "@/server/domain/app-error";
import { requireIndicatorInput } from "./indicator-input";
import { simpleMovingAverage } from "./simple-moving-average";

export type BollingerBands = { middle: (number | null)[]; upper: (number | null)[]; lower: (number | null)[] };

/**
 * Bollinger bands: a moving average and a number of standard deviations to both sides.
 *
 *     middle = SMA_n(x),  upper, lower = middle ± k s,  s^2 = sum((x_i - middle)^2) / n
 *
 * @param values  x: prices in any one unit, oldest first, one per bar
 * @param options.period  n: number of bars, 1 or more; Bollinger's is 20
 * @param options.width  k: standard deviations, 0 or more; Bollinger's is 2
 * @returns three values per bar in the unit of the prices; null for the first n - 1 bars
 * @throws AppError INVALID_INPUT when n is not a whole number of 1 or more, k is negative or not finite, or a price is not finite
 *
 * Convention: standard deviation of the population (n), not of a sample (n - 1).
 * Source: Bollinger, "Bollinger on Bollinger Bands", 2001, ch. 7.
 * Worked: [1, 3], n = 2, k = 2 -> middle 2, s = 1, upper 4, lower 0
 */
export function bollingerBands(values: readonly number[], { period = 20, width = 2 }: { period?: number; width?: number } = {}): BollingerBands {
  requireIndicatorInput(values, { period });
  if (!Number.isFinite(width) || width < 0) throw new AppError("INVALID_INPUT", "The width is a number of standard deviations, 0 or more", { field: "width" });
  const middle = simpleMovingAverage(values, period);
  const reach = middle.map((mean, end) => {
    if (mean === null) return null;
    let squares = 0;
    for (let at = end - period + 1; at <= end; at++) squares += (values[at]! - mean) ** 2;
    return width * Math.sqrt(squares / period);
  });
  const band = (side: 1 | -1) => middle.map((mean, at) => (mean === null || reach[at] === null ? null : mean + side * reach[at]!));
  return { middle, upper: band(1), lower: band(-1) };
}
