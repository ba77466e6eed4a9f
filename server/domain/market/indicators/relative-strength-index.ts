import { requireIndicatorInput } from "./indicator-input";

/**
 * Relative strength index: the part of the average rise in the average movement.
 *
 *     RSI = 100 U / (U + D),  U_t = (U_{t-1} (n - 1) + u_t) / n,  D_t likewise
 *
 * with u and d the rise and the fall of a bar, one of them 0.
 *
 * @param values  prices in any one unit, oldest first, one per bar
 * @param period  n: number of changes averaged, 1 or more; Wilder's is 14
 * @returns one value per bar, an index from 0 to 100; null for the first n bars, and while the price has not moved at all, where the part
 *   is 0 of 0
 * @throws AppError INVALID_INPUT when n is not a whole number of 1 or more, or a price is not finite
 *
 * Convention: Wilder's smoothing, which begins with the simple mean of the first n changes.
 * Source: Wilder, "New Concepts in Technical Trading Systems", 1978, section VI.
 * Worked: [10, 11, 10, 12], n = 2: U = 0.5, D = 0.5 -> 50; then U = 1.25, D = 0.25 -> 83.33
 */
export function relativeStrengthIndex(values: readonly number[], period = 14): (number | null)[] {
  requireIndicatorInput(values, { period });
  let rise = 0;
  let fall = 0;
  return values.map((value, at) => {
    if (at === 0) return null;
    const change = value - values[at - 1]!;
    // The first n changes are added up to their mean; from then on each new one pushes a part of the old out.
    const keep = at <= period ? 1 : (period - 1) / period;
    rise = rise * keep + Math.max(change, 0) / period;
    fall = fall * keep + Math.max(-change, 0) / period;
    return at < period || rise + fall === 0 ? null : 100 * (rise / (rise + fall));
  });
}
