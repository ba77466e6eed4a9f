import type { CircuitDto, CircuitElement, CircuitStateDto } from "@/server/contracts/circuit";
import { RATINGS } from "@/server/contracts/scenario";
import type { ElementId, NodeId } from "./circuit-layout";

export const OVERLAYS = ["before", "after", "both"] as const;
export type Overlay = (typeof OVERLAYS)[number];

export type ElementReading = {
  element: CircuitElement;
  before: number;
  after: number;
  change: number;
  /** Fraction of the current before; null from zero, and where the current has turned round. */
  changeShare: number | null;
  stateBefore: CircuitStateDto["states"][number];
  stateAfter: CircuitStateDto["states"][number];
  figuresBefore: Readonly<Record<string, number | null>>;
  figuresAfter: Readonly<Record<string, number | null>>;
};

export type JunctionSum = { node: NodeId; in: number; out: number; potentialBefore: number | null; potentialAfter: number | null };

export type CircuitReading = {
  quarter: number;
  before: CircuitStateDto;
  after: CircuitStateDto;
  elements: ElementReading[];
  byId: ReadonlyMap<ElementId, ElementReading>;
  /** Sums of the run that is shown: after, unless only before is. */
  junctions: JunctionSum[];
  totals: { in: number; out: number; kept: number };
};

/** Currents and changes below this share of the largest current are rounding, not news. */
const SILENT = 1e-9;

/** What the page shows of one quarter: both runs side by side, sums of every junction, and what enters, leaves and stays. */
export function circuitReading(dto: Pick<CircuitDto, "elements" | "nodes" | "before" | "after">, quarter: number, overlay: Overlay): CircuitReading {
  const before = dto.before[quarter]!;
  const after = dto.after[quarter]!;
  const largest = Math.max(...before.currents.map(Math.abs), ...after.currents.map(Math.abs));
  const heard = (current: number) => (Math.abs(current) <= SILENT * largest ? 0 : current);
  const elements = dto.elements.map((element, i): ElementReading => {
    const [was, is] = [heard(before.currents[i]!), heard(after.currents[i]!)];
    const change = heard(is - was);
    return {
      element, before: was, after: is, change, changeShare: was === 0 || was * is < 0 ? null : change / Math.abs(was),
      stateBefore: before.states[i]!, stateAfter: after.states[i]!, figuresBefore: before.figures[i]!, figuresAfter: after.figures[i]!,
    };
  });
  const shown = ({ before: was, after: is }: ElementReading) => (overlay === "before" ? was : is);
  const sums = (node: NodeId) => {
    let [into, out] = [0, 0];
    for (const reading of elements) {
      // These carry what the meter of the interest has already counted.
      if (reading.element.kind === "fuse" || reading.element.id === "waiver") continue;
      const { from, to } = reading.element;
      const current = shown(reading);
      const leaves = from === node ? current : to === node ? -current : 0;
      if (leaves > 0) out += leaves;
      else into -= leaves;
    }
    return { in: into, out };
  };
  const kept = elements.find(({ element }) => element.id === "kept");
  const outside = sums("ground");
  const keptNow = kept ? shown(kept) : 0;
  const interest = elements.find(({ element }) => element.id === "interest");
  // Ground meets the interest behind the fuse, which the sums leave out; what is kept stays in the company.
  const paid = outside.in - Math.max(0, keptNow) + (interest ? Math.max(0, shown(interest)) : 0);
  return {
    quarter,
    before,
    after,
    elements,
    byId: new Map(elements.map((reading) => [reading.element.id, reading])),
    junctions: dto.nodes.flatMap((node, i) => (["operations", "lenders", "obligations", "owners"].includes(node) ? [{ node, ...sums(node), potentialBefore: before.potentials[i]!, potentialAfter: after.potentials[i]! }] : [])),
    totals: { in: outside.out - Math.max(0, -keptNow), out: paid, kept: keptNow },
  };
}

/** Lowest grade that counts as investment grade in the table in use. */
export const INVESTMENT_GRADE = "BBB";

export type CircuitEvents = { shock: boolean; ratingFrom: string | null; ratingTo: string | null; fuseOpens: boolean; belowInvestmentGrade: boolean };

/** What happens in each quarter of the run after the shock, for the marks of the scrubber. */
export function circuitEvents({ after, spec, elements }: Pick<CircuitDto, "after" | "spec" | "elements">): CircuitEvents[] {
  const fuse = elements.findIndex(({ kind }) => kind === "fuse");
  const lowest = RATINGS.indexOf(INVESTMENT_GRADE);
  return after.map(({ rating, states }, t) => {
    const earlier = t === 0 ? null : after[t - 1]!;
    const moved = earlier !== null && earlier.rating !== null && rating !== null && earlier.rating !== rating;
    return {
      shock: spec.shocks.some(({ startQuarter }) => startQuarter === t),
      ratingFrom: moved ? earlier.rating : null,
      ratingTo: moved ? rating : null,
      fuseOpens: fuse >= 0 && earlier !== null && states[fuse] === "open" && earlier.states[fuse] !== "open",
      belowInvestmentGrade: rating !== null && RATINGS.indexOf(rating) > lowest,
    };
  });
}
