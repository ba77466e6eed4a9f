import { AppError } from "@/server/domain/app-error";

/**
 * Return that an asset must promise for its share in the risk of the market (CAPM).
 *
 *     E = f + b (m - f)
 *
 * @param terms.riskFreePerYear  f: riskless return per year; fraction (0.04 is 4 %)
 * @param terms.marketReturnPerYear  m: expected return of the market per year; fraction
 * @param terms.beta  b: sensitivity to the market, dimensionless; 1 is the market itself, negative moves against it
 * @returns fraction per year, of either sign
 * @throws AppError INVALID_INPUT when a number is not finite, or the result is too large for one
 *
 * Convention: f and m of the same period and compounding, and the result is of both.
 * Source: Sharpe, "Capital Asset Prices: A Theory of Market Equilibrium under Conditions of Risk", Journal of Finance 19(3), 1964, pp. 425-442.
 * Worked: f = 0.04, m = 0.09, b = 1.2 -> 0.04 + 1.2 x 0.05 = 0.1
 */
export function requiredReturn({ riskFreePerYear, marketReturnPerYear, beta }: { riskFreePerYear: number; marketReturnPerYear: number; beta: number }): number {
  const required = riskFreePerYear + beta * (marketReturnPerYear - riskFreePerYear);
  if (!Number.isFinite(required)) throw new AppError("INVALID_INPUT", "Rates and beta are finite numbers", { field: "beta" });
  return required;
}

export type BetaEstimate = {
  beta: number;
  /** Mean return of the asset, per period, beyond what its beta explains (Jensen's alpha); fraction. */
  alphaPerPeriod: number;
  /** Of beta; null with two returns only. */
  stdError: number | null;
  /** Share of the asset's variance that the market explains, 0 to 1; null where the asset does not vary. */
  rSquared: number | null;
  n: number;
};

/**
 * Beta and alpha of an asset against a market, by least squares on excess returns.
 *
 *     b = sum((x - mean x)(y - mean y)) / sum((x - mean x)^2),   a = mean y - b mean x
 *     y = asset - f,   x = market - f,   se(b) = sqrt(sum e^2 / (n - 2) / sum((x - mean x)^2)),   e = y - a - b x
 *
 * @param assetReturns  simple returns of the asset, one per period, oldest first, n >= 2; fractions
 * @param marketReturns  returns of the market over the same periods, in the same order
 * @param riskFreePerPeriod  f: riskless return per period of the returns; fraction, default 0
 * @returns beta, dimensionless; null where the market does not vary, so that nothing can be told
 * @throws AppError INVALID_INPUT when the lengths differ, n < 2 or a number is not finite
 *
 * Convention: ordinary least squares; standard error for independent errors of equal variance; f constant over the window, so it moves alpha only.
 * Source: Jensen, "The Performance of Mutual Funds in the Period 1945-1964", Journal of Finance 23(2), 1968, pp. 389-416.
 * Worked: market (0.01, 0.02, 0.03), asset (0.02, 0.03, 0.07), f = 0: b = 0.0005 / 0.0002 = 2.5, a = 0.04 - 2.5 x 0.02 = -0.01
 */
export function estimateBeta(assetReturns: readonly number[], marketReturns: readonly number[], riskFreePerPeriod = 0): BetaEstimate | null {
  const n = assetReturns.length;
  if (n < 2 || n !== marketReturns.length || ![riskFreePerPeriod, ...assetReturns, ...marketReturns].every(Number.isFinite)) throw new AppError("INVALID_INPUT", "Beta needs two or more finite returns, as many of the market as of the asset", { field: "assetReturns" });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / n, 0);
  const [assetMean, marketMean] = [mean(assetReturns), mean(marketReturns)];
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const [dx, dy] = [marketReturns[i]! - marketMean, assetReturns[i]! - assetMean];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  // Rounding leaves a constant column with a spread near 1e-17 of its size, not 0.
  const size = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const isFlat = (sum: number, values: readonly number[]) => Math.sqrt(sum / n) <= 1e-12 * size(values);
  if (isFlat(xx, marketReturns)) return null;
  const beta = xy / xx;
  const left = Math.max(0, yy - beta * xy);
  return {
    beta,
    alphaPerPeriod: assetMean - riskFreePerPeriod - beta * (marketMean - riskFreePerPeriod),
    stdError: n > 2 ? Math.sqrt(left / (n - 2) / xx) : null,
    rSquared: isFlat(yy, assetReturns) ? null : Math.min(1, Math.max(0, (xy * xy) / (xx * yy))),
    n,
  };
}
