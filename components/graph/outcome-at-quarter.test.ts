import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syntheticGraph, syntheticResult } from "./__fixtures__/synthetic-graph";
import { deltaHistogram, deltasOf, fullRingDelta, medianCover, outcomesAtQuarter } from "./outcome-at-quarter";

const result = syntheticResult(syntheticGraph());

describe("outcomes at a quarter", () => {
  it("moves nothing in the last actual quarter", () => {
    for (const { icrDelta } of outcomesAtQuarter(result, 0).values()) expect(icrDelta === null || icrDelta === 0).toBe(true);
  });

  it("gives banks no cover, whatever the engine sent", () => {
    for (const at of outcomesAtQuarter(result, 8).values()) if (at.outcome.isFinancial) expect([at.icrBefore, at.icrAfter, at.icrDelta]).toEqual([null, null, null]);
  });

  it("has no cover beyond the horizon or for a company without an outcome", () => {
    expect([...outcomesAtQuarter(result, 99).values()].every((at) => at.icrDelta === null)).toBe(true);
  });

  it("counts every change in exactly one bin", () => {
    fc.assert(fc.property(fc.array(fc.option(fc.double({ min: -5, max: 5, noNaN: true }))), (deltas) => {
      expect(deltaHistogram(deltas).bins.reduce((a, b) => a + b, 0)).toBe(deltas.filter((d) => d !== null).length);
    }));
  });

  it("gives the median cover of every quarter, equal before the shock", () => {
    const { before, after } = medianCover(result);
    expect(before).toHaveLength(13);
    expect(after[0]).toBe(before[0]);
    expect(deltasOf(outcomesAtQuarter(result, 3)).size).toBe(150);
    expect(fullRingDelta(result)).toBeGreaterThan(0);
  });
});
