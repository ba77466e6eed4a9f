import fc from "fast-check";
import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import type { CircuitDto, CircuitElement, CircuitStateDto } from "@/server/contracts/circuit";
import { CIRCUIT_ELEMENTS, CIRCUIT_NODES } from "@/server/contracts/circuit";
import en from "../app-shell/messages/en/circuit.json";
import ko from "../app-shell/messages/ko/circuit.json";
import { circuitLabels, labelBox, textWidth } from "./circuit-labels";
import { NARROW_COLUMNS, WIDE_COLUMNS, circuitLayout, type Box, type CircuitLayout, type ElementId, type Extent } from "./circuit-layout";
import { circuitReading } from "./circuit-reading";
import { circuitWords, type Translate } from "./circuit-words";

const SHAPES: Record<ElementId, Pick<CircuitElement, "kind" | "from" | "to" | "column">> = {
  revenue: { kind: "source", from: "ground", to: "operations", column: "in" },
  otherIncome: { kind: "source", from: "ground", to: "operations", column: "in" },
  variableCosts: { kind: "resistor", from: "operations", to: "ground", column: "out" },
  fixedCosts: { kind: "dependentSource", from: "operations", to: "ground", column: "out" },
  operatingCosts: { kind: "resistor", from: "operations", to: "ground", column: "out" },
  costShock: { kind: "resistor", from: "operations", to: "ground", column: "out" },
  toLenders: { kind: "meter", from: "operations", to: "lenders", column: "inside" },
  newDebt: { kind: "source", from: "ground", to: "lenders", column: "in" },
  interest: { kind: "meter", from: "ladder", to: "covenant", column: "out" },
  interestFixed: { kind: "coil", from: "lenders", to: "ladder", column: "inside" },
  interestFloating: { kind: "coil", from: "lenders", to: "ladder", column: "inside" },
  interestRenewed: { kind: "coil", from: "lenders", to: "ladder", column: "inside" },
  interestCreditLine: { kind: "coil", from: "lenders", to: "ladder", column: "inside" },
  interestUnladdered: { kind: "coil", from: "lenders", to: "ladder", column: "inside" },
  fuse: { kind: "fuse", from: "covenant", to: "ground", column: "out" },
  waiver: { kind: "resistor", from: "covenant", to: "ground", column: "out" },
  toObligations: { kind: "meter", from: "lenders", to: "obligations", column: "inside" },
  workingCapital: { kind: "source", from: "ground", to: "obligations", column: "in" },
  tax: { kind: "diode", from: "obligations", to: "ground", column: "out" },
  capex: { kind: "dependentSource", from: "obligations", to: "ground", column: "out" },
  debtRepaid: { kind: "switch", from: "obligations", to: "ground", column: "out" },
  toOwners: { kind: "meter", from: "obligations", to: "owners", column: "inside" },
  dividends: { kind: "diode", from: "owners", to: "ground", column: "out" },
  otherUses: { kind: "dependentSource", from: "owners", to: "ground", column: "out" },
  kept: { kind: "capacitor", from: "owners", to: "ground", column: "inside" },
};
const FIXED: readonly ElementId[] = ["revenue", "toLenders", "toObligations", "toOwners", "tax", "kept"];
const DEBT: readonly ElementId[] = ["interest", "fuse", "waiver"];
const OPTIONAL = CIRCUIT_ELEMENTS.filter((id) => !FIXED.includes(id) && !DEBT.includes(id) && !id.startsWith("interest"));
const COILS = CIRCUIT_ELEMENTS.filter((id) => SHAPES[id].kind === "coil");
const provenance = { basis: "computed" as const, provider: "test", asOf: null, reference: null, formula: null, n: null, rSquared: null, stdError: null };

