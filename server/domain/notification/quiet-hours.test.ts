import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quietUntil } from "./quiet-hours";

const until = (at: string, fromMinute: number, toMinute: number, timeZone: string) => quietUntil(new Date(at), { fromMinute, toMinute, timeZone })?.toISOString() ?? null;
const h = (hours: number, minutes = 0) => hours * 60 + minutes;

describe("quietUntil", () => {
  it.each<[at: string, from: number, to: number, zone: string, expected: string | null, why: string]>([
    ["2026-11-21T14:00:00Z", h(22), h(7), "Asia/Seoul", "2026-11-21T22:00:00.000Z", "23:00 in Seoul: until 07:00 of the next day"],
    ["2026-11-21T21:59:30Z", h(22), h(7), "Asia/Seoul", "2026-11-21T22:00:00.000Z", "the last minute"],
    ["2026-11-21T22:00:00Z", h(22), h(7), "Asia/Seoul", null, "the end itself is not quiet"],
    ["2026-11-21T13:00:00Z", h(22), h(7), "Asia/Seoul", "2026-11-21T22:00:00.000Z", "the start is"],
    ["2026-11-21T12:59:59Z", h(22), h(7), "Asia/Seoul", null, "a second before it is not"],
    ["2026-11-21T12:30:00Z", h(12), h(13), "UTC", "2026-11-21T13:00:00.000Z", "within one day"],
    ["2026-11-21T13:30:00Z", h(12), h(13), "UTC", null, "after it"],
    ["2026-11-21T00:00:00Z", h(0), h(0), "UTC", null, "no hours at all"],
    ["2026-11-20T20:00:00Z", h(0), h(6, 15), "Asia/Kathmandu", "2026-11-21T00:30:00.000Z", "a zone of a quarter of an hour"],
  ])("%s, %i to %i in %s gives %s (%s)", (at, from, to, zone, expected) => {
    expect(until(at, from, to, zone)).toBe(expected);
  });

  it("ends by the clock on the wall in a night that is an hour shorter or longer", () => {
    // Berlin, 29 March 2026: at 01:00 UTC the clocks go from 02:00 to 03:00.
    expect(until("2026-03-28T22:00:00Z", h(22), h(7), "Europe/Berlin")).toBe("2026-03-29T05:00:00.000Z");
    expect(until("2026-03-28T22:00:00Z", h(22), h(2, 30), "Europe/Berlin")).toBe("2026-03-29T01:00:00.000Z");
    // Berlin, 25 October 2026: at 01:00 UTC the clocks go from 03:00 back to 02:00.
    expect(until("2026-10-24T21:00:00Z", h(22), h(7), "Europe/Berlin")).toBe("2026-10-25T06:00:00.000Z");
    expect(until("2026-10-24T21:00:00Z", h(22), h(2, 30), "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
    expect(until("2026-10-25T01:10:00Z", h(22), h(2, 30), "Europe/Berlin")).toBe("2026-10-25T01:30:00.000Z");
  });

  it("has nothing to wait for without hours", () => {
    expect(quietUntil(new Date(0), { fromMinute: null, toMinute: 60, timeZone: "UTC" })).toBeNull();
    expect(quietUntil(new Date(0), { fromMinute: 60, toMinute: null, timeZone: "UTC" })).toBeNull();
  });

  it("gives an end that is not quiet, later than asked, within a day, with only quiet minutes before it", () => {
    const minute = fc.integer({ min: 0, max: 1_439 });
    const zone = fc.constantFrom("UTC", "Asia/Seoul", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu");
    const at = fc.date({ min: new Date("2026-01-01T00:00:00Z"), max: new Date("2026-12-31T00:00:00Z"), noInvalidDate: true });
    fc.assert(
      fc.property(at, minute, minute, zone, (now, fromMinute, toMinute, timeZone) => {
        const hours = { fromMinute, toMinute, timeZone };
        const end = quietUntil(now, hours);
        if (end === null) return;
        expect(end.getTime()).toBeGreaterThan(now.getTime());
        expect(end.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        expect(quietUntil(end, hours)).toBeNull();
        expect(quietUntil(new Date(end.getTime() - 60_000), hours)).toEqual(end);
      }),
      { numRuns: 200 },
    );
  });
});
