import { AppError } from "@/server/domain/app-error";
import { mean, quantile } from "@/server/domain/shared/statistics";

/** A tail of five in a hundred is one reading of twenty. */
const FEWEST = 20;

export type PremiumBand = {
  count: number;
  mean: number;
  lower: number;
  median: number;
  upper: number;
  /** Of the first and the last reading in the window. */
  from: string;
  to: string;
};

/**
 * Where a coin's premium has been: its mean and the band that held most of its readings in a window.
 *
 *     mean = sum(p) / n,     lower = q(a / 2),     upper = q(1 - a / 2)
 *
 * @param history  p: readings with their instants, in any order; fractions. Readings without a value are left out before
 * @param options.now  end of the window, ISO 8601, included
 * @param options.windowMs  length of the window in milliseconds, > 0
 * @param options.inside  1 - a: share of readings inside of the band, 0 to 1 without its ends; default 0.9
 * @returns fractions, lower <= median <= upper; null with fewer than 20 readings in the window, of which a tail would be one reading or none
 * @throws AppError INVALID_INPUT when a reading is not finite or not above -1, a stamp is no instant, or the window or share is out of range
 *
 * Convention: quantiles by linear interpolation between order statistics; each reading counts alike, whatever the time to the next one, so that
 *   history read at uneven times leans to when it was read often.
 * Source: Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50(4), 1996, pp. 361-365 (type 7).
 * Worked: readings 0.00, 0.01, ..., 0.20 (n = 21), inside 0.9 -> mean 0.1, lower 0.01, median 0.1, upper 0.19
 */
export function premiumBand(history: readonly { at: string; premium: number }[], { now, windowMs, inside = 0.9 }: { now: string; windowMs: number; inside?: number }): PremiumBand | null {
  const endMs = Date.parse(now);
  if (!(windowMs > 0) || !(inside > 0 && inside < 1) || Number.isNaN(endMs)) throw new AppError("INVALID_INPUT", "The window is longer than nothing and its share between 0 and 1", { field: "windowMs" });
  if (history.some(({ at, premium }) => !Number.isFinite(premium) || premium <= -1 || Number.isNaN(Date.parse(at)))) throw new AppError("INVALID_INPUT", "A premium is a fraction above -1 at an instant", { field: "history" });
  const within = history.filter(({ at }) => Date.parse(at) <= endMs && Date.parse(at) > endMs - windowMs);
  if (within.length < FEWEST) return null;
  const values = within.map(({ premium }) => premium);
  const stamps = within.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
  const tail = (1 - inside) / 2;
  return {
    count: values.length, mean: mean(values)!, lower: quantile(values, tail)!, median: quantile(values, 0.5)!, upper: quantile(values, 1 - tail)!,
    from: new Date(stamps[0]!).toISOString(), to: new Date(stamps.at(-1)!).toISOString(),
  };
}
