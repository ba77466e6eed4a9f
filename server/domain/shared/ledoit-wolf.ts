import { AppError } from "@/server/domain/app-error";

export type ShrunkCovariance = {
  /** Rows and columns in the order of the samples' columns, in their units. */
  covariance: number[][];
  /** Weight of the target, 0 to 1. */
  shrinkage: number;
  n: number;
};

/**
 * Covariance shrunk towards independence: well-conditioned even when columns move together.
 *
 *     Z = (X - mean) / sd,  S = Z'Z/n,  Corr* = (1 - a) S + a m I,  m = tr(S)/p
 *     a = min(1, b^2 / d^2),  d^2 = |S - m I|^2,  b^2 = 1/n^2 sum_t |z_t z_t' - S|^2,  |A|^2 = tr(A A')/p
 *     Cov*_ij = sd_i sd_j Corr*_ij
 *
 * @param samples  n >= 2 rows, oldest first, of p >= 1 finite numbers; every column varies
 * @returns covariance in the columns' units and the shrinkage a
 * @throws AppError INVALID_INPUT when there are fewer than two rows, rows differ in length, a number is not finite or a column is constant
 *
 * Convention: columns are standardised first, so the target is the scaled identity of standardised changes (in native units: uncorrelated columns
 * with their own variances); variances divide by n as in the source.
 * Source: Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", J. Multivariate Analysis 88(2), 2004, section 3.2.
 * Worked: rows (1,1) (2,2) (3,4) (4,3) (5,6) (6,5) (7,8) (8,7) -> a = 0.211949, correlation 0.928571 -> 0.731761
 */
export function ledoitWolf(samples: readonly (readonly number[])[]): ShrunkCovariance {
  const n = samples.length;
  const p = samples[0]?.length ?? 0;
  if (n < 2 || p < 1 || samples.some((row) => row.length !== p || !row.every(Number.isFinite))) {
    throw new AppError("INVALID_INPUT", "Shrinkage needs two or more rows of equally many finite numbers", { field: "samples" });
  }
  const means = columnMeans(samples);
  const sds = columnMeans(samples.map((row) => row.map((value, j) => (value - means[j]!) ** 2))).map(Math.sqrt);
  const sizes = columnMeans(samples.map((row) => row.map(Math.abs)));
  if (sds.some((sd, j) => sd <= 1e-12 * sizes[j]! || sd === 0)) throw new AppError("INVALID_INPUT", "A column that does not vary has no correlation", { field: "samples" });

  const z = samples.map((row) => row.map((value, j) => (value - means[j]!) / sds[j]!));
  const s = sds.map((_, i) => sds.map((__, j) => z.reduce((sum, row) => sum + row[i]! * row[j]!, 0) / n));
  const m = s.reduce((sum, row, i) => sum + row[i]!, 0) / p;
  let distance = 0;
  let noise = 0;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) {
      distance += (s[i]![j]! - (i === j ? m : 0)) ** 2;
      for (const row of z) noise += (row[i]! * row[j]! - s[i]![j]!) ** 2;
    }
  }
  noise /= n ** 2;
  // One column, or columns that are exactly uncorrelated: the sample is its own target and nothing needs shrinking.
  const shrinkage = distance <= 1e-24 ? 0 : Math.min(1, noise / distance);
  const covariance = s.map((row, i) => row.map((value, j) => sds[i]! * sds[j]! * ((1 - shrinkage) * value + (i === j ? shrinkage * m : 0))));
  return { covariance, shrinkage, n };
}

const columnMeans = (rows: readonly (readonly number[])[]): number[] => rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length);