const drawing = fc.record({
  optional: fc.subarray([...OPTIONAL]),
  coils: fc.subarray([...COILS], { maxLength: 4 }),
  /** Working capital and other uses may be drawn on either side. */
  sides: fc.tuple(fc.boolean(), fc.boolean()),
  extents: fc.array(fc.tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 0, max: 18 })), { minLength: CIRCUIT_ELEMENTS.length, maxLength: CIRCUIT_ELEMENTS.length }),
});
type Drawing = typeof drawing extends fc.Arbitrary<infer T> ? T : never;

function elementsOf({ optional, coils, sides }: Drawing): CircuitElement[] {
  const ids = CIRCUIT_ELEMENTS.filter((id) => FIXED.includes(id) || optional.includes(id) || (coils.length > 0 && (DEBT.includes(id) || coils.includes(id))));
  return ids.map((id) => {
    const shape = SHAPES[id];
    const flipped = (id === "workingCapital" && sides[0]) || (id === "otherUses" && sides[1]);
    const turned = flipped ? { ...shape, from: shape.to, to: shape.from, column: shape.column === "in" ? ("out" as const) : ("in" as const) } : shape;
    return { id, ...turned, partOf: shape.kind === "coil" || id === "fuse" || id === "waiver" ? "interest" : null, provenance };
  });
}
/** Coils are scaled to at most 26 pixels. */
const extentOf = ({ extents }: Drawing) => (id: ElementId): Extent => {
  const [half, edge] = extents[CIRCUIT_ELEMENTS.indexOf(id)]!;
  return SHAPES[id].kind === "coil" ? { half: Math.min(half, 13), edge: Math.min(edge, 6) } : { half, edge };
};

const bandsOf = ({ wires, ladder }: CircuitLayout): (Box & { id: ElementId })[] =>
  wires.flatMap(({ id, x1, x2, y, extent: { half, edge } }) => {
    const band = (from: number, to: number) => ({ id, x: from, y: y - half, width: to - from, height: 2 * half + edge });
    return id === "interest" && ladder ? [band(x1, ladder.left), band(ladder.right, x2)] : [band(x1, x2)];
  });
const overlaps = (a: Box, b: Box, clear = 0) => a.x < b.x + b.width + clear && b.x < a.x + a.width + clear && a.y < b.y + b.height + clear && b.y < a.y + a.height + clear;

const MILLION = 1e6;
/** Large figures everywhere: what fits with them fits with smaller ones. */
function circuitOf(made: Drawing): Pick<CircuitDto, "elements" | "nodes" | "before" | "after" | "covenantIcr" | "ratingTable" | "currency"> {
  const elements = elementsOf(made);
  const state = (factor: number): CircuitStateDto => ({
    currents: elements.map(() => factor * 123_456 * MILLION),
    states: elements.map(({ kind }) => (kind === "diode" ? "conducting" : kind === "switch" ? "open" : kind === "fuse" ? "closed" : null)),
    potentials: CIRCUIT_NODES.map(() => null),
    residual: 0,
    stocks: { cash: 23_456 * MILLION * factor, debt: 98_765 * MILLION, equity: 323_456 * MILLION * factor },
    trailing: { ebit: 1, interest: 1 },
    icr: 12.34 * factor, icrEbitda: null, rating: "AAA", spread: 0.01,
    figures: elements.map(() => ({ amount: 123_456 * MILLION, rate: 0.1234, share: 0.65, depreciation: 12_345 * MILLION, cash: 1, cashBefore: 1, limit: 1.5 })),
  });
  return { elements, nodes: [...CIRCUIT_NODES], before: [state(1)], after: [state(1.1)], covenantIcr: { value: 1.5, provenance }, ratingTable: [], currency: "USD" };
}

const WIDTHS = [["wide", WIDE_COLUMNS], ["narrow", NARROW_COLUMNS]] as const;

