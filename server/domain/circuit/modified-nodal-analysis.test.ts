import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { GROUND, modifiedNodalAnalysis, type NetworkElement } from "./modified-nodal-analysis";

const source = (volts: number, to = "a"): NetworkElement => ({ id: "source", kind: "voltageSource", from: to, to: GROUND, volts });
const resistor = (id: string, from: string, to: string, ohms: number): NetworkElement => ({ id, kind: "resistor", from, to, ohms });
const thrown = (run: () => unknown): AppError => {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error("An AppError was expected");
};

describe("modifiedNodalAnalysis, closed forms", () => {
  it("divides a voltage as the worked example of its docstring", () => {
    const { potentials, currents, residual } = modifiedNodalAnalysis([source(10), resistor("r1", "a", "b", 1), resistor("r2", "b", GROUND, 4)]);
    expect(potentials.b).toBeCloseTo(8, 12);
    expect(currents.r1).toBeCloseTo(2, 12);
    expect(currents.r2).toBeCloseTo(2, 12);
    expect(currents.source).toBeCloseTo(-2, 12);
    expect(residual).toBeLessThanOrEqual(1e-12);
  });

  it("charges a capacitor by backward Euler exactly, and like 1 - exp(-t/RC) when the step is small", () => {
    const [volts, ohms, farads] = [5, 2, 0.5];
    const charge = (step: number, steps: number) => {
      let held = 0;
      for (let n = 0; n < steps; n++) {
        const circuit: NetworkElement[] = [source(volts), resistor("r", "a", "b", ohms), { id: "c", kind: "capacitor", from: "b", to: GROUND, farads, voltsBefore: held }];
        held = modifiedNodalAnalysis(circuit, { step }).potentials.b!;
      }
      return held;
    };
    expect(charge(0.25, 8)).toBeCloseTo(volts * (1 - (1 + 0.25 / (ohms * farads)) ** -8), 10);
    expect(charge(0.001, 2_000)).toBeCloseTo(volts * (1 - Math.exp(-2)), 2);
  });

  it("lets the current of a coil grow by backward Euler exactly, and like 1 - exp(-Rt/L) when the step is small", () => {
    const [volts, ohms, henries] = [6, 3, 1.5];
    const grow = (step: number, steps: number) => {
      let flowing = 0;
      for (let n = 0; n < steps; n++) {
        const circuit: NetworkElement[] = [source(volts), resistor("r", "a", "b", ohms), { id: "l", kind: "inductor", from: "b", to: GROUND, henries, ampsBefore: flowing }];
        flowing = modifiedNodalAnalysis(circuit, { step }).currents.l!;
      }
      return flowing;
    };
    expect(grow(0.1, 10)).toBeCloseTo((volts / ohms) * (1 - (1 + (0.1 * ohms) / henries) ** -10), 10);
    expect(grow(0.0005, 2_000)).toBeCloseTo((volts / ohms) * (1 - Math.exp(-2)), 2);
  });

  it("keeps the current of a coil between two nodes of one potential, whatever its inductance", () => {
    const circuit: NetworkElement[] = [source(3), resistor("r", "a", GROUND, 1), { id: "l", kind: "inductor", from: "a", to: "b", henries: 7, ampsBefore: 0.4 }, { id: "hold", kind: "voltageSource", from: "b", to: GROUND, volts: 3 }];
    expect(modifiedNodalAnalysis(circuit).currents.l).toBeCloseTo(0.4, 12);
  });

  it("draws a controlled current in proportion to the current that controls it", () => {
    const circuit: NetworkElement[] = [source(10), resistor("load", "a", GROUND, 5), { id: "share", kind: "controlledCurrentSource", from: "a", to: GROUND, controls: [{ element: "load", gain: 0.3 }] }];
    const { currents } = modifiedNodalAnalysis(circuit);
    expect(currents.share).toBeCloseTo(0.6, 12);
    expect(currents.source).toBeCloseTo(-2.6, 12);
  });

  it("reads a controlling current source and capacitor like any other current", () => {
    const circuit: NetworkElement[] = [
      { id: "feed", kind: "currentSource", from: GROUND, to: "a", amps: 4 },
      { id: "store", kind: "capacitor", from: "a", to: GROUND, farads: 2, voltsBefore: 1 },
      { id: "share", kind: "controlledCurrentSource", from: "a", to: GROUND, controls: [{ element: "feed", gain: 0.5 }, { element: "store", gain: 1 }] },
    ];
    const { currents, potentials } = modifiedNodalAnalysis(circuit);
    expect(currents.store).toBeCloseTo(1, 12);
    expect(currents.share).toBeCloseTo(3, 12);
    expect(potentials.a).toBeCloseTo(1.5, 12);
  });

  it("runs a whole economy, model SIM of Godley and Lavoie (Monetary Economics, 2007, table 3.4), to its steady state", () => {
    const [spending, taxRate, ofIncome, ofWealth] = [20, 0.2, 0.6, 0.4];
    const quarter = (wealth: number) => {
      const { currents, potentials, residual } = modifiedNodalAnalysis([
        { id: "spending", kind: "currentSource", from: GROUND, to: "firms", amps: spending },
        { id: "income", kind: "voltageSource", from: "firms", to: "households", volts: 0 },
        { id: "tax", kind: "controlledCurrentSource", from: "households", to: GROUND, controls: [{ element: "income", gain: taxRate }] },
        { id: "fromIncome", kind: "controlledCurrentSource", from: "households", to: "firms", controls: [{ element: "income", gain: ofIncome }, { element: "tax", gain: -ofIncome }] },
        { id: "fromWealth", kind: "currentSource", from: "households", to: "firms", amps: ofWealth * wealth },
        { id: "saved", kind: "capacitor", from: "households", to: GROUND, farads: 1, voltsBefore: wealth },
      ]);
      expect(residual).toBeLessThanOrEqual(1e-12);
      return { income: currents.income!, tax: currents.tax!, saved: currents.saved!, wealth: potentials.households! };
    };
    const path = [quarter(0)];
    for (let t = 0; t < 200; t++) path.push(quarter(path.at(-1)!.wealth));
    const table = [{ income: 38.5, tax: 7.7, saved: 12.3, wealth: 12.3 }, { income: 47.9, tax: 9.6, saved: 10.4, wealth: 22.7 }];
    table.forEach((row, t) => Object.entries(row).forEach(([name, value]) => expect(path[t]![name as keyof typeof row]).toBeCloseTo(value, 1)));
    expect(path.at(-1)!.income).toBeCloseTo(spending / taxRate, 9);
    expect(path.at(-1)!.wealth).toBeCloseTo(80, 9);
    expect(path.at(-1)!.saved).toBeCloseTo(0, 9);
  });

  it("clips a voltage with a diode: it follows below the clamp and stays at the clamp above it", () => {
    const clipped = (volts: number) => modifiedNodalAnalysis([source(volts), resistor("r", "a", "b", 1), { id: "d", kind: "diode", from: "b", to: "clamp" }, { id: "level", kind: "voltageSource", from: "clamp", to: GROUND, volts: 2 }, resistor("load", "b", GROUND, 1e6)]);
    for (const volts of [-5, 0, 1, 1.9]) {
      const { potentials, closed } = clipped(volts);
      expect(potentials.b).toBeCloseTo(volts, 4);
      expect(closed.d).toBe(false);
    }
    for (const volts of [3, 10]) {
      const { potentials, currents, closed } = clipped(volts);
      expect(potentials.b).toBeCloseTo(2, 10);
      expect(currents.d).toBeGreaterThan(0);
      expect(closed.d).toBe(true);
    }
  });

  it("rectifies with a bridge of four diodes", () => {
    const bridge = (volts: number) =>
      modifiedNodalAnalysis([
        { id: "source", kind: "voltageSource", from: "a", to: "b", volts },
        { id: "d1", kind: "diode", from: "a", to: "plus" },
        { id: "d2", kind: "diode", from: "b", to: "plus" },
        { id: "d3", kind: "diode", from: GROUND, to: "a" },
        { id: "d4", kind: "diode", from: GROUND, to: "b" },
        resistor("load", "plus", GROUND, 2),
      ]);
    expect(bridge(6).currents.load).toBeCloseTo(3, 10);
    expect(bridge(-6).currents.load).toBeCloseTo(3, 10);
  });

  it("opens a fuse when what it watches falls below its limit, and keeps it closed at the limit", () => {
    const fused = (volts: number) => modifiedNodalAnalysis([source(volts), resistor("sensed", "a", GROUND, 1), { id: "f", kind: "fuse", from: "a", to: "b", holdsWhile: { controls: [{ element: "sensed", gain: 1 }], constant: -2 } }, resistor("load", "b", GROUND, 4)]);
    expect(fused(8).currents.f).toBeCloseTo(2, 12);
    expect(fused(2).closed.f).toBe(true);
    expect(fused(1.9).closed.f).toBe(false);
    expect(fused(1.9).currents.load).toBeCloseTo(0, 12);
  });

  it("carries nothing through an open switch and everything through a closed one", () => {
    const switched = (closed: boolean) => modifiedNodalAnalysis([source(4), { id: "s", kind: "switch", from: "a", to: "b", closed }, resistor("load", "b", GROUND, 2)]);
    expect(switched(true).currents.s).toBeCloseTo(2, 12);
    expect(switched(false).currents.s).toBe(0);
  });
});

