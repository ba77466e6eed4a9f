import type { CircuitDto } from "@/server/contracts/circuit";

export type CircuitScale = {
  /** USD a quarter that are one pixel wide. */
  usdPerPx: number;
  /** A change is drawn this many times wider than the current it changes. */
  edgeFactor: number;
  /** The debt ladder is a detail, drawn this many times wider. */
  ladderFactor: number;
  /** Figures after the point when money is written in millions. */
  digits: 0 | 1 | 2;
};

const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8] as const;
const FULL_WIDTH_PX = 44;
const WIDEST_EDGE_PX = 18;
const WIDEST_COIL_PX = 26;
const THINNEST_PX = 1.6;

const largestOf = (values: readonly number[]) => values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);

/** The smallest round amount per ten pixels at which `largest` is no wider than 44 pixels; the steps keep it above 27. */
function roundUsdPerPx(largest: number): number {
  const least = (largest / FULL_WIDTH_PX) * 10;
  if (least <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return ((STEPS.find((step) => step * power >= least) ?? 10) * power) / 10;
}

const largestFactor = (factors: readonly number[], fits: (factor: number) => boolean) => factors.find(fits) ?? 1;

/** One scale for all quarters and both runs, so that only widths move when the quarter changes. */
export function circuitScale({ elements, before, after }: Pick<CircuitDto, "elements" | "before" | "after">): CircuitScale {
  const all = [...before, ...after];
  const coils = elements.flatMap(({ kind }, i) => (kind === "coil" ? [i] : []));
  const drawn = elements.flatMap(({ kind }, i) => (kind === "coil" ? [] : [i]));
  const usdPerPx = roundUsdPerPx(largestOf(all.flatMap(({ currents }) => drawn.map((i) => currents[i]!))));
  const changes = after.flatMap(({ currents }, t) => currents.map((current, i) => current - before[t]!.currents[i]!));
  const largestChange = largestOf(changes) / usdPerPx;
  const largestCoil = largestOf(all.flatMap(({ currents }) => coils.map((i) => currents[i]!))) / usdPerPx;
  const largest = largestOf(all.flatMap(({ currents }) => currents));
  return {
    usdPerPx,
    edgeFactor: largestFactor([10, 5, 2], (factor) => largestChange * factor <= WIDEST_EDGE_PX),
    ladderFactor: largestFactor([100, 50, 20, 10, 5, 2], (factor) => largestCoil * factor <= WIDEST_COIL_PX),
    digits: largest >= 3e8 ? 0 : largest >= 3e7 ? 1 : 2,
  };
}

/** Width of a band in pixels; what flows is never thinner than a hair, what does not flow has no band. */
export function bandWidth(usd: number, usdPerPx: number, factor = 1): number {
  const width = (Math.abs(usd) / usdPerPx) * factor;
  return width === 0 ? 0 : Math.max(THINNEST_PX, width);
}

/** Width of the edge that shows a change: hollow where money is lost, solid where it is gained; 0 below a hundredth of a pixel. */
export function edgeWidth(change: number, { usdPerPx, edgeFactor }: CircuitScale): number {
  const width = (Math.abs(change) / usdPerPx) * edgeFactor;
  return width < 0.01 ? 0 : Math.max(2, width);
}
