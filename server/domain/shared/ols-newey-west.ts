import { AppError } from "@/server/domain/app-error";
import { dot, inverse, multiply, multiplyVector } from "./linear-algebra";

export type OlsFit = {
  /** The intercept first, then one for each regressor in the order given. */
  coefficients: number[];
  stdErrors: number[];
  /** Coefficient over standard error; null where the standard error is zero. */
  tValues: (number | null)[];
  n: number;
  /** Null when y does not vary. */
  rSquared: number | null;
};

/**
 * Ordinary least squares with an intercept, and standard errors that allow for heteroskedasticity and autocorrelation.
 *
 *     b = (X'X)^-1 X'y,   V = n/(n-k) (X'X)^-1 S (X'X)^-1
 *     S = sum_t u_t^2 x_t x_t' + sum_{l=1..L} (1 - l/(L+1)) sum_{t>l} u_t u_{t-l} (x_t x_{t-l}' + x_{t-l} x_t')
 *
 * @param options.y  response, oldest first, n finite numbers, n > k
 * @param options.x  regressors without the intercept, each of length n, in the order of y; the intercept is added as the first column of X, so k = x.length + 1
 * @param options.lags  L: autocorrelations allowed for, an integer in 0..n-1; 0 gives White's errors
 * @returns coefficients and errors, intercept first; null when the regressors are collinear (with each other or with the constant)
 * @throws AppError INVALID_INPUT when lengths differ, n <= k, L is out of range or a number is not finite
 *
 * Convention: Bartlett kernel; the factor n/(n-k) for small samples, as in Stata's `newey`; R² about the mean.
 * Source: Newey and West, "A Simple, Positive Semi-definite, Heteroskedasticity and Autocorrelation Consistent Covariance Matrix", Econometrica 55(3), 1987, eq. 5.
 * Worked: y = [1, 2, 4, 3], x = [[0, 1, 2, 3]], L = 1 -> b = [1.3, 0.8], errors = [sqrt(0.1936), sqrt(0.0866)] = [0.44, 0.29428], R² = 0.64
 */
export function olsNeweyWest({ y, x, lags }: { y: readonly number[]; x: readonly (readonly number[])[]; lags: number }): OlsFit | null {
  const n = y.length;
  const k = x.length + 1;
  if (n <= k) throw new AppError("INVALID_INPUT", "Least squares needs more observations than coefficients", { field: "y" });
  if (x.some((column) => column.length !== n)) throw new AppError("INVALID_INPUT", "Every regressor has as many values as the response", { field: "x" });
  if (!Number.isInteger(lags) || lags < 0 || lags >= n) throw new AppError("INVALID_INPUT", "Lags is an integer from 0 to n - 1", { field: "lags" });
  if (![y, ...x].every((column) => column.every(Number.isFinite))) throw new AppError("INVALID_INPUT", "Least squares needs finite numbers", { field: "y" });

  // Regressors of very different size (a rate change of 0.0025, an index of 5,000) are scaled to 1, or X'X looks singular.
  const scales = [1, ...x.map((column) => column.reduce((max, value) => Math.max(max, Math.abs(value)), 0))];
  if (scales.some((scale) => scale === 0)) return null;
  const columns = [y.map(() => 1), ...x.map((column, j) => column.map((value) => value / scales[j + 1]!))];
  const bread = inverse(columns.map((a) => columns.map((b) => dot(a, b))));
  if (!bread || isIllConditioned(columns, bread)) return null;

  const scaled = multiplyVector(bread, columns.map((column) => dot(column, y)));
  const residuals = y.map((value, t) => value - scaled.reduce((sum, b, j) => sum + b * columns[j]![t]!, 0));
  const covariance = multiply(multiply(bread, scoreCovariance(columns, residuals, lags)), bread);
  const coefficients = scaled.map((b, j) => b / scales[j]!);
  const stdErrors = scales.map((scale, j) => Math.sqrt(Math.max(0, (covariance[j]![j]! * n) / (n - k))) / scale);

  const mean = y.reduce((sum, value) => sum + value, 0) / n;
  const total = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const size = y.reduce((sum, value) => sum + value ** 2, 0);
  return {
    coefficients,
    stdErrors,
    tValues: coefficients.map((b, j) => (stdErrors[j]! > 0 ? b / stdErrors[j]! : null)),
    n,
    rSquared: total <= 1e-24 * size ? null : 1 - dot(residuals, residuals) / total,
  };
}

/** A variance inflation of 1e10 means that a regressor is a combination of the others up to rounding. */
const isIllConditioned = (columns: readonly (readonly number[])[], bread: readonly (readonly number[])[]): boolean =>
  columns.some((column, j) => dot(column, column) * bread[j]![j]! > 1e10);

function scoreCovariance(columns: readonly (readonly number[])[], residuals: readonly number[], lags: number): number[][] {
  const scores = residuals.map((u, t) => columns.map((column) => column[t]! * u));
  const s = columns.map(() => columns.map(() => 0));
  for (let lag = 0; lag <= lags; lag++) {
    const weight = 1 - lag / (lags + 1);
    for (let t = lag; t < scores.length; t++) {
      const [now, then] = [scores[t]!, scores[t - lag]!];
      for (let i = 0; i < s.length; i++) {
        for (let j = 0; j < s.length; j++) s[i]![j]! += lag === 0 ? now[i]! * now[j]! : weight * (now[i]! * then[j]! + then[i]! * now[j]!);
      }
    }
  }
  return s;
}
