import { describe, expect, it } from "vitest";
import { graphPreview, type ConnectionDto, type GraphDto, type GraphNodeDto } from "@/server/contracts/graph";
import { graphPreviewOf } from "./get-graph-preview";

const node = (key: string): GraphNodeDto => ({ key, kind: key.split(":")[0] as GraphNodeDto["kind"], label: key, sector: null, isFinancial: false, revenue: null, position: [0, 0, 0] });
const edge = (from: string, to: string, rest: Partial<ConnectionDto> = {}): ConnectionDto => ({
  id: `${from}-${to}`, kind: "impact", from, to, response: "revenue", strength: 0.5, sign: -1, elasticity: null, stdError: null, n: 40, rSquared: null,
  significant: true, lagQuarters: 0, basis: "estimated", evidence: null, verified: false, author: "test", ...rest,
});
const graphOf = (nodes: readonly string[], connections: ConnectionDto[]): GraphDto => ({ nodes: nodes.map(node), connections, counts: { nodes: { company: 1 }, connections: {} }, asOf: null });

describe("graphPreviewOf", () => {
  it("names connections by the places of their ends, and leaves out those without one", () => {
    const preview = graphPreviewOf(graphOf(["driver:oil", "sector:BANKING", "company:A"], [
      edge("company:A", "sector:BANKING", { kind: "membership", basis: "definition", significant: null }),
      edge("driver:oil", "company:A"),
      edge("driver:oil", "company:GONE", { strength: 0.9 }),
      edge("driver:oil", "sector:BANKING", { significant: false }),
    ]));
    expect(graphPreview.parse(preview)).toMatchObject({ memberships: [[2, 1]], connections: [[0, 2]], lit: [{ pair: [0, 2], sign: -1 }], driver: "driver:oil", counts: { connections: 4, estimates: 3, significant: 2 } });
  });

  it("lights the policy rate when enough of its effects are measured, else the driver with most of them", () => {
    const companies = Array.from({ length: 9 }, (_, index) => `company:${index}`);
    const few = companies.slice(0, 2).map((to) => edge("driver:fedFunds", to));
    const many = companies.map((to) => edge("driver:oil", to));
    const keys = ["driver:fedFunds", "driver:oil", ...companies];
    expect(graphPreviewOf(graphOf(keys, [...few, ...many])).driver).toBe("driver:oil");
    expect(graphPreviewOf(graphOf(keys, companies.slice(0, 7).map((to) => edge("driver:fedFunds", to)))).driver).toBe("driver:fedFunds");
    expect(graphPreviewOf(graphOf(keys, [])).driver).toBeNull();
  });

  it("keeps the strongest connections, the same ones whatever their order", () => {
    const companies = Array.from({ length: 400 }, (_, index) => `company:${index}`);
    const edges = companies.map((to, index) => edge("driver:oil", to, { strength: (index % 7) / 7 }));
    const keys = ["driver:oil", ...companies];
    const preview = graphPreviewOf(graphOf(keys, edges));
    expect(preview.connections).toHaveLength(320);
    expect(preview.lit).toHaveLength(14);
    expect(graphPreviewOf(graphOf(keys, edges.toReversed()))).toEqual(preview);
  });
});
