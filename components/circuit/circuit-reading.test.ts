import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCircuitAddress, writeCircuitAddress } from "./circuit-address";
import { stepFrom } from "./circuit-path";
import { circuitEvents, circuitReading } from "./circuit-reading";
import { bandWidth, circuitScale, edgeWidth } from "./circuit-scale";
import type { CircuitDto, CircuitElement, CircuitStateDto } from "@/server/contracts/circuit";

const provenance = { basis: "computed" as const, provider: "test", asOf: null, reference: null, formula: null, n: null, rSquared: null, stdError: null };
const element = (id: CircuitElement["id"], kind: CircuitElement["kind"], from: CircuitElement["from"], to: CircuitElement["to"], column: CircuitElement["column"]): CircuitElement => ({ id, kind, from, to, column, partOf: null, provenance });
const ELEMENTS = [
  element("revenue", "source", "ground", "operations", "in"),
  element("variableCosts", "resistor", "operations", "ground", "out"),
  element("toLenders", "meter", "operations", "lenders", "inside"),
  element("interest", "meter", "ladder", "covenant", "out"),
  element("interestFixed", "coil", "lenders", "ladder", "inside"),
  element("fuse", "fuse", "covenant", "ground", "out"),
  element("toObligations", "meter", "lenders", "obligations", "inside"),
  element("tax", "diode", "obligations", "ground", "out"),
  element("toOwners", "meter", "obligations", "owners", "inside"),
  element("kept", "capacitor", "owners", "ground", "inside"),
];
const NODES: CircuitDto["nodes"] = ["operations", "lenders", "ladder", "covenant", "obligations", "owners", "ground"];
const state = (currents: number[], more: Partial<CircuitStateDto> = {}): CircuitStateDto => ({
  currents, states: ELEMENTS.map(({ kind }) => (kind === "fuse" ? "closed" : null)), potentials: NODES.map(() => null), residual: 0, stocks: { cash: 1, debt: 1, equity: 1 },
  trailing: { ebit: 1, interest: 1 }, icr: 3, icrEbitda: null, rating: "BBB", spread: 0.012, figures: ELEMENTS.map(() => ({})), ...more,
});
const before = state([100, 60, 40, 10, 10, 10, 30, 6, 24, 24]);
const after = state([90, 54, 36, 14, 14, 14, 22, 4.4, 17.6, 17.6], { rating: "BB+" });
const dto = { elements: ELEMENTS, nodes: NODES, before: [before, before], after: [before, after] };

describe("circuitReading", () => {
  it("balances every junction and the whole: in = out + kept", () => {
    for (const overlay of ["before", "after", "both"] as const) {
      const { junctions, totals } = circuitReading(dto, 1, overlay);
      for (const junction of junctions) expect(junction.in).toBeCloseTo(junction.out, 12);
      expect(totals.in).toBeCloseTo(totals.out + totals.kept, 12);
    }
    expect(circuitReading(dto, 1, "both").totals).toEqual({ in: 90, out: expect.closeTo(72.4, 12), kept: 17.6 });
  });

  it("counts cash that is taken as neither money in nor money out", () => {
    const drained = state([100, 90, 10, 14, 14, 14, -4, 0, -4, -4]);
    const { totals } = circuitReading({ ...dto, before: [drained], after: [drained] }, 0, "both");
    expect(totals).toEqual({ in: 100, out: 104, kept: -4 });
  });

  it("gives no percentage from zero or across it", () => {
    const turned = state([90, 54, 36, 14, 14, 14, 22, 0, 22, -1]);
    const { byId } = circuitReading({ ...dto, after: [turned, turned] }, 0, "both");
    expect(byId.get("kept")!.changeShare).toBeNull();
    expect(byId.get("revenue")!.changeShare).toBeCloseTo(-0.1, 12);
    expect(circuitReading({ ...dto, before: [turned], after: [before] }, 0, "both").byId.get("tax")!.changeShare).toBeNull();
  });
});

