import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONNECTION_KINDS, NODE_KINDS } from "@/server/contracts/graph";
import { SECTOR_CODES } from "@/server/contracts/market";
import type { Shock } from "@/server/contracts/scenario";
import { decodeGraphView, DEFAULT_VIEW, encodeGraphView, GRAPH_VIEWS, type GraphView } from "./graph-link";

const some = <T extends string>(list: readonly T[]) => fc.subarray([...list]);
const aView: fc.Arbitrary<GraphView> = fc
  .record({
    view: fc.option(fc.constantFrom(...GRAPH_VIEWS)),
    node: fc.option(fc.constantFrom<string[]>("company:BRK.B", "asset:BTC-USD", "driver:fedFunds")),
    linkError: fc.constant(null),
    spec: fc.record({
      shocks: fc.constantFrom<Shock[][]>([], [{ driver: "oil", size: -30, unit: "percent", shape: "ramp", startQuarter: 2, durationQuarters: 6, halfLifeQuarters: 4 }]),
      mode: fc.constantFrom("hold" as const, "respond" as const),
      quarters: fc.integer({ min: 1, max: 40 }),
    }),
    quarter: fc.option(fc.integer({ min: 0, max: 40 })),
    filters: fc.record({
      hiddenKinds: some(NODE_KINDS),
      hiddenConnections: some(CONNECTION_KINDS),
      sectors: some(SECTOR_CODES),
      minStrength: fc.integer({ min: 0, max: 20 }).map((n) => n / 20),
      significantOnly: fc.boolean(),
      minIcrDelta: fc.integer({ min: 0, max: 100 }).map((n) => n / 20),
    }),
  })
  .map((view) => ({ ...view, quarter: view.quarter === null ? null : Math.min(view.quarter, view.spec.quarters) }));

describe("graph link", () => {
  it("leaves an untouched dashboard without a query", () => {
    expect(encodeGraphView(DEFAULT_VIEW)).toBe("");
    expect(decodeGraphView("")).toEqual(DEFAULT_VIEW);
  });

  it("reproduces the screen it was copied from", () => {
    fc.assert(fc.property(aView, (view) => {
      expect(decodeGraphView(encodeGraphView(view))).toEqual(view);
    }));
  });

  it("falls back field by field on nonsense", () => {
    const view = decodeGraphView("at=-4&view=4d&min=abc&icr=-1&sector=MOON,CRYPTO&node=xyz");
    expect(view).toMatchObject({ quarter: 0, view: null, node: null, linkError: null, filters: { minStrength: 0, minIcrDelta: 0, sectors: ["CRYPTO"] } });
  });

  it("says why a scenario cannot be read and shows the graph at rest", () => {
    for (const query of ["s=fedFunds:NaNbp", "s=moon:10bp", "s=fedFunds:900000bp", "q=999", "mode=panic"]) {
      expect(decodeGraphView(query).linkError, query).not.toBeNull();
      expect(decodeGraphView(query).spec.shocks).toEqual([]);
    }
  });

  it("survives any query", () => {
    fc.assert(fc.property(fc.string(), (text) => void decodeGraphView(text)));
  });
});