describe.each(WIDTHS)("circuitLayout with %s columns", (_, columns) => {
  it("lets no two bands touch, whatever their widths and whichever elements exist", () => {
    fc.assert(
      fc.property(drawing, (made) => {
        const bands = bandsOf(circuitLayout(elementsOf(made), extentOf(made), columns));
        expect(bands.flatMap((a, i) => bands.slice(i + 1).flatMap((b) => (a.id !== b.id && overlaps(a, b) ? [`${a.id} and ${b.id}`] : [])))).toEqual([]);
      }),
    );
  });

  it("gives every present element but the fuse and the way around it one wire, within the drawing, its junction spanning its ports", () => {
    fc.assert(
      fc.property(drawing, (made) => {
        const elements = elementsOf(made);
        const layout = circuitLayout(elements, extentOf(made), columns);
        const drawn = layout.wires.map(({ id }) => id);
        const wanted = elements.map(({ id }) => id).filter((id) => !["fuse", "waiver", "kept"].includes(id));
        expect([...drawn].sort()).toEqual([...wanted].sort());
        for (const { x1, x2, y } of layout.wires) {
          expect(x1).toBeGreaterThanOrEqual(columns.left);
          expect(x2).toBeLessThanOrEqual(columns.right);
          expect(y).toBeLessThan(layout.height);
        }
        for (const { top, bottom, ports } of layout.buses) for (const port of ports) {
          expect(port).toBeGreaterThan(top);
          expect(port).toBeLessThan(bottom);
        }
        expect(layout.plates.y + layout.plates.height).toBeLessThan(layout.height);
        const steps = layout.buses.map(({ top }) => top);
        expect(steps).toEqual([...steps].sort((a, b) => a - b));
      }),
    );
  });
});

describe.each([["en", en], ["ko", ko]].flatMap(([locale, messages]) => WIDTHS.map(([width, columns]) => ({ locale: locale as string, messages, width, columns }))))("circuitLabels in $locale with $width columns", ({ locale, messages, columns }) => {
  const t = createTranslator({ locale, messages: { circuit: messages }, namespace: "circuit" }) as unknown as Translate;
  const labelsOf = (made: Drawing) => {
    const dto = circuitOf(made);
    const layout = circuitLayout(dto.elements, extentOf(made), columns);
    const words = circuitWords({ t, locale, dto, scale: { digits: 0 } });
    return { layout, labels: circuitLabels({ layout, reading: circuitReading(dto, 0, "both"), dto, words, overlay: "both", ladderFactor: 100 }) };
  };

  it("keeps words off each other", () => {
    fc.assert(
      fc.property(drawing, (made) => {
        const boxes = labelsOf(made).labels.map((label) => ({ key: label.key, ...labelBox(label) }));
        expect(boxes.flatMap((a, i) => boxes.slice(i + 1).flatMap((b) => (overlaps(a, b) ? [`${a.key} over ${b.key}`] : [])))).toEqual([]);
      }),
    );
  });

  it("keeps words off every band, and within the drawing", () => {
    fc.assert(
      fc.property(drawing, (made) => {
        const { layout, labels } = labelsOf(made);
        const bands = bandsOf(layout);
        for (const label of labels) {
          const box = labelBox(label);
          expect(box.x >= -1 && box.x + box.width <= columns.right + 1 ? "" : `${label.key} at ${box.x} to ${box.x + box.width}`).toBe("");
          expect(bands.flatMap((band) => (overlaps(box, band) ? [`${label.key} on ${band.id}`] : []))).toEqual([]);
        }
      }),
    );
  });

  it("keeps words off the junctions", () => {
    fc.assert(
      fc.property(drawing, (made) => {
        const { layout, labels } = labelsOf(made);
        const hits = labels.flatMap((label) => layout.buses.flatMap(({ id, x, top, bottom }) => (overlaps(labelBox(label), { x: x - 3.5, y: top, width: 7, height: bottom - top }) ? [`${label.key} on ${id}`] : [])));
        expect(hits).toEqual([]);
      }),
    );
  });
});

describe("textWidth", () => {
  it("gives Korean letters about their square and monospaced ones six tenths", () => {
    expect(textWidth("매출", 10, false)).toBe(19);
    expect(textWidth("$123", 10, true)).toBe(24);
  });
});
