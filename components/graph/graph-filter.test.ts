import { describe, expect, it } from "vitest";
import { syntheticGraph, syntheticResult } from "./__fixtures__/synthetic-graph";
import { DEFAULT_FILTERS, filterGraph, findNodes, isFiltered } from "./graph-filter";
import { deltasOf, outcomesAtQuarter } from "./outcome-at-quarter";

const graph = syntheticGraph();
const deltas = deltasOf(outcomesAtQuarter(syntheticResult(graph), 8));
const open = { ...DEFAULT_FILTERS, hiddenConnections: [] };
const shown = (flags: Uint8Array) => graph.nodes.filter((_, i) => flags[i]);

describe("filterGraph", () => {
  it("shows everything when nothing is filtered", () => {
    const all = filterGraph(graph, open, deltas);
    expect([all.nodeCount, all.connectionCount, all.companyCount]).toEqual([graph.nodes.length, graph.connections.length, 150]);
  });

  it("never shows a connection without both its ends", () => {
    const seen = filterGraph(graph, { ...open, hiddenKinds: ["sector"], sectors: ["CRYPTO"], minIcrDelta: 0.1 }, deltas);
    const keys = new Set(shown(seen.nodes).map((n) => n.key));
    graph.connections.forEach((c, i) => expect(!seen.connections[i] || (keys.has(c.from) && keys.has(c.to))).toBe(true));
  });

  it("keeps only companies of the chosen sectors, and assets that touch them", () => {
    const seen = shown(filterGraph(graph, { ...open, sectors: ["SEMICONDUCTOR"] }, deltas).nodes);
    expect(new Set(seen.filter((n) => n.kind === "company").map((n) => n.sector))).toEqual(new Set(["SEMICONDUCTOR"]));
    expect(seen.filter((n) => n.kind === "asset").length).toBeLessThan(90);
    expect(seen.filter((n) => n.kind === "driver").length).toBe(15);
  });

  it("hides companies below the change asked for, and those that have no cover at all", () => {
    const seen = shown(filterGraph(graph, { ...open, minIcrDelta: 0.3 }, deltas).nodes).filter((n) => n.kind === "company");
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((n) => Math.abs(deltas.get(n.key) ?? 0) >= 0.3 && !n.isFinancial)).toBe(true);
  });

  it("drops insignificant estimates but keeps what is not an estimate", () => {
    const seen = filterGraph(graph, { ...open, significantOnly: true }, deltas);
    const left = graph.connections.filter((_, i) => seen.connections[i]);
    expect(left.some((c) => c.significant === null)).toBe(true);
    expect(left.some((c) => c.significant === false)).toBe(false);
  });

  it("knows when something is filtered", () => {
    expect(isFiltered(DEFAULT_FILTERS)).toBe(false);
    expect(isFiltered({ ...DEFAULT_FILTERS, minStrength: 0.1 })).toBe(true);
    expect(isFiltered(open)).toBe(true);
  });
});

describe("findNodes", () => {
  it("puts the exact ticker before names that hold it", () => {
    expect(findNodes(graph.nodes, "c7", () => 0)[0]!.key).toBe("company:C7");
    expect(findNodes(graph.nodes, "  ", () => 0)).toEqual([]);
    expect(findNodes(graph.nodes, "zzz", () => 0)).toEqual([]);
  });
});