describe("modifiedNodalAnalysis, what has no solution", () => {
  it("names two switches that contradict each other", () => {
    // Each watches the other: `one` stays closed only while the other is open, `other` only while the first is closed.
    const circuit: NetworkElement[] = [
      source(1),
      { id: "one", kind: "fuse", from: "a", to: "b", holdsWhile: { controls: [{ element: "other", gain: -1 }], constant: 0.5 } },
      resistor("r1", "b", GROUND, 1),
      { id: "other", kind: "fuse", from: "a", to: "c", holdsWhile: { controls: [{ element: "one", gain: 1 }], constant: -0.5 } },
      resistor("r2", "c", GROUND, 1),
    ];
    const error = thrown(() => modifiedNodalAnalysis(circuit));
    expect(error.code).toBe("RULE_VIOLATED");
    expect(error.details.elements).toEqual(["one", "other"]);
    expect(error.message).toBe("No state of one, other agrees with the currents it leads to");
  });

  it("names the node whose potential nothing fixes", () => {
    const error = thrown(() => modifiedNodalAnalysis([source(1), resistor("r", "a", GROUND, 1), resistor("island", "x", "y", 1)]));
    expect(error.code).toBe("RULE_VIOLATED");
    expect(error.details.elements).toEqual(["y"]);
  });

  it("names the element of a loop of voltage sources", () => {
    const error = thrown(() => modifiedNodalAnalysis([source(1), { id: "second", kind: "voltageSource", from: "a", to: GROUND, volts: 1 }]));
    expect(error.message).toBe("Nothing fixes the current of second at node a");
  });

  it("refuses values out of range, doubled ids, missing controls and a network without ground", () => {
    const refused = (elements: NetworkElement[], field: string) => {
      const error = thrown(() => modifiedNodalAnalysis(elements));
      expect(error.code).toBe("INVALID_INPUT");
      expect(error.details.field).toBe(field);
    };
    refused([source(1), resistor("r", "a", GROUND, 0)], "elements.r");
    refused([source(Number.NaN)], "elements.source");
    refused([source(1), source(2)], "elements");
    refused([resistor("r", "a", "b", 1)], "elements");
    refused([resistor("r", GROUND, GROUND, 1)], "elements.r");
    refused([source(1), { id: "share", kind: "controlledCurrentSource", from: "a", to: GROUND, controls: [{ element: "ghost", gain: 1 }] }], "elements.share");
    expect(thrown(() => modifiedNodalAnalysis([source(1)], { step: 0 })).details.field).toBe("step");
  });
});

