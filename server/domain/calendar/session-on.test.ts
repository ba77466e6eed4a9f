import { createReadStream, existsSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { xnysHalfDays, xnysHolidays } from "./holidays/xnys";
import { lastClosedSession, nextSession, previousSession, sessionDates, sessionOn, toCalendar } from "./session-on";
import { addDays, easterSunday, nthWeekday, parseTradingDate, tradingDate, weekday } from "./trading-date";

const day = tradingDate;
const anyDay = fc.integer({ min: 0, max: 10_570 }).map((days) => addDays(day("2000-01-01"), days));

/** Holidays and early closings as the exchange listed them for these years on "Holidays and Trading Hours" (nyse.com/markets/hours-calendars). */
const PUBLISHED = {
  2022: { closed: ["01-17", "02-21", "04-15", "05-30", "06-20", "07-04", "09-05", "11-24", "12-26"], half: ["11-25"] },
  2023: { closed: ["01-02", "01-16", "02-20", "04-07", "05-29", "06-19", "07-04", "09-04", "11-23", "12-25"], half: ["07-03", "11-24"] },
  2024: { closed: ["01-01", "01-15", "02-19", "03-29", "05-27", "06-19", "07-04", "09-02", "11-28", "12-25"], half: ["07-03", "11-29", "12-24"] },
  2025: { closed: ["01-01", "01-09", "01-20", "02-17", "04-18", "05-26", "06-19", "07-04", "09-01", "11-27", "12-25"], half: ["07-03", "11-28", "12-24"] },
  2026: { closed: ["01-01", "01-19", "02-16", "04-03", "05-25", "06-19", "07-03", "09-07", "11-26", "12-25"], half: ["11-27", "12-24"] },
  2027: { closed: ["01-01", "01-18", "02-15", "03-26", "05-31", "06-18", "07-05", "09-06", "11-25", "12-24"], half: ["11-26"] },
} as const;

describe("the New York calendar", () => {
  it.each(Object.entries(PUBLISHED))("has the holidays and half days that the exchange published for %s", (year, { closed, half }) => {
    expect([...xnysHolidays(Number(year)).keys()].sort()).toEqual(closed.map((date) => `${year}-${date}`));
    expect([...xnysHalfDays(Number(year))].sort()).toEqual(half.map((date) => `${year}-${date}`));
  });

  it("gives the worked example of its docstring", () => {
    expect(sessionOn("XNYS", day("2025-07-03"))).toEqual({ date: "2025-07-03", opensAt: new Date("2025-07-03T13:30:00Z"), closesAt: new Date("2025-07-03T17:00:00Z"), isHalfDay: true });
    expect(sessionOn("XNYS", day("2025-07-04"))).toBeNull();
  });

  it("moves the opening by an hour across daylight time, by the law of the year", () => {
    const opens = (date: string) => sessionOn("XNYS", day(date))?.opensAt.toISOString().slice(11, 16);
    expect([opens("2025-03-07"), opens("2025-03-10"), opens("2025-10-31"), opens("2025-11-03")]).toEqual(["14:30", "13:30", "13:30", "14:30"]);
    expect([opens("2006-03-31"), opens("2006-04-03"), opens("2006-10-27"), opens("2006-10-30")]).toEqual(["14:30", "13:30", "13:30", "14:30"]);
  });

  it("was closed for the days no rule gives", () => {
    for (const date of ["2001-09-11", "2001-09-14", "2004-06-11", "2007-01-02", "2012-10-29", "2018-12-05", "2025-01-09"]) expect(sessionOn("XNYS", day(date))).toBeNull();
    expect(nextSession("XNYS", day("2001-09-10")).date).toBe("2001-09-17");
  });

  it("does not keep a New Year's Day that is a Saturday", () => {
    expect(sessionOn("XNYS", day("2021-12-31"))).not.toBeNull();
    expect(sessionOn("XNYS", day("2022-01-03"))).not.toBeNull();
  });

  it("goes back and forth between neighbouring sessions", () => {
    fc.assert(fc.property(anyDay, (date) => {
      const next = nextSession("XNYS", date);
      expect(next.date > date).toBe(true);
      expect(sessionDates("XNYS", addDays(date, 1), addDays(next.date, -1))).toEqual([]);
      if (sessionOn("XNYS", date)) expect(previousSession("XNYS", next.date).date).toBe(date);
    }));
  });

  it("has 250 to 253 sessions a year, but for the year of the attacks", () => {
    for (let year = 2000; year <= 2028; year++) {
      const count = sessionDates("XNYS", day(`${year}-01-01`), day(`${year}-12-31`)).length;
      expect(count, `${year}`).toBeGreaterThanOrEqual(year === 2001 ? 248 : 250);
      expect(count, `${year}`).toBeLessThanOrEqual(253);
    }
  });

  it("names the newest session that is over", () => {
    const last = (now: string) => lastClosedSession("XNYS", new Date(now)).date;
    expect(last("2026-11-20T20:59:59Z")).toBe("2026-11-19");
    expect(last("2026-11-20T21:00:00Z")).toBe("2026-11-20");
    expect(last("2026-11-22T12:00:00Z")).toBe("2026-11-20");
    expect(lastClosedSession("24/7", new Date("2026-11-22T12:00:00Z")).date).toBe("2026-11-21");
  });

  it("refuses years whose holidays are not known, and calendars it does not keep", () => {
    expect(() => sessionOn("XNYS", day("1999-12-31"))).toThrow(AppError);
    expect(() => sessionOn("XNAS", day("2029-01-02"))).toThrow(AppError);
    expect(() => toCalendar("XLON")).toThrow(AppError);
    expect(toCalendar("XNAS")).toBe("XNAS");
  });
});

describe("other calendars", () => {
  it("trade coins on every day and currencies (FX) on weekdays", () => {
    fc.assert(fc.property(anyDay, (date) => {
      expect(sessionOn("24/7", date)).toMatchObject({ date, isHalfDay: false });
      expect(sessionOn("FX", date) === null).toBe([0, 6].includes(weekday(date)));
    }));
  });
});

describe("dates", () => {
  it("are refused when the day does not exist", () => {
    expect(["2025-02-30", "2025-13-01", "25-01-01", "2025-1-1", "2025-01-01T00:00", ""].map(parseTradingDate)).toEqual([null, null, null, null, null, null]);
    expect(() => tradingDate("2023-02-29")).toThrow(AppError);
    expect(parseTradingDate("2024-02-29")).toBe("2024-02-29");
  });

  it("know Easter and the n-th weekday", () => {
    // Easter Sundays as the United States Naval Observatory lists them.
    expect([2000, 2008, 2011, 2019, 2024, 2025, 2038].map(easterSunday)).toEqual(["2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2025-04-20", "2038-04-25"]);
    expect(nthWeekday(2025, 5, 1, -1)).toBe("2025-05-26");
    expect(nthWeekday(2025, 11, 4, 4)).toBe("2025-11-27");
  });
});

const recorded = resolve(import.meta.dirname, "../../../../shared/data/prices_daily.csv.gz");

describe.runIf(existsSync(recorded))("recorded sessions (skipped when ../shared/data/prices_daily.csv.gz is absent)", () => {
  it("are exactly the calendar's from 2007 on, by the days on which a large share was traded", async () => {
    const lines = createInterface({ input: createReadStream(recorded).pipe(createGunzip()) });
    const dates: string[] = [];
    for await (const line of lines) {
      if (line.startsWith("AAPL,")) dates.push(line.slice(5, 15));
      else if (dates.length > 0) break;
    }
    expect(dates.length).toBeGreaterThan(4_000);
    expect(dates).toEqual(sessionDates("XNYS", day(dates[0]!), day(dates.at(-1)!)));
  });
});
