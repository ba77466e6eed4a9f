import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRetryable, retryAfterMs, attemptPauseMs } from "./attempt-pause";

describe("isRetryable", () => {
  it("asks again only where the question was not at fault", () => {
    expect([408, 425, 429, 500, 502, 503, 504].every(isRetryable)).toBe(true);
    expect([200, 301, 400, 401, 403, 404, 410, 422].some(isRetryable)).toBe(false);
  });
});

describe("retryAfterMs", () => {
  const nowMs = Date.UTC(2026, 10, 21, 9, 0, 0);

  it("reads seconds and dates", () => {
    expect(retryAfterMs("7", nowMs)).toBe(7_000);
    expect(retryAfterMs("Sat, 21 Nov 2026 09:00:30 GMT", nowMs)).toBe(30_000);
  });

  it("takes a date that is past for now", () => {
    expect(retryAfterMs("Sat, 21 Nov 2026 08:00:00 GMT", nowMs)).toBe(0);
  });

  it("says nothing for what is neither", () => {
    for (const header of [null, "", "soon", "-5", "12.5", "1e9", "2026-11-21", "99999999999999"]) expect(retryAfterMs(header, nowMs)).toBeNull();
  });
});

describe("attemptPauseMs", () => {
  it("gives the worked example of its docstring", () => {
    expect(attemptPauseMs({ attempt: 3, random: 0.5, askedMs: null, baseMs: 250, capMs: 8_000 })).toBe(500);
  });

  it("stays between what was asked for and the cap on top of it", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.option(fc.nat(60_000)), (attempt, random, askedMs) => {
      const delay = attemptPauseMs({ attempt, random, askedMs, baseMs: 250, capMs: 8_000 });
      expect(delay).toBeGreaterThanOrEqual(askedMs ?? 0);
      expect(delay).toBeLessThanOrEqual((askedMs ?? 0) + 8_000);
    }));
  });
});
