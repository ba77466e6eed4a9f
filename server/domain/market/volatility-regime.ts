import { AppError } from "@/server/domain/app-error";
import { requireLogReturns } from "./require-returns";

export const VOLATILITY_REGIMES = ["calm", "normal", "tense", "stressed"] as const;
export type VolatilityRegime = { /** Of the newest window, per year. */ volatilityPerYear: number; /** Share of the windows that were no more volatile, 0 to 1. */ rank: number; regime: (typeof VOLATILITY_REGIMES)[number]; windows: number; /** Rank of each window among itself and those before it, oldest first; from the window on that makes `windowsAtLeast`. */ ranks: number[] };

/** Upper ends of the ranks of each regime but the last. */
export const REGIME_ENDS = [0.25, 0.75, 0.95] as const;

/**
 * How volatile a market is now, against its own past.
 *
 *     s_t = sqrt(sum(r^2) / w) * sqrt(P)   over the w returns that end at t
 *     rank = share of all s that are <= the newest
 *     calm: rank <= 0.25, normal: <= 0.75, tense: <= 0.95, stressed: above
 *
 * @param returns  r: log returns, one per session, oldest first, n >= w; fractions
 * @param options.window  w: sessions of one window, >= 2
 * @param options.periodsPerYear  P: 252 for equity sessions
 * @param options.windowsAtLeast  windows below which a rank says nothing, >= 1
 * @returns volatility as a fraction per year, and the regime; null with fewer windows, or where no return differs from 0
 * @throws AppError INVALID_INPUT when w < 2, P <= 0, or a return is not finite
 *
 * Convention: mean taken as 0, as is usual for daily returns; windows overlap, so ranks near each other are no independent evidence; the ends of the regimes are ours.
 * Source: Hull, "Options, Futures, and Other Derivatives", chapter on estimating volatilities (variance with the mean set to 0).
 * Worked: r = (0.01, -0.01, 0.02, -0.02), w = 2, P = 252: s = 0.1587, 0.2510, 0.3175; the newest is the highest of 3, rank 1, stressed
 */
export function volatilityRegime(returns: readonly number[], { window, periodsPerYear, windowsAtLeast }: { window: number; periodsPerYear: number; windowsAtLeast: number }): VolatilityRegime | null {
  requireLogReturns(returns);
  if (!Number.isInteger(window) || window < 2 || !(periodsPerYear > 0)) throw new AppError("INVALID_INPUT", "A window has two or more returns, a year one period or more", { field: "window" });
  const windows = returns.length - window + 1;
  if (windows < Math.max(1, windowsAtLeast)) return null;
  // Each window is added up anew, so that rounding does not pile up.
  const volatilities = Array.from({ length: windows }, (_, from) => Math.sqrt((returns.slice(from, from + window).reduce((sum, r) => sum + r * r, 0) / window) * periodsPerYear));
  const newest = volatilities.at(-1)!;
  if (volatilities.every((one) => one === 0)) return null;
  const rank = volatilities.filter((one) => one <= newest).length / windows;
  const at = REGIME_ENDS.findIndex((end) => rank <= end);
  return { volatilityPerYear: newest, rank, regime: VOLATILITY_REGIMES[at === -1 ? REGIME_ENDS.length : at]!, windows, ranks: ranksOf(volatilities).slice(Math.max(1, windowsAtLeast) - 1) };
}

/** The share of the values so far that are no larger, at each value; the values so far are kept sorted. */
function ranksOf(values: readonly number[]): number[] {
  const sorted: number[] = [];
  return values.map((value) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    sorted.splice(low, 0, value);
    return (low + 1) / sorted.length;
  });
}
