import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replayedPrice, replayMoment } from "./replay-moment";

describe("replayMoment", () => {
  it("walks through the steps of each session and starts again after the last", () => {
    const at = (timeMs: number) => replayMoment({ timeMs, sessions: 3, msPerSession: 4_000 });
    expect(at(0)).toEqual({ session: 0, step: 0 });
    expect(at(3_999)).toEqual({ session: 0, step: 3 });
    expect(at(9_000)).toEqual({ session: 2, step: 1 });
    expect(at(12_000)).toEqual({ session: 0, step: 0 });
  });

  it("stays inside what is stored at any time", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 4e12 }), fc.integer({ min: 1, max: 5_000 }), (timeMs, sessions) => {
        const moment = replayMoment({ timeMs, sessions, msPerSession: 5_000 })!;
        expect(moment.session).toBeGreaterThanOrEqual(0);
        expect(moment.session).toBeLessThan(sessions);
      }),
    );
  });

  it("has nothing to play without sessions, and refuses nonsense", () => {
    expect(replayMoment({ timeMs: 5, sessions: 0, msPerSession: 1 })).toBeNull();
    expect(() => replayMoment({ timeMs: Number.NaN, sessions: 1, msPerSession: 1 })).toThrow(/replay/);
    expect(() => replayMoment({ timeMs: 1, sessions: 1, msPerSession: 0 })).toThrow(/replay/);
  });
});

describe("replayedPrice", () => {
  it("shows only prices of the bar, from open to close", () => {
    const rising = { open: 10, high: 12, low: 9, close: 11, volume: 1 };
    expect([0, 1, 2, 3].map((step) => replayedPrice(rising, step as 0))).toEqual([10, 9, 12, 11]);
    const falling = { open: 11, high: 12, low: 9, close: 10, volume: 1 };
    expect([0, 1, 2, 3].map((step) => replayedPrice(falling, step as 0))).toEqual([11, 12, 9, 10]);
  });
});