const NODES = [GROUND, "a", "b", "c", "d", "e"] as const;
const value = fc.integer({ min: 1, max: 10_000 }).map((hundredths) => hundredths / 100);
const signed = fc.integer({ min: -10_000, max: 10_000 }).map((hundredths) => hundredths / 100);
const ends = fc.tuple(fc.constantFrom(...NODES), fc.constantFrom(...NODES)).filter(([from, to]) => from !== to);
const anElement = fc.oneof(
  ends.chain(([from, to]) => value.map((ohms) => ({ kind: "resistor" as const, from, to, ohms }))),
  ends.chain(([from, to]) => signed.map((amps) => ({ kind: "currentSource" as const, from, to, amps }))),
  ends.chain(([from, to]) => fc.tuple(value, signed).map(([farads, voltsBefore]) => ({ kind: "capacitor" as const, from, to, farads, voltsBefore }))),
  ends.chain(([from, to]) => fc.tuple(value, signed).map(([henries, ampsBefore]) => ({ kind: "inductor" as const, from, to, henries, ampsBefore }))),
);
/** Every node has a resistor to ground, so that a solution exists. */
const grounded = fc.tuple(fc.tuple(value, value, value, value, value), fc.array(anElement, { minLength: 1, maxLength: 14 })).map(([ohms, more]): NetworkElement[] => [
  ...ohms.map((r, i) => resistor(`ground-${i}`, NODES[i + 1]!, GROUND, r)),
  ...more.map((element, i) => ({ ...element, id: `e${i}` })),
]);

