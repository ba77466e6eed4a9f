import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FREE_FAILURES, FREE_FAILURES_FROM_ANYWHERE, signInDelayMs } from "./sign-in-delay";

describe("signInDelayMs", () => {
  it("lets people mistype, then doubles", () => {
    expect([1, 4, 5, 6, 7, 10].map((failures) => signInDelayMs(failures))).toEqual([0, 0, 30_000, 60_000, 120_000, 900_000]);
  });

  it("waits longer before it slows down everywhere at once", () => {
    expect([29, 30, 31, 99].map((failures) => signInDelayMs(failures, FREE_FAILURES_FROM_ANYWHERE))).toEqual([0, 30_000, 60_000, 900_000]);
  });

  it("never shrinks and stays within a quarter of an hour", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), fc.constantFrom(FREE_FAILURES, FREE_FAILURES_FROM_ANYWHERE), (n, free) => {
      expect(signInDelayMs(n + 1, free)).toBeGreaterThanOrEqual(signInDelayMs(n, free));
      expect(signInDelayMs(n, free)).toBeLessThanOrEqual(15 * 60_000);
      if (n >= free) expect(signInDelayMs(n, free)).toBeGreaterThan(0);
    }));
  });
});