describe("circuitEvents", () => {
  it("marks the shock, rating moves, the first quarter of an open fuse and quarters below investment grade", () => {
    const open = state(after.currents, { rating: "BB+", states: ELEMENTS.map(({ kind }) => (kind === "fuse" ? "open" : null)) });
    const shock = { driver: "fedFunds" as const, size: 100, unit: "bp" as const, shape: "step" as const, startQuarter: 1, durationQuarters: 40, halfLifeQuarters: 4 };
    const events = circuitEvents({ elements: ELEMENTS, after: [before, after, open, open], spec: { shocks: [shock], mode: "respond", quarters: 3 } });
    expect(events.map((event) => event.shock)).toEqual([false, true, false, false]);
    expect(events[1]).toMatchObject({ ratingFrom: "BBB", ratingTo: "BB+", belowInvestmentGrade: true });
    expect(events.map(({ fuseOpens }) => fuseOpens)).toEqual([false, false, true, false]);
  });
});

describe("circuitScale", () => {
  it("keeps the widest band between 27 and 44 pixels, the widest edge within 18 unless it is wider at once, and one scale for all quarters", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: -90, max: 100 }), (thousand, percent) => {
        const size = thousand * 1_000;
        const grown = size * (1 + percent / 100);
        const run = (currents: number) => [state(ELEMENTS.map(() => currents))];
        const scale = circuitScale({ elements: ELEMENTS, before: run(size), after: run(grown) });
        const widest = bandWidth(Math.max(size, grown), scale.usdPerPx);
        expect(widest).toBeGreaterThan(27);
        expect(widest).toBeLessThanOrEqual(44 * (1 + 1e-12));
        if (scale.edgeFactor > 1) expect(edgeWidth(grown - size, scale)).toBeLessThanOrEqual(18 * (1 + 1e-12));
      }),
    );
  });

  it("draws nothing for nothing and a hair for the least", () => {
    expect(bandWidth(0, 1)).toBe(0);
    expect(bandWidth(1e-9, 1)).toBe(1.6);
    expect(edgeWidth(0, { usdPerPx: 1, edgeFactor: 10, ladderFactor: 1, digits: 0 })).toBe(0);
  });
});

describe("stepFrom", () => {
  it("follows the wire from revenue to cash and back, through the junctions", () => {
    expect(stepFrom("revenue", "along", ELEMENTS)).toBe("toLenders");
    expect(stepFrom("toLenders", "along", ELEMENTS)).toBe("interestFixed");
    expect(stepFrom("interestFixed", "along", ELEMENTS)).toBe("interest");
    expect(stepFrom("interest", "back", ELEMENTS)).toBe("interestFixed");
    expect(stepFrom("toObligations", "along", ELEMENTS)).toBe("toOwners");
    expect(stepFrom("toOwners", "along", ELEMENTS)).toBe("kept");
    expect(stepFrom("kept", "along", ELEMENTS)).toBe("kept");
  });

  it("reaches every wire but the fuse from revenue", () => {
    const reached = new Set<CircuitElement["id"]>(["revenue"]);
    for (let grew = true; grew; ) {
      grew = false;
      for (const id of [...reached]) for (const step of ["along", "back", "next", "previous"] as const) {
        const to = stepFrom(id, step, ELEMENTS);
        if (!reached.has(to)) grew = Boolean(reached.add(to));
      }
    }
    expect([...reached].sort()).toEqual(ELEMENTS.map(({ id }) => id).filter((id) => id !== "fuse").sort());
  });
});

describe("readCircuitAddress", () => {
  it("gives back what was written", () => {
    const address = { ...readCircuitAddress("s=oil:-20percent:ramp:2:3&mode=hold&q=16&at=5&overlay=after"), problem: undefined };
    expect(address).toMatchObject({ quarter: 5, overlay: "after", spec: { mode: "hold", quarters: 16 } });
    expect(readCircuitAddress(writeCircuitAddress(readCircuitAddress(`${writeCircuitAddress({ spec: address.spec, quarter: 5, overlay: "after" })}`)))).toEqual({ ...address, problem: null });
  });

  it("shows a first scenario when there is none, and says why when one cannot be read", () => {
    expect(readCircuitAddress("")).toMatchObject({ problem: null, quarter: 8, overlay: "both", spec: { shocks: [{ driver: "fedFunds", size: 100 }] } });
    expect(readCircuitAddress("s=unicorn:5bp").problem).not.toBeNull();
    expect(readCircuitAddress("at=99&overlay=sideways")).toMatchObject({ quarter: 12, overlay: "both" });
    expect(readCircuitAddress("at=-3").quarter).toBe(0);
  });
});
