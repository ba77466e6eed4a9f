import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { exchangeClock, newestBegunSession } from "./exchange-clock";
import { XKRX_YEARS } from "./holidays/xkrx";
import { CALENDARS, sessionDates, sessionOn } from "./session-on";
import { tradingDate } from "./trading-date";

const clock = (calendar: (typeof CALENDARS)[number], now: string) => exchangeClock(calendar, new Date(now));
const day = tradingDate;

describe("exchangeClock", () => {
  it("gives the worked example of its docstring", () => {
    expect(clock("XNYS", "2025-07-03T17:00:00Z")).toMatchObject({ isOpen: false, closedBecause: { code: "afterClose" }, opensAt: new Date("2025-07-07T13:30:00Z") });
  });

  it.each([
    ["before the opening", "XNYS", "2026-11-20T14:29:59Z", false, "beforeOpen", "2026-11-20T14:30:00.000Z"],
    ["after the close, over a weekend", "XNYS", "2026-11-20T21:00:00Z", false, "afterClose", "2026-11-23T14:30:00.000Z"],
    ["on a weekend", "XNAS", "2026-11-21T12:00:00Z", false, "weekend", "2026-11-23T14:30:00.000Z"],
    ["on a holiday", "XNYS", "2026-11-26T15:00:00Z", false, "holiday", "2026-11-27T14:30:00.000Z"],
    ["before daylight time begins", "XNYS", "2026-03-06T22:00:00Z", false, "afterClose", "2026-03-09T13:30:00.000Z"],
    ["before daylight time ends", "XNYS", "2026-10-30T20:00:00Z", false, "afterClose", "2026-11-02T14:30:00.000Z"],
    ["in Seoul over Chuseok", "XKRX", "2025-10-06T03:00:00Z", false, "holiday", "2025-10-10T00:00:00.000Z"],
    ["in Seoul after the close", "XKRX", "2026-11-20T06:30:00Z", false, "afterClose", "2026-11-23T00:00:00.000Z"],
    ["for currencies on a Saturday", "FX", "2026-11-21T00:00:00Z", false, "weekend", "2026-11-23T00:00:00.000Z"],
  ] as const)("says what is closed and when it opens: %s", (_, calendar, now, isOpen, code, opensAt) => {
    const found = clock(calendar, now);
    expect(found).toMatchObject({ isOpen, closedBecause: { code }, openedAt: null, closesAt: null });
    expect(found.opensAt!.toISOString()).toBe(opensAt);
  });

  it.each([
    ["at the instant of opening", "XNYS", "2026-11-20T14:30:00Z", "2026-11-20T21:00:00.000Z", false],
    ["in summer", "XNYS", "2026-07-01T13:30:00Z", "2026-07-01T20:00:00.000Z", false],
    ["on a half day", "XNYS", "2026-11-27T15:00:00Z", "2026-11-27T18:00:00.000Z", true],
    ["on the day of the examination in Seoul", "XKRX", "2025-11-13T07:00:00Z", "2025-11-13T07:30:00.000Z", false],
    ["for currencies through the week", "FX", "2026-11-18T12:00:00Z", "2026-11-21T00:00:00.000Z", false],
  ] as const)("says what is open and until when: %s", (_, calendar, now, closesAt, isHalfDay) => {
    const found = clock(calendar, now);
    expect(found).toMatchObject({ isOpen: true, isHalfDay, opensAt: null, closedBecause: null });
    expect(found.closesAt!.toISOString()).toBe(closesAt);
  });

  it("never closes for coins", () => {
    expect(clock("24/7", "2026-11-21T12:00:00Z")).toMatchObject({ isOpen: true, closesAt: null, opensAt: null, certainty: "convention" });
  });

  it("says how certain a day is, and no opening where the calendar is not known that far", () => {
    expect([clock("XNYS", "2026-11-20T15:00:00Z"), clock("XKRX", "2025-11-20T01:00:00Z"), clock("XKRX", "2026-11-20T01:00:00Z"), clock("FX", "2026-11-20T01:00:00Z")].map(({ certainty }) => certainty)).toEqual(["published", "published", "rule", "convention"]);
    expect(clock("XKRX", "2026-12-31T03:00:00Z")).toMatchObject({ opensAt: null, closedBecause: { code: "holiday", name: "Last day of the year" } });
    expect(() => clock("XKRX", "2027-01-04T01:00:00Z")).toThrow(AppError);
  });

  it("is open exactly within a session, at any minute", () => {
    const minute = fc.integer({ min: Date.parse("2022-01-10T00:00:00Z") / 60_000, max: Date.parse("2026-12-20T00:00:00Z") / 60_000 }).map((minutes) => new Date(minutes * 60_000));
    fc.assert(fc.property(fc.constantFrom("XNYS" as const, "XKRX" as const), minute, (calendar, now) => {
      const session = sessionOn(calendar, day(now.toISOString().slice(0, 10)));
      const within = session !== null && now >= session.opensAt && now < session.closesAt;
      const found = exchangeClock(calendar, now);
      expect(found.isOpen).toBe(within);
      if (!within) expect(found.opensAt!.getTime()).toBeGreaterThan(now.getTime());
      expect(newestBegunSession(calendar, now).opensAt.getTime()).toBeLessThanOrEqual(now.getTime());
    }));
  });
});

describe("the Korean calendar", () => {
  it("has the sessions that are left of a year's weekdays", () => {
    const counts = Array.from({ length: 4 }, (_, i) => sessionDates("XKRX", day(`${XKRX_YEARS.first + i}-01-01`), day(`${XKRX_YEARS.first + i}-12-31`)).length);
    expect(counts).toEqual([246, 245, 244, 242]);
  });

  it("names no weekend among its closures, and opens an hour later on the year's first session", () => {
    for (let year = XKRX_YEARS.first; year <= XKRX_YEARS.last; year += 1) {
      const first = sessionDates("XKRX", day(`${year}-01-01`), day(`${year}-01-10`))[0]!;
      expect(sessionOn("XKRX", first)!.opensAt.toISOString()).toBe(`${first}T01:00:00.000Z`);
      expect(sessionOn("XKRX", first)!.closesAt.toISOString()).toBe(`${first}T06:30:00.000Z`);
    }
  });
});
