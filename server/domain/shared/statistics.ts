import { AppError } from "@/server/domain/app-error";

/** Arithmetic mean; null for no values. */
export const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);

/** Middle value, or the mean of the two in the middle; null for no values. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * The value below which a share of a sample lies.
 *
 *     h = (n - 1) p,     q = x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h])
 *
 * @param values  x: sample in any order, finite; sorted before use
 * @param share  p: 0 to 1; 0.5 is the median
 * @returns in the unit of the values, between the least and the largest; null for no values
 * @throws AppError INVALID_INPUT when p is outside of 0 to 1, or a value is not finite
 *
 * Convention: linear between order statistics (type 7 of nine, the default of R and NumPy).
 * Source: Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50(4), 1996, pp. 361-365.
 * Worked: (1, 2, 3, 4), p = 0.25 -> h = 0.75 -> 1.75
 */
export function quantile(values: readonly number[], share: number): number | null {
  if (!(share >= 0 && share <= 1) || !values.every(Number.isFinite)) throw new AppError("INVALID_INPUT", "A quantile is of finite values, at a share from 0 to 1", { field: "share" });
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  // Weighted rather than as a difference: that of two large values of opposite signs is no number.
  return low === high ? low : low * (1 - (place - below)) + high * (place - below);
}

// Lanczos, g = 7, n = 9 (Godfrey); about 15 digits for x > 0.
const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];

/** Natural logarithm of the gamma function for x > 0. */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new AppError("INVALID_INPUT", "logGamma is taken of positive numbers", { field: "x" });
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum = LANCZOS[0]!;
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * Upper regularised incomplete gamma function.
 *
 *     Q(a, x) = 1/Gamma(a) * integral from x to infinity of t^(a-1) e^-t dt
 *
 * @param a  shape, > 0
 * @param x  lower end, >= 0
 * @returns 0 to 1
 * @throws AppError INVALID_INPUT when a <= 0, x < 0 or either is NaN
 *
 * Convention: series below x = a + 1, continued fraction (modified Lentz) above.
 * Source: Press et al., "Numerical Recipes", 3rd ed., 2007, section 6.2.
 * Worked: Q(1, 2) = e^-2 = 0.135335
 */
export function upperGamma(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) throw new AppError("INVALID_INPUT", "The incomplete gamma function needs a > 0 and x >= 0", { field: "x" });
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let i = 1; i < 10_000 && term > sum * 1e-17; i++) sum += term *= x / (a + i);
    return Math.max(0, 1 - front * sum);
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10_000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b || 1e-300);
    c = b + an / c || 1e-300;
    const factor = d * c;
    h *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return front * h;
}

/**
 * Probability that a chi-square variable exceeds a value.
 *
 *     P(X > x) = Q(k/2, x/2)
 *
 * @param x  value, >= 0
 * @param degreesOfFreedom  k: >= 1
 * @returns 0 to 1
 * @throws AppError INVALID_INPUT when x < 0 or k <= 0
 *
 * Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, eq. 26.4.19.
 * Worked: x = 3.841459, k = 1 -> 0.05
 */
export const chiSquareTail = (x: number, degreesOfFreedom: number): number => upperGamma(degreesOfFreedom / 2, x / 2);
