import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayBegin } from "./day-begin";

describe("dayBegin", () => {
  it("is midnight in UTC for one exchange and in Seoul for another", () => {
    expect(["2026-11-20T14:59:59.999Z", "2026-11-20T15:00:00.000Z", "2026-11-21T00:00:00Z"].map((at) => [dayBegin(at, { hoursAheadOfUtc: 0 }), dayBegin(at, { hoursAheadOfUtc: 9 })])).toEqual([
      ["2026-11-20T00:00:00.000Z", "2026-11-19T15:00:00.000Z"], ["2026-11-20T00:00:00.000Z", "2026-11-20T15:00:00.000Z"], ["2026-11-21T00:00:00.000Z", "2026-11-20T15:00:00.000Z"],
    ]);
  });

  it("lies within the day before, whatever the zone, also before 1970", () => {
    fc.assert(fc.property(fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }), fc.integer({ min: -11, max: 14 }), (at, hoursAheadOfUtc) => {
      const since = at.getTime() - Date.parse(dayBegin(at.toISOString(), { hoursAheadOfUtc }));
      expect(since).toBeGreaterThanOrEqual(0);
      expect(since).toBeLessThan(86_400_000);
    }));
  });
});
