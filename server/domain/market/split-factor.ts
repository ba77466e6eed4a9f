import { AppError } from "@/server/domain/app-error";
import type { BarFigures } from "./bar-fault";

/**
 * What prices before a split are multiplied by to be comparable with those after it.
 *
 *     f = from / to
 *
 * @param split.from, split.to  `from` shares became `to` shares; > 0
 * @returns dimensionless, > 0: below 1 for a split, above 1 for a reverse split; volumes are divided by it
 * @throws AppError INVALID_INPUT when either is not above 0 and finite
 *
 * Worked: 4 for 1 (from 1 to 4) -> 0.25
 */
export function splitFactor({ from, to }: { from: number; to: number }): number {
  if (!(from > 0 && to > 0 && Number.isFinite(from) && Number.isFinite(to))) throw new AppError("INVALID_INPUT", "A split is of shares above 0", { field: "split" });
  return from / to;
}

/** A bar of before a split in shares of after it: what was paid in all stays. */
export const splitAdjusted = <B extends BarFigures>(bar: B, factor: number): B => ({ ...bar, open: bar.open * factor, high: bar.high * factor, low: bar.low * factor, close: bar.close * factor, volume: bar.volume / factor });

/** Whether a factor between two levels is the one of a split, within what a day's trading moves besides; assumed. */
export const isSplitOf = (measured: number, factor: number, tolerance = 0.02): boolean => Math.abs(Math.log(measured / factor)) <= tolerance;
