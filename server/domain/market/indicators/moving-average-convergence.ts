import { AppError } from "@/server/domain/app-error";
import { smoothed } from "./exponential-moving-average";
import { requireIndicatorInput } from "./indicator-input";

export type MovingAverageConvergence = { line: (number | null)[]; signal: (number | null)[]; histogram: (number | null)[] };

/**
 * Moving average convergence and divergence (MACD): how far a fast average is above a slow one, and the average of that.
 *
 *     line = EMA_fast(x) - EMA_slow(x),  signal = EMA_n(line),  histogram = line - signal
 *
 * @param values  x: prices in any one unit, oldest first, one per bar
 * @param periods.fast  bars of the fast average, fewer than the slow one's; Appel's is 12
 * @param periods.slow  bars of the slow average; Appel's is 26
 * @param periods.signal  n: bars of the line's average; Appel's is 9
 * @returns three values per bar in the unit of the prices; the line is null for the first slow - 1 bars, signal and histogram for n - 1 more
 * @throws AppError INVALID_INPUT when a period is not a whole number of 1 or more, fast is not below slow, or a price is not finite
 *
 * Convention: averages as `exponentialMovingAverage`; the signal begins with the first value of the line.
 * Source: Appel, "Technical Analysis: Power Tools for Active Investors", 2005, ch. 8.
 * Worked: [1, 2, 4], fast 1, slow 2, signal 1: slow average 1, 5/3, 29/9 -> line [null, 1/3, 7/9], signal the same, histogram 0
 */
export function movingAverageConvergence(values: readonly number[], { fast = 12, slow = 26, signal = 9 }: { fast?: number; slow?: number; signal?: number } = {}): MovingAverageConvergence {
  requireIndicatorInput(values, { fast, slow, signal });
  if (fast >= slow) throw new AppError("INVALID_INPUT", "The fast average spans fewer bars than the slow one", { field: "fast" });
  const fastAverage = smoothed(values, 2 / (fast + 1));
  const slowAverage = smoothed(values, 2 / (slow + 1));
  const known = fastAverage.map((value, at) => value - slowAverage[at]!).slice(slow - 1);
  const average = smoothed(known, 2 / (signal + 1));

  const place = (at: number) => at - (slow - 1);
  const line = values.map((_, at) => known[place(at)] ?? null);
  const signalLine = values.map((_, at) => (place(at) < signal - 1 ? null : (average[place(at)] ?? null)));
  return { line, signal: signalLine, histogram: line.map((value, at) => (value === null || signalLine[at] === null ? null : value - signalLine[at]!)) };
}
