import { AppError } from "@/server/domain/app-error";

/** Rows of equal length. */
export type Matrix = readonly (readonly number[])[];

const badShape = (what: string) => new AppError("INVALID_INPUT", what, { field: "matrix" });

function assertSquare(a: Matrix): void {
  if (a.some((row) => row.length !== a.length || !row.every(Number.isFinite))) throw badShape("The matrix must be square with finite entries");
}

export const identity = (size: number): number[][] => Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)));

export const transpose = (a: Matrix): number[][] => (a[0] ?? []).map((_, j) => a.map((row) => row[j]!));

export function dot(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw badShape("The vectors differ in length");
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export const multiplyVector = (a: Matrix, x: readonly number[]): number[] => a.map((row) => dot(row, x));

export function multiply(a: Matrix, b: Matrix): number[][] {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

/**
 * Solution X of A X = B by LU factorisation with partial pivoting.
 *
 * @param a  A: n rows of n finite numbers
 * @param b  B: n rows of m finite numbers
 * @returns n rows of m numbers; null when A is singular to working precision
 * @throws AppError INVALID_INPUT when A is not square or B has another number of rows
 *
 * Convention: a pivot of at most n x 2^-52 of the largest entry of its own row counts as zero.
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., 2013, algorithm 3.4.1.
 * Worked: A = [[2, 1], [1, 3]], B = [[3], [5]] -> [[0.8], [1.4]]
 */
export function solveMatrix(a: Matrix, b: Matrix): number[][] | null {
  assertSquare(a);
  const n = a.length;
  if (b.length !== n) throw badShape("The right-hand side differs in length");
  const lu = a.map((row) => [...row]);
  const x = b.map((row) => [...row]);
  const scale = a.map((row) => row.reduce((max, entry) => Math.max(max, Math.abs(entry)), 0));
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(lu[i]![k]!) > Math.abs(lu[best]![k]!)) best = i;
    for (const rows of [lu, x]) [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    [scale[k], scale[best]] = [scale[best]!, scale[k]!];
    const pivotRow = lu[k]!;
    const pivot = pivotRow[k]!;
    if (Math.abs(pivot) <= n * Number.EPSILON * scale[k]!) return null;
    for (let i = k + 1; i < n; i++) {
      const row = lu[i]!;
      const factor = row[k]! / pivot;
      if (factor === 0) continue;
      for (let j = k; j < n; j++) row[j]! -= factor * pivotRow[j]!;
      const right = x[i]!;
      for (let j = 0; j < right.length; j++) right[j]! -= factor * x[k]![j]!;
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    const right = x[k]!;
    for (let j = 0; j < right.length; j++) {
      let sum = right[j]!;
      for (let i = k + 1; i < n; i++) sum -= lu[k]![i]! * x[i]![j]!;
      right[j] = sum / lu[k]![k]!;
    }
  }
  return x;
}

/** Solution x of A x = b; null when A is singular to working precision. */
export function solveVector(a: Matrix, b: readonly number[]): number[] | null {
  return solveMatrix(a, b.map((value) => [value]))?.map((row) => row[0]!) ?? null;
}

/** Inverse of A; null when A is singular to working precision. */
export const inverse = (a: Matrix): number[][] | null => solveMatrix(a, identity(a.length));

/**
 * Lower triangle L with A = L Lᵀ.
 *
 * @param a  A: symmetric, finite
 * @returns null when A is not positive definite
 * @throws AppError INVALID_INPUT when A is not square or not finite
 *
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., 2013, section 4.2.
 * Worked: [[4, 2], [2, 5]] -> [[2, 0], [1, 2]]
 */
export function cholesky(a: Matrix): number[][] | null {
  assertSquare(a);
  const lower = a.map((row) => row.map(() => 0));
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      if (i === j && sum <= 0) return null;
      lower[i]![j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!;
    }
  }
  return lower;
}

/**
 * Spectral radius of a matrix with non-negative entries, from above and below.
 *
 *     min_i (A x)_i / x_i <= rho(A) <= max_i (A x)_i / x_i    for x > 0 (Collatz-Wielandt)
 *
 * @param a  A: square, entries >= 0
 * @param options.tolerance  width of the bracket at which the iteration stops, relative to 1 + rho
 * @returns the upper end of the bracket, so that `result < 1` proves rho(A) < 1; 0 for the empty matrix
 * @throws AppError INVALID_INPUT when A is not square or has a negative entry
 *
 * Convention: A + I is iterated in place of A, which makes it aperiodic (rho(A + I) = rho(A) + 1); after 10,000 steps the upper bound so far stands.
 * Source: Wielandt, "Unzerlegbare, nicht negative Matrizen", Math. Z. 52, 1950.
 * Worked: [[0, 0.5], [0.5, 0]] -> 0.5
 */
export function spectralRadiusOfNonNegative(a: Matrix, { tolerance = 1e-12 }: { tolerance?: number } = {}): number {
  assertSquare(a);
  if (a.some((row) => row.some((entry) => entry < 0))) throw badShape("The spectral radius is taken of non-negative matrices only");
  if (a.length === 0) return 0;
  const largest = Math.max(...a.map((row) => row.reduce((sum, entry) => sum + entry, 0)));
  let x: number[] = a.map(() => 1);
  let upper = largest;
  for (let step = 0; step < 10_000; step++) {
    const next = multiplyVector(a, x).map((value, i) => value + x[i]!);
    const growth = next.map((value, i) => value / x[i]! - 1);
    upper = Math.min(upper, Math.max(...growth));
    if (upper - Math.min(...growth) <= tolerance * (1 + upper)) break;
    const size = Math.max(...next);
    // Entries of a reducible matrix may die out; a floor keeps x positive, as the bound requires.
    x = next.map((value) => Math.max(value / size, 1e-280));
  }
  return upper;
}
