/** Decimals that a series' values are read with: rates to the hundredth, indices to the tenth, counts whole; what is small keeps its figures. */
export function seriesDigits(last: number | null): number {
  const size = Math.abs(last ?? 0);
  if (size > 0 && size < 0.01) return 4;
  return size < 100 ? 2 : size < 10_000 ? 1 : 0;
}
