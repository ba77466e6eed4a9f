import { AppError } from "@/server/domain/app-error";
import { olsNeweyWest } from "@/server/domain/shared/ols-newey-west";

/** Changes by period number (quarters or months since the year 0); a missing period is a missing key. */
export type Changes = ReadonlyMap<number, number>;

export type ResponseInput<D extends string> = {
  /** Log change of what responds. */
  response: Changes;
  /** Changes of the drivers in engine units. */
  drivers: readonly { driver: D; changes: Changes }[];
  /** Lags that may be chosen, in periods. */
  lags: readonly number[];
  /** Fewest periods that make an estimate. */
  leastPeriods: number;
  /** Autocorrelations the errors allow for at least: overlapping changes over p periods need p. */
  leastErrorLags?: number;
};

export type DriverResponse<D extends string> = { driver: D; lag: number; elasticity: number; stdError: number; tValue: number; significant: boolean; strength: number; sign: -1 | 0 | 1 };
export type ResponseEstimate<D extends string> = { responses: DriverResponse<D>[]; n: number; rSquared: number; errorLags: number; first: number; last: number };

/** Two-sided 5 % of the normal distribution. */
const CRITICAL_T = 1.96;

/** Autocorrelations allowed for: floor(4 (n/100)^(2/9)), the usual rule for the Bartlett kernel (Newey and West, 1994). */
const usualErrorLags = (n: number) => Math.floor(4 * (n / 100) ** (2 / 9));

/** What a t value says of an edge: its strength |t| / (|t| + 2), its sign, and whether it differs from nothing at 5 %. `round` cuts digits that no estimate knows. */
export function tStrength(tValue: number, round: (value: number) => number = (value) => value): { strength: number; sign: -1 | 0 | 1; significant: boolean } {
  const size = Math.abs(tValue);
  return { strength: round(size / (size + 2)), sign: Math.sign(tValue) as -1 | 0 | 1, significant: size >= CRITICAL_T };
}

function combinations(count: number, lags: readonly number[]): number[][] {
  return count === 0 ? [[]] : combinations(count - 1, lags).flatMap((head) => lags.map((lag) => [...head, lag]));
}

/**
 * How something responds to several drivers at once: one regression, each driver at the lag at which they together explain most.
 *
 *     r_t = a + sum_d b_d x_{d, t - lag_d} + u_t,   strength_d = |t_d| / (|t_d| + 2)
 *
 * @param input  r (log change a period), x (change of each driver in engine units: 0.01 is one percentage point, or a log change of 0.01), candidate lags, fewest periods
 * @returns b with Newey-West errors, in the order of the drivers; null with fewer periods than `leastPeriods`, when r does not vary or the drivers are collinear
 * @throws AppError INVALID_INPUT when there is no driver or no lag, or `leastPeriods` does not exceed the number of coefficients by two
 *
 * Convention: every combination of lags is compared on the same periods, those for which all candidate lags are known; the best R² wins, the shorter lags at a tie.
 * The errors do not account for that choice, so t values of a chosen lag are somewhat too large. Significant: |t| >= 1.96.
 * Source: Newey and West, Econometrica 55(3), 1987; lag length by the same authors, Review of Economic Studies 61(4), 1994.
 * Worked: r = 2 x_{t-1} exactly, lags 0..2 -> lag 1, b = 2, R² = 1
 */
export function estimateResponse<D extends string>({ response, drivers, lags, leastPeriods, leastErrorLags = 0 }: ResponseInput<D>): ResponseEstimate<D> | null {
  if (drivers.length === 0 || lags.length === 0) throw new AppError("INVALID_INPUT", "An estimate needs a driver and a lag", { field: "drivers" });
  if (leastPeriods < drivers.length + 3) throw new AppError("INVALID_INPUT", "An estimate needs more periods than coefficients", { field: "leastPeriods" });
  const periods = [...response.keys()].filter((t) => drivers.every(({ changes }) => lags.every((lag) => changes.has(t - lag)))).sort((a, b) => a - b);
  if (periods.length < leastPeriods) return null;

  const y = periods.map((t) => response.get(t)!);
  const errorLags = Math.min(periods.length - 1, Math.max(leastErrorLags, usualErrorLags(periods.length)));
  let best: { chosen: number[]; fit: NonNullable<ReturnType<typeof olsNeweyWest>> } | null = null;
  for (const chosen of combinations(drivers.length, lags.toSorted((a, b) => a - b))) {
    const fit = olsNeweyWest({ y, x: drivers.map(({ changes }, d) => periods.map((t) => changes.get(t - chosen[d]!)!)), lags: errorLags });
    if (fit?.rSquared != null && (best === null || fit.rSquared > best.fit.rSquared! + 1e-12)) best = { chosen, fit };
  }
  if (!best) return null;

  const { chosen, fit } = best;
  const responses = drivers.map(({ driver }, d): DriverResponse<D> => {
    const [elasticity, stdError] = [fit.coefficients[d + 1]!, fit.stdErrors[d + 1]!];
    // An exact fit has no error; its t value is beyond every bound rather than undefined.
    const tValue = fit.tValues[d + 1] ?? (elasticity === 0 ? 0 : Math.sign(elasticity) * 1e6);
    return { driver, lag: chosen[d]!, elasticity, stdError, tValue, ...tStrength(tValue) };
  });
  return { responses, n: fit.n, rSquared: fit.rSquared!, errorLags, first: periods[0]!, last: periods.at(-1)! };
}
