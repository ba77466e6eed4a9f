import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinVerdict, LEVEL_TOLERANCE, type SharedClose } from "./join-levels";

const day = (k: number) => `2025-03-${String(k + 3).padStart(2, "0")}`;
const shared = (ratios: readonly number[]): SharedClose[] => ratios.map((ratio, k) => ({ date: day(k), stored: 100 + k, arriving: (100 + k) * ratio }));
const ratiosAround = (level: number) => fc.array(fc.double({ min: 1 - LEVEL_TOLERANCE / 3, max: 1 + LEVEL_TOLERANCE / 3, noNaN: true }), { minLength: 3, maxLength: 12 }).map((ratios) => ratios.map((ratio) => ratio * level));

describe("joinVerdict", () => {
  it("gives the worked examples of its docstring", () => {
    expect(joinVerdict(shared([1.02, 1.02, 1, 1, 1]), { stored: "unknown" })).toEqual({ kind: "join", from: day(2) });
    expect(joinVerdict(shared([0.5, 0.5, 0.5]), { stored: "unknown" })).toEqual({ kind: "scaled", factor: 0.5 });
  });

  it("never goes on with bars adjusted for dividends once an ex date has come", () => {
    expect(joinVerdict(shared([1, 1, 1, 1, 1.01]), { stored: "unknown" })).toMatchObject({ kind: "refused", reason: expect.stringContaining("1.0 %") });
    expect(joinVerdict(shared([1.02, 1.02, 1.02, 1, 1]), { stored: "unknown" })).toMatchObject({ kind: "refused" });
  });

  it("takes a single session that differs for a correction where both are adjusted for splits alone", () => {
    expect(joinVerdict(shared([1, 1, 1, 1, 1.04]), { stored: "splits" })).toEqual({ kind: "join", from: day(0) });
    expect(joinVerdict(shared([1.1, 1.3, 1.2, 1, 1.15]), { stored: "splits" })).toMatchObject({ kind: "refused" });
  });

  it("does not guess from too few sessions", () => {
    expect(joinVerdict(shared([1, 1]), { stored: "splits" })).toMatchObject({ kind: "refused" });
    expect(joinVerdict([], { stored: "unknown" })).toMatchObject({ kind: "refused" });
  });

  it("joins whatever is on one level, and finds the factor of whatever is not", () => {
    fc.assert(fc.property(ratiosAround(1), fc.constantFrom("splits" as const, "unknown" as const), (ratios, stored) => {
      expect(joinVerdict(shared(ratios), { stored })).toEqual({ kind: "join", from: day(0) });
    }));
    fc.assert(fc.property(fc.constantFrom(0.05, 0.25, 0.5, 2 / 3, 1.5, 2, 10).chain((factor) => ratiosAround(factor).map((ratios) => ({ factor, ratios }))), ({ factor, ratios }) => {
      const verdict = joinVerdict(shared(ratios), { stored: "splits" });
      expect(verdict.kind).toBe("scaled");
      if (verdict.kind === "scaled") expect(verdict.factor / factor).toBeCloseTo(1, 2);
    }));
  });

  it("refuses prices that are none", () => {
    expect(() => joinVerdict(shared([1, 0, 1]), { stored: "splits" })).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });
});
