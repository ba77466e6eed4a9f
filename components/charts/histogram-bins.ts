export type Bin = { from: number; to: number; count: number };

/** Sturges' rule keeps small samples readable and stops at 40. */
const defaultCount = (n: number) => Math.min(40, Math.max(1, Math.ceil(Math.log2(Math.max(1, n)) + 1)));

/** Bins of equal width over the finite values; the last one includes its upper end. Values all alike give one bin. */
export function histogramBins(values: readonly number[], count = defaultCount(values.length)): Bin[] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [];
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  const width = (high - low) / count;
  // Values alike, or so near each other that no number lies between the bins.
  if (width === 0) return [{ from: low, to: high, count: finite.length }];
  const bins = Array.from({ length: count }, (_, index): Bin => ({ from: low + index * width, to: index === count - 1 ? high : low + (index + 1) * width, count: 0 }));
  for (const value of finite) {
    const bin = bins[Math.min(count - 1, Math.floor((value - low) / width))];
    if (bin) bin.count += 1;
  }
  return bins;
}
