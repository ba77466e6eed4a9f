import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FREE_FAILURES, signInDelayMs } from "./sign-in-delay";

describe("signInDelayMs", () => {
  it("lets people mistype, then doubles", () => {
    expect([1, 4, 5, 6, 7, 10].map(signInDelayMs)).toEqual([0, 0, 30_000, 60_000, 120_000, 900_000]);
  });

  it("never shrinks and stays within a quarter of an hour", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), (n) => {
      expect(signInDelayMs(n + 1)).toBeGreaterThanOrEqual(signInDelayMs(n));
      expect(signInDelayMs(n)).toBeLessThanOrEqual(15 * 60_000);
      if (n >= FREE_FAILURES) expect(signInDelayMs(n)).toBeGreaterThan(0);
    }));
  });
});
