import { AppError } from "@/server/domain/app-error";

export type RangePlace = { high: number; low: number; /** 0 at the low, 1 at the high; null where both are the same. */ place: number | null; /** Newest over the high, less 1; 0 or negative. */ belowHigh: number };

/**
 * Where the newest close stands between the lowest and the highest of its window.
 *
 *     place = (C_n - L) / (H - L),   below high = C_n / H - 1
 *
 * @param closes  C: one per session, oldest first, n >= 1; > 0, any one unit
 * @returns H and L, highest and lowest of all closes, in that unit; place 0 to 1; below high -1 to 0, a fraction
 * @throws AppError INVALID_INPUT when there is no close, or one is not above 0
 *
 * Convention: by closes, not by the highs and lows within sessions, so that one mistaken tick makes no record.
 * Source: the stochastic %K of Lane as in Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 10, taken of closes.
 * Worked: C = (10, 14, 8, 11): H 14, L 8, place 0.5, below high -0.2143
 */
export function rangePlace(closes: readonly number[]): RangePlace {
  if (closes.length === 0 || !closes.every((close) => Number.isFinite(close) && close > 0)) throw new AppError("INVALID_INPUT", "A range needs closes above 0", { field: "closes" });
  const [high, low, newest] = [Math.max(...closes), Math.min(...closes), closes.at(-1)!];
  return { high, low, place: high === low ? null : (newest - low) / (high - low), belowHigh: newest / high - 1 };
}
