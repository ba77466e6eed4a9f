import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { notAhead, vendorInstant } from "./vendor-instant";

describe("vendorInstant", () => {
  it("reads ISO text with a zone, seconds and milliseconds as the same instant", () => {
    for (const told of ["2026-11-20T21:00:00Z", "2026-11-20T16:00:00-05:00", "2026-11-20T16:00:00-0500", "2026-11-20T21:00Z", 1_795_208_400, 1_795_208_400_000]) expect(vendorInstant(told)).toBe("2026-11-20T21:00:00.000Z");
  });

  it("finds no instant where none is told", () => {
    for (const told of [null, undefined, "", "2026-11-20", "2026-11-20T21:00:00", "yesterday", "2026-13-01T00:00:00Z", 0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e17]) expect(vendorInstant(told)).toBeNull();
  });

  it("gives back every instant since 1973 that it wrote", () => {
    fc.assert(fc.property(fc.integer({ min: 1e11, max: 4e12 }), (ms) => {
      expect(Date.parse(vendorInstant(ms)!)).toBe(ms);
    }));
  });
});

describe("notAhead", () => {
  const now = new Date("2026-11-20T21:00:00Z");

  it("takes what differs by a clock's seconds and refuses what is dated later", () => {
    expect(notAhead("2026-11-20T21:04:59.000Z", { now, provider: "acme" })).toBe("2026-11-20T21:04:59.000Z");
    expect(() => notAhead("2026-11-20T22:00:00.000Z", { now, provider: "acme" })).toThrow("later than now");
  });
});
