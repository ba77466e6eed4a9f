import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SERIES_FAULTS } from "./series-faults";
import { FAULT_WEIGHTS, seriesScore } from "./series-score";

const someFaults = fc.array(fc.constantFrom(...SERIES_FAULTS).map((kind) => ({ kind })), { maxLength: 60 });

describe("seriesScore", () => {
  it("gives the worked examples of its docstring, and 100 without a fault", () => {
    expect(seriesScore([])).toBe(100);
    expect(seriesScore([{ kind: "spike" }])).toBe(83);
    expect(seriesScore([{ kind: "spike" }, { kind: "currencyMismatch" }])).toBe(58);
  });

  it("never rises with a fault, whatever the order, and stays between 0 and 100", () => {
    fc.assert(fc.property(someFaults, fc.constantFrom(...SERIES_FAULTS), (faults, kind) => {
      const score = seriesScore(faults);
      expect(score >= 0 && score <= 100).toBe(true);
      expect(seriesScore([...faults, { kind }])).toBeLessThanOrEqual(score);
      expect(seriesScore([...faults].reverse())).toBe(score);
    }));
  });

  it("takes from no kind more than its weight", () => {
    for (const kind of SERIES_FAULTS) expect(seriesScore(Array.from({ length: 40 }, () => ({ kind })))).toBe(Math.round(100 * (1 - FAULT_WEIGHTS[kind])));
  });
});
