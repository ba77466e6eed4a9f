import { describe, expect, it } from "vitest";
import { newYorkDay, newYorkInstant } from "./new-york-instant";

describe("the clock of New York", () => {
  it("is four hours behind UTC in summer and five in winter", () => {
    expect(newYorkInstant("2026-07-01 16:00:00")).toBe("2026-07-01T20:00:00.000Z");
    expect(newYorkInstant("2026-12-01 16:00")).toBe("2026-12-01T21:00:00.000Z");
  });

  it("has no instant in the hour that is skipped, and takes the first of the hour that comes twice", () => {
    expect(newYorkInstant("2026-03-08 02:30:00")).toBeNull();
    expect(newYorkInstant("2026-03-08 03:00:00")).toBe("2026-03-08T07:00:00.000Z");
    expect(newYorkInstant("2026-11-01 01:30:00")).toBe("2026-11-01T05:30:00.000Z");
  });

  it("reads no other form and no day that there is not", () => {
    for (const text of ["2026-07-01", "07/01/2026 16:00", "2026-02-30 10:00:00", "2026-07-01 25:00:00", "2026-07-01T16:00:00Z"]) expect(newYorkInstant(text)).toBeNull();
  });

  it("gives the day that it is there", () => {
    expect(newYorkDay("2026-11-20T04:59:00Z")).toBe("2026-11-19");
    expect(newYorkDay("2026-11-20T05:00:00Z")).toBe("2026-11-20");
  });
});
