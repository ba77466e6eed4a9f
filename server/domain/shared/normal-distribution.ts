import { AppError } from "@/server/domain/app-error";
import { upperGamma } from "./statistics";

/**
 * Density of the standard normal distribution.
 *
 *     n(x) = e^(-x^2 / 2) / sqrt(2 pi)
 *
 * @param x  standard deviations from the mean
 * @returns 0 to 0.3989
 *
 * Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, eq. 26.2.1.
 * Worked: n(0) = 0.3989423
 */
export const normalDensity = (x: number): number => Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);

/**
 * Probability that a standard normal variable does not exceed a value.
 *
 *     N(x) = 1 - Q(1/2, x^2 / 2) / 2 for x >= 0,   N(x) = Q(1/2, x^2 / 2) / 2 for x < 0
 *
 * with Q the upper regularised incomplete gamma function, so that small tails keep their digits.
 *
 * @param x  standard deviations from the mean; may be infinite
 * @returns 0 to 1
 * @throws AppError INVALID_INPUT when x is NaN
 *
 * Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, eq. 26.2.2 with 6.5.16 and 7.1.2.
 * Worked: N(1.959963985) = 0.975
 */
export function normalCumulative(x: number): number {
  if (Number.isNaN(x)) throw new AppError("INVALID_INPUT", "A probability needs a number", { field: "x" });
  const tail = upperGamma(0.5, (x * x) / 2) / 2;
  return x >= 0 ? 1 - tail : tail;
}
