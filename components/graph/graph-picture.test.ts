import { describe, expect, it } from "vitest";
import { syntheticGraph, syntheticResult } from "./__fixtures__/synthetic-graph";
import { DEFAULT_FILTERS, filterGraph } from "./graph-filter";
import { indexGraph } from "./graph-index";
import { graphPicture, routeTo } from "./graph-picture";
import { fullRingDelta, outcomesAtQuarter } from "./outcome-at-quarter";
import { travelSchedule } from "./shock-travel";

const index = indexGraph(syntheticGraph());
const result = syntheticResult(index.graph);
const scenario = { outcomes: outcomesAtQuarter(result, 8), sectorDeltas: new Map(result.sectors.map((s) => [`sector:${s.sector}`, s.medianIcrDelta[8]!])), drivers: new Map([["driver:fedFunds", 0.01]]), schedule: travelSchedule(result.travel), fullRing: fullRingDelta(result) };
const visible = filterGraph(index.graph, DEFAULT_FILTERS, new Map());
const picture = graphPicture({ index, visible, focus: "company:C1", scenario });
const look = (key: string) => picture.nodes[index.at.get(key)!]!;

describe("graphPicture", () => {
  it("draws a bank without a ring and a moved company with one", () => {
    expect(look("company:C0").magnitude).toBeNull();
    expect(look("company:C1").magnitude).toBeGreaterThan(0);
  });

  it("starts amber at the driver and lands in the colour of the change", () => {
    const edge = picture.lit.find((e) => e.to === index.at.get("sector:REALESTATE"))!;
    expect(edge.toneFrom).toBe("driver");
    expect(edge.toneTo).toBe(look("sector:REALESTATE").tone);
  });

  it("marks the way the shock took to the focused company, and nothing else", () => {
    const onRoute = picture.lit.filter((e) => e.onRoute).map((e) => index.graph.nodes[e.to]!.key);
    expect(onRoute.sort()).toEqual(["company:C1", "sector:REALESTATE"]);
    expect(picture.wires.filter((w) => w.touched).every((w) => [w.from, w.to].includes(index.at.get("company:C1")!))).toBe(true);
  });

  it("lights nothing without a scenario, and leaves no node cold", () => {
    const calm = graphPicture({ index, visible, focus: null, scenario: null });
    expect(calm.lit).toEqual([]);
    expect(calm.nodes.some((n) => n.cold)).toBe(false);
  });

  it("draws no lit edge to a hidden node", () => {
    const few = filterGraph(index.graph, { ...DEFAULT_FILTERS, sectors: ["CRYPTO"] }, new Map());
    for (const edge of graphPicture({ index, visible: few, focus: null, scenario }).lit) expect(few.nodes[edge.to]).toBe(1);
  });
});

describe("routeTo", () => {
  it("ends on travel that runs in a circle", () => {
    const step = (from: string, to: string, hop: number) => ({ from, to, hop, quarter: 1, sign: 1 });
    const circle = [step("driver:oil", "company:A", 0), step("company:A", "company:B", 1), step("company:B", "company:A", 2), step("company:A", "company:B", 3)];
    expect(routeTo(circle, "company:B").size).toBe(4);
  });
});
