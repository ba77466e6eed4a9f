import { describe, expect, it } from "vitest";
import { syntheticGraph } from "./__fixtures__/synthetic-graph";
import { filterGraph, DEFAULT_FILTERS } from "./graph-filter";
import { indexGraph, neighbourInDirection, neighboursOf, nodeOf } from "./graph-index";

const index = indexGraph(syntheticGraph());

describe("graph index", () => {
  it("lists each neighbour once, strongest connection first", () => {
    for (const { key } of index.graph.nodes.slice(0, 60)) {
      const found = neighboursOf(index, key, null);
      expect(new Set(found.map((n) => n.node.key)).size).toBe(found.length);
      expect(found.map((n) => n.connection.strength)).toEqual(found.map((n) => n.connection.strength).sort((a, b) => b - a));
    }
  });

  it("follows only connections that are shown", () => {
    const visible = filterGraph(index.graph, { ...DEFAULT_FILTERS, hiddenConnections: ["impact", "supply", "competition", "ownership"] }, new Map());
    expect(neighboursOf(index, "company:C1", visible).map((n) => n.node.key)).toEqual(["sector:REALESTATE"]);
  });

  it("walks up to a higher layer and down to a lower one", () => {
    const up = neighbourInDirection(index, "company:C1", { direction: "up", visible: null });
    const down = neighbourInDirection(index, "sector:REALESTATE", { direction: "down", visible: null });
    expect(nodeOf(index, up)!.position[1]).toBeGreaterThan(-10);
    expect(nodeOf(index, down)!.position[1]).toBeLessThan(10);
  });

  it("stays where it is when nothing lies that way or the node is unknown", () => {
    expect(neighbourInDirection(index, "driver:fedFunds", { direction: "up", visible: null })).toBeNull();
    expect(neighbourInDirection(index, "company:NOPE", { direction: "up", visible: null })).toBeNull();
  });
});
