import { describe, expect, it } from "vitest";
import { syntheticGraph } from "./__fixtures__/synthetic-graph";
import { flatLayout } from "./flat-layout";
import { layerHeight, nodeRadius, PLANE, scenePositions } from "./layered-position";

const { nodes } = syntheticGraph();

describe("scene positions", () => {
  it("puts every node on the plane of its layer", () => {
    const out = scenePositions(nodes);
    nodes.forEach((node, i) => {
      expect(out[i * 3 + 1]).toBeCloseTo(layerHeight(node.kind), 4);
      expect(Math.abs(out[i * 3]!)).toBeLessThanOrEqual(PLANE.halfWidth);
      expect(Math.abs(out[i * 3 + 2]!)).toBeLessThanOrEqual(PLANE.halfDepth);
    });
  });

  it("centres a layer of one node", () => {
    expect([...scenePositions([nodes[0]!])].map((v) => Math.round(v * 100) / 100)).toEqual([0, 37.5, 0]);
  });

  it("draws a larger company larger, within bounds, and one without revenue smallest", () => {
    const radius = (revenue: number | null) => nodeRadius({ kind: "company", revenue });
    expect(radius(null)).toBe(0.6);
    expect(radius(-5)).toBe(0.6);
    expect(radius(1e9)).toBeLessThan(radius(1e11));
    expect(radius(1e15)).toBeCloseTo(1.8);
  });
});

describe("flat layout", () => {
  it("keeps every node inside its band and the box", () => {
    const { nodes: flat, bands } = flatLayout(nodes, { width: 760, height: 640 });
    expect(flat).toHaveLength(nodes.length);
    const kinds = new Map(nodes.map((n) => [n.key, n.kind]));
    for (const { key, x, y, radius } of flat) {
      const band = bands.find((b) => b.kind === kinds.get(key))!;
      expect(y - radius).toBeGreaterThanOrEqual(band.top);
      expect(y + radius).toBeLessThanOrEqual(band.bottom + 0.001);
      expect(x > 0 && x < 760).toBe(true);
    }
  });

  it("never puts two nodes of a layer on one spot", () => {
    const { nodes: flat } = flatLayout(nodes, { width: 340, height: 380 });
    expect(new Set(flat.map((n) => `${n.x.toFixed(2)} ${n.y.toFixed(2)}`)).size).toBe(flat.length);
  });
});
