import { AppError } from "../app-error";
import { mean } from "../shared/statistics";

/** How a series is made comparable over time: its level as it is, or its relative change over twelve months. */
export const HEAT_BASES = ["level", "change"] as const;
export type HeatBasis = (typeof HEAT_BASES)[number];

const WINDOW_YEARS = 10;
/** Fewer values say little of what is usual. */
const FEWEST = 24;

/** Rates, shares, weeks and indices of opinion swing around a level; amounts, counts and price indices grow, and only their change can be usual or not. */
export const heatBasis = (unit: string): HeatBasis => (/percent|percentage point|ratio|weeks|hours|diffusion|1966Q1=100/i.test(unit) ? "level" : "change");

type Observation = { date: string; value: number };
const yearBefore = (date: string, years = 1) => `${Number(date.slice(0, 4)) - years}${date.slice(4)}`;

function compared(observations: readonly Observation[], basis: HeatBasis): Observation[] {
  if (basis === "level") return [...observations];
  const byDate = new Map(observations.map(({ date, value }) => [date, value]));
  return observations.flatMap(({ date, value }) => {
    const before = byDate.get(yearBefore(date));
    return before !== undefined && before > 0 && value > 0 ? [{ date, value: value / before - 1 }] : [];
  });
}

export type SeriesHeat = { basis: HeatBasis; value: number; z: number; date: string; mean: number; stdev: number; n: number };

/**
 * How unusual the newest value of a series is against its own last ten years.
 *
 *     z = (x - mean(w)) / stdev(w)
 *
 * @param observations  dates YYYY-MM-DD with values in the unit of the series, oldest first, each date once
 * @param unit  as published; decides whether x is the level or the change over twelve months, a fraction (see `heatBasis`)
 * @returns x with its date; z without unit, positive above the mean; mean, stdev and n of the window w: the ten years up to and including x. Null with fewer than 24 values
 *   in the window, or where they do not vary
 * @throws AppError INVALID_INPUT when a value is not finite
 *
 * Convention: sample standard deviation (n - 1); x is part of its window, so that |z| is at most (n - 1) / sqrt(n).
 * Source: standard score, e.g. NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.6; the choice of ten years is ours.
 * Worked: 24 monthly levels 1, 2, ..., 24 percent -> x = 24, mean 12.5, stdev 7.0711, z = 1.6263
 */
export function seriesHeat(observations: readonly Observation[], unit: string): SeriesHeat | null {
  if (!observations.every(({ value }) => Number.isFinite(value))) throw new AppError("INVALID_INPUT", "A value of the series is not finite", { field: "observations" });
  const basis = heatBasis(unit);
  const all = compared(observations, basis);
  const last = all.at(-1);
  if (!last) return null;
  const since = yearBefore(last.date, WINDOW_YEARS);
  const window = all.filter(({ date }) => date > since).map(({ value }) => value);
  if (window.length < FEWEST) return null;
  const middle = mean(window)!;
  const stdev = Math.sqrt(window.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (window.length - 1));
  const size = window.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  // Rounding leaves a constant series with a stdev near 1e-17 of its size.
  if (stdev <= 1e-12 * size) return null;
  return { basis, value: last.value, z: (last.value - middle) / stdev, date: last.date, mean: middle, stdev, n: window.length };
}
