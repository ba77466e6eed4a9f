import { AppError } from "@/server/domain/app-error";

/**
 * Pearson's correlation of two columns.
 *
 *     r = sum((x - mean x)(y - mean y)) / sqrt(sum((x - mean x)^2) sum((y - mean y)^2))
 *
 * @param x  any unit, n >= 2 values
 * @param y  any unit, in the order of `x`, as many
 * @returns -1 to 1, dimensionless; null when either column does not vary, where it is undefined
 * @throws AppError INVALID_INPUT when the columns differ in length or have fewer than two values
 *
 * Convention: n cancels out, so it is the same for samples and populations.
 * Source: K. Pearson, "Note on regression and inheritance in the case of two parents", Proceedings of the Royal Society of London 58 (1895), 240-242.
 * Worked: x = (1, 2, 3), y = (1, 3, 2): 1 / sqrt(2 x 2) = 0.5
 */
export function correlation(x: readonly number[], y: readonly number[]): number | null {
  if (x.length !== y.length || x.length < 2) throw new AppError("INVALID_INPUT", "A correlation is of two columns of the same length, two values or more", { field: "y" });
  const n = x.length;
  const meanX = x.reduce((sum, value) => sum + value, 0) / n;
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < n; i += 1) {
    const [dx, dy] = [x[i]! - meanX, y[i]! - meanY];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  if (xx === 0 || yy === 0) return null;
  return Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)));
}
