import { SERIES_FAULTS, type SeriesFault, type SeriesFaultKind } from "./series-faults";

/** The most that faults of a kind take, however many there are; assumed: by how wrong a figure computed from the series would be. */
export const FAULT_WEIGHTS = { currencyMismatch: 0.6, splitNotApplied: 0.5, spike: 0.35, stale: 0.3, gap: 0.25, duplicate: 0.2, negativeSpread: 0.15, zeroVolume: 0.1 } as const satisfies Record<SeriesFaultKind, number>;

/**
 * How far a series can be relied on.
 *
 *     score = 100 prod over kinds k of (1 - w[k] (1 - 2^-n[k]))
 *
 * @param faults  of one series; n[k] is how many are of kind k, one run of sessions or bars counting once
 * @returns whole number, 0 to 100; 100 without a fault
 *
 * Convention: `assumed` weights w (FAULT_WEIGHTS): they rank series and measure nothing. The first fault of a kind takes half of its weight, each further one half of what is left.
 * Worked: one spike -> 100 (1 - 0.35 / 2) = 82.5 -> 83; one spike and one currency mismatch -> 82.5 x 0.7 = 57.75 -> 58
 */
export function seriesScore(faults: readonly Pick<SeriesFault, "kind">[]): number {
  const left = SERIES_FAULTS.reduce((product, kind) => {
    const n = faults.filter((fault) => fault.kind === kind).length;
    return product * (1 - FAULT_WEIGHTS[kind] * (1 - 2 ** -n));
  }, 1);
  return Math.round(100 * left);
}
