import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LAYER_HEIGHT, layeredLayout, PLANE_DEPTH, PLANE_WIDTH, type LayoutNode } from "./layered-layout";

const aNode = fc.record({
  kind: fc.constantFrom("driver" as const, "sector" as const, "company" as const, "asset" as const),
  sector: fc.constantFrom("BANKING", "REALESTATE", "MANUFACTURING", "SEMICONDUCTOR", "CRYPTO", "OTHER", "UNHEARD", null),
  size: fc.double({ min: 0, max: 1e12, noNaN: true }),
});
const aGraph = fc.array(aNode, { maxLength: 600 }).map((nodes) => nodes.map((node, i): LayoutNode => ({ ...node, key: `${node.kind}:${i}` })));

describe("layeredLayout", () => {
  it("puts every node into the plane of its kind, inside a 16:10 frame", () => {
    expect(PLANE_WIDTH / PLANE_DEPTH).toBeCloseTo(1.6, 12);
    fc.assert(fc.property(aGraph, (nodes) => {
      const places = layeredLayout(nodes);
      expect(places.size).toBe(nodes.length);
      for (const { key, kind } of nodes) {
        const [x, y, z] = places.get(key)!;
        expect(y).toBe(LAYER_HEIGHT[kind]);
        expect(Math.abs(x)).toBeLessThanOrEqual(PLANE_WIDTH / 2);
        expect(Math.abs(z)).toBeLessThanOrEqual(PLANE_DEPTH / 2);
      }
    }), { numRuns: 40 });
  });

  it("lets no two nodes of a plane meet: they keep a third of the room each would have", () => {
    fc.assert(fc.property(aGraph, (nodes) => {
      const places = layeredLayout(nodes);
      for (const kind of ["driver", "sector", "company", "asset"] as const) {
        const own = nodes.filter((node) => node.kind === kind).map(({ key }) => places.get(key)!);
        const groups = new Set(nodes.filter((node) => node.kind === kind).map(({ sector }) => sector)).size;
        // A lone node may leave its cluster's other cells empty, so the room is measured against twice the nodes plus a cell for each group.
        const room = Math.sqrt((PLANE_WIDTH * PLANE_DEPTH) / (2 * own.length + 40 * groups));
        for (const [i, a] of own.entries()) for (const b of own.slice(0, i)) expect(Math.hypot(a[0] - b[0], a[2] - b[2])).toBeGreaterThan(room / 3);
      }
    }), { numRuns: 20 });
  });

  it("does not depend on the order in which companies and assets are read", () => {
    fc.assert(fc.property(aGraph, (nodes) => {
      const fixed = nodes.filter(({ kind }) => kind === "driver");
      const free = nodes.filter(({ kind }) => kind !== "driver");
      expect(layeredLayout([...fixed, ...free.toReversed()])).toEqual(layeredLayout([...fixed, ...free]));
    }), { numRuns: 20 });
  });

  it("puts the largest company of a sector nearest to the middle of its cluster", () => {
    const nodes = Array.from({ length: 25 }, (_, i): LayoutNode => ({ key: `company:${i}`, kind: "company", sector: "BANKING", size: i }));
    const places = layeredLayout(nodes);
    const distance = (key: string) => { const [x, , z] = places.get(key)!; return Math.hypot(x, z); };
    expect(distance("company:24")).toBeLessThan(distance("company:0"));
  });
});
