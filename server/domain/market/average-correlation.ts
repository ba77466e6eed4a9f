import { AppError } from "@/server/domain/app-error";
import { requireLogReturns } from "./require-returns";

/**
 * How much shares move together: the mean correlation of all pairs.
 *
 *     z_i = (r_i - mean r_i) / stdev(r_i)
 *     mean of rho_ij over i < j = (var(sum of z_i) - k) / (k (k - 1))
 *
 * @param columns  r: one column of log returns per share, all of the same sessions in the same order, n >= 3 returns, k columns; fractions
 * @returns -1 / (k - 1) to 1, dimensionless, with the number of columns that vary; null when fewer than two do
 * @throws AppError INVALID_INPUT when columns differ in length, have fewer than three returns, or a return is not finite
 *
 * Convention: Pearson correlations, each pair of the same weight; columns that do not vary are left out. The variance of the sum gives the same as all pairs one by one.
 * Source: the variance of a sum, in Feller, "An Introduction to Probability Theory and Its Applications", vol. 1, 3rd ed., 1968, ch. IX, taken of standardised variables.
 * Worked: (1, 2, 3), (1, 3, 2), (3, 2, 1): correlations 0.5, -1, -0.5, mean -0.3333
 */
export function averageCorrelation(columns: readonly (readonly number[])[]): { correlation: number; columns: number } | null {
  const n = columns[0]?.length ?? 3;
  if (n < 3 || columns.some(({ length }) => length !== n)) throw new AppError("INVALID_INPUT", "Columns have the same length, three returns or more", { field: "columns" });
  columns.forEach(requireLogReturns);
  const total = new Array<number>(n).fill(0);
  let k = 0;
  for (const column of columns) {
    const mean = column.reduce((sum, r) => sum + r / n, 0);
    const deviation = Math.sqrt(column.reduce((sum, r) => sum + (r - mean) ** 2, 0) / n);
    // Rounding leaves a constant column with a deviation near 1e-17 of its size, not 0.
    if (deviation <= 1e-12 * column.reduce((most, r) => Math.max(most, Math.abs(r)), 0)) continue;
    k += 1;
    for (let t = 0; t < n; t += 1) total[t]! += (column[t]! - mean) / deviation;
  }
  if (k < 2) return null;
  const variance = total.reduce((sum, z) => sum + z * z, 0) / n;
  return { correlation: Math.min(1, Math.max(-1, (variance - k) / (k * (k - 1)))), columns: k };
}
