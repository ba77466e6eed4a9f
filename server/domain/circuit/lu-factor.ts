/** Either a solver for any right-hand side, or the column at which no pivot was left. */
export type LuFactor = { solve: (right: readonly number[]) => number[]; undetermined: null } | { solve: null; undetermined: number };

/**
 * LU factorisation with partial pivoting of row-scaled equations, kept so that one factorisation serves the solve and its refinement.
 * `solveMatrix` answers the same question for matrices in general; this one says which unknown is at fault, which a circuit must name.
 *
 * @param matrix  n rows of n finite numbers; each row may have its own unit
 * @returns `solve(b)` gives x with A x = b, refined once; or `undetermined`, the first column whose pivots all vanish
 *
 * Convention: rows are scaled to a largest entry of 1; a pivot of at most 1e-13 then counts as zero.
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., 2013, algorithms 3.4.1 and section 3.5.3 (iterative refinement).
 * Worked: [[2, 1], [1, 3]] with b = [3, 5] -> [0.8, 1.4]
 */
export function luFactor(matrix: readonly (readonly number[])[]): LuFactor {
  const n = matrix.length;
  const scale = matrix.map((row) => row.reduce((max, entry) => Math.max(max, Math.abs(entry)), 0) || 1);
  const lu = matrix.map((row, i) => row.map((entry) => entry / scale[i]!));
  const order = matrix.map((_, i) => i);

  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(lu[i]![k]!) > Math.abs(lu[best]![k]!)) best = i;
    if (Math.abs(lu[best]![k]!) <= 1e-13) return { solve: null, undetermined: k };
    [lu[k], lu[best]] = [lu[best]!, lu[k]!];
    [order[k], order[best]] = [order[best]!, order[k]!];
    const pivotRow = lu[k]!;
    for (let i = k + 1; i < n; i++) {
      const row = lu[i]!;
      if (row[k] === 0) continue;
      const factor = row[k]! / pivotRow[k]!;
      row[k] = factor;
      for (let j = k + 1; j < n; j++) row[j]! -= factor * pivotRow[j]!;
    }
  }

  const substitute = (right: readonly number[]): number[] => {
    const x = order.map((from) => right[from]! / scale[from]!);
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) x[i]! -= lu[i]![j]! * x[j]!;
    for (let i = n - 1; i >= 0; i--) {
      for (let j = i + 1; j < n; j++) x[i]! -= lu[i]![j]! * x[j]!;
      x[i]! /= lu[i]![i]!;
    }
    return x;
  };

  const solve = (right: readonly number[]): number[] => {
    const first = substitute(right);
    const left = matrix.map((row, i) => row.reduce((sum, entry, j) => sum - entry * first[j]!, right[i]!));
    const correction = substitute(left);
    return first.map((value, i) => value + correction[i]!);
  };
  return { solve, undetermined: null };
}