describe("modifiedNodalAnalysis, properties", () => {
  it("conserves current at every node of random circuits to 1e-9 of the largest current", () => {
    fc.assert(
      fc.property(grounded, (circuit) => {
        const { residual } = modifiedNodalAnalysis(circuit);
        expect(residual).toBeLessThanOrEqual(1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it("superposes: with every source scaled, every current scales", () => {
    fc.assert(
      fc.property(grounded, value, (circuit, factor) => {
        const scaled = circuit.map((element): NetworkElement => {
          if (element.kind === "currentSource") return { ...element, amps: element.amps * factor };
          if (element.kind === "capacitor") return { ...element, voltsBefore: element.voltsBefore * factor };
          if (element.kind === "inductor") return { ...element, ampsBefore: element.ampsBefore * factor };
          return element;
        });
        const plain = modifiedNodalAnalysis(circuit).currents;
        const larger = modifiedNodalAnalysis(scaled).currents;
        const size = Math.max(1, ...Object.values(larger).map(Math.abs));
        for (const [id, current] of Object.entries(plain)) expect(Math.abs(larger[id]! - current * factor)).toBeLessThanOrEqual(1e-9 * size);
      }),
    );
  });

  it("finds a consistent state for random circuits with diodes to ground, and loses no power to them", () => {
    fc.assert(
      fc.property(grounded, fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.boolean()), { maxLength: 4 }), (circuit, places) => {
        // One diode per node at most: two in opposite directions would short it, and their split is not determined.
        const used = new Map(places);
        const diodes = [...used].map(([node, down]): NetworkElement => ({ id: `diode-${node}`, kind: "diode", from: down ? node : GROUND, to: down ? GROUND : node }));
        const { currents, potentials, residual } = modifiedNodalAnalysis([...circuit, ...diodes]);
        const size = Math.max(1, ...Object.values(currents).map(Math.abs), ...Object.values(potentials).map(Math.abs));
        expect(residual).toBeLessThanOrEqual(1e-9);
        for (const { id, from, to } of diodes) {
          expect(currents[id]!).toBeGreaterThanOrEqual(-1e-9 * size);
          expect(potentials[from]! - potentials[to]!).toBeLessThanOrEqual(1e-9 * size);
        }
      }),
    );
  });
});
