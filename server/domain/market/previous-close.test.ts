import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { tradingDate } from "@/server/domain/calendar/trading-date";
import { isGapBetween, previousClose, previousCoinClose } from "./previous-close";

const closes = (...dates: string[]) => dates.map((date, i) => ({ date, close: 10 + i }));
const at = (calendar: "XNYS" | "XNAS" | "XKRX" | "24/7" | "FX", days: string[], now: string) => {
  const { session, previousSession, close } = previousClose(calendar, closes(...days), new Date(now));
  return [session, previousSession, close];
};

describe("previousClose", () => {
  it("gives the worked example of its docstring", () => {
    const days = ["2025-07-01", "2025-07-02", "2025-07-03"];
    expect(at("XNYS", days, "2025-07-04T15:00:00Z")).toEqual(["2025-07-03", "2025-07-02", 11]);
    expect(at("XNYS", days, "2025-07-07T13:30:00Z")).toEqual(["2025-07-07", "2025-07-03", 12]);
  });

  const week = ["2026-11-18", "2026-11-19", "2026-11-20"];
  it.each([
    ["before the opening", "2026-11-20T14:29:59Z", ["2026-11-19", "2026-11-18", 10]],
    ["at the opening", "2026-11-20T14:30:00Z", ["2026-11-20", "2026-11-19", 11]],
    ["in session", "2026-11-20T18:00:00Z", ["2026-11-20", "2026-11-19", 11]],
    ["after the close", "2026-11-20T21:00:00Z", ["2026-11-20", "2026-11-19", 11]],
    ["after midnight UTC", "2026-11-21T01:00:00Z", ["2026-11-20", "2026-11-19", 11]],
    ["on a Saturday", "2026-11-21T12:00:00Z", ["2026-11-20", "2026-11-19", 11]],
    ["on a Sunday", "2026-11-22T23:59:00Z", ["2026-11-20", "2026-11-19", 11]],
    ["on Monday before the opening", "2026-11-23T14:00:00Z", ["2026-11-20", "2026-11-19", 11]],
    ["on Monday in session", "2026-11-23T14:30:00Z", ["2026-11-23", "2026-11-20", 12]],
  ] as const)("of a share is that of the session before: %s", (_, now, expected) => {
    expect(at("XNYS", week, now)).toEqual(expected);
  });

  it("goes over a holiday and through a half day", () => {
    const days = ["2026-11-24", "2026-11-25", "2026-11-27"];
    expect(at("XNYS", days, "2026-11-26T15:00:00Z")).toEqual(["2026-11-25", "2026-11-24", 10]);
    // Friday after Thanksgiving closes at 13:00 in New York.
    expect(at("XNYS", days, "2026-11-27T14:30:00Z")).toEqual(["2026-11-27", "2026-11-25", 11]);
    expect(at("XNYS", days, "2026-11-27T19:00:00Z")).toEqual(["2026-11-27", "2026-11-25", 11]);
  });

  it("follows daylight time both ways: 13:45 UTC is in session in summer and before the opening in winter", () => {
    expect(at("XNYS", ["2026-03-05", "2026-03-06"], "2026-03-06T13:45:00Z")).toEqual(["2026-03-05", "2026-03-04", null]);
    expect(at("XNYS", ["2026-03-05", "2026-03-06"], "2026-03-09T13:45:00Z")).toEqual(["2026-03-09", "2026-03-06", 11]);
    expect(at("XNYS", ["2026-10-29", "2026-10-30"], "2026-10-30T13:45:00Z")).toEqual(["2026-10-30", "2026-10-29", 10]);
    expect(at("XNYS", ["2026-10-29", "2026-10-30"], "2026-11-02T13:45:00Z")).toEqual(["2026-10-30", "2026-10-29", 10]);
  });

  it("of a coin is that of the UTC day before, weekends included; of a currency that of the weekday before", () => {
    const days = ["2026-11-20", "2026-11-21", "2026-11-22"];
    expect(at("24/7", days, "2026-11-22T00:00:00Z")).toEqual(["2026-11-22", "2026-11-21", 11]);
    expect(at("24/7", days, "2026-11-21T23:59:59Z")).toEqual(["2026-11-21", "2026-11-20", 10]);
    expect(at("FX", ["2026-11-19", "2026-11-20"], "2026-11-22T10:00:00Z")).toEqual(["2026-11-20", "2026-11-19", 10]);
  });

  it("in Seoul goes over Chuseok", () => {
    expect(at("XKRX", ["2025-10-02"], "2025-10-10T00:00:00Z")).toEqual(["2025-10-10", "2025-10-02", 10]);
  });

  it("is not known where the session before is missing: an older close does not stand in for it", () => {
    expect(at("XNYS", ["2026-11-18", "2026-11-20"], "2026-11-20T18:00:00Z")).toEqual(["2026-11-20", "2026-11-19", null]);
    expect(() => previousClose("XNYS", [], new Date("1999-06-01T15:00:00Z"))).toThrow(AppError);
  });
});

describe("previousCoinClose", () => {
  const HOUR = 3_600_000;
  const bars = Array.from({ length: 96 }, (_, i) => ({ startMs: Date.parse("2025-03-01T00:00:00Z") + i * HOUR, close: i }));
  const on = (day: "UTC" | "KST", now: string) => {
    const { date, beganAt, close } = previousCoinClose(bars, { barMs: HOUR, day, nowMs: Date.parse(now) });
    return [date, beganAt.toISOString(), close];
  };

  it("gives the worked example of its docstring", () => {
    const { date, beganAt, close } = previousCoinClose([{ startMs: Date.parse("2025-03-01T14:00:00Z"), close: 7 }], { barMs: HOUR, day: "KST", nowMs: Date.parse("2025-03-01T16:00:00Z") });
    expect([date, beganAt.toISOString(), close]).toEqual(["2025-03-02", "2025-03-01T15:00:00.000Z", 7]);
  });

  it("is another price in Seoul than by UTC, and the two days are never the same twenty-four hours", () => {
    expect(on("UTC", "2025-03-02T14:59:00Z")).toEqual(["2025-03-02", "2025-03-02T00:00:00.000Z", 23]);
    expect(on("KST", "2025-03-02T14:59:00Z")).toEqual(["2025-03-02", "2025-03-01T15:00:00.000Z", 14]);
    expect(on("KST", "2025-03-02T15:00:00Z")).toEqual(["2025-03-03", "2025-03-02T15:00:00.000Z", 38]);
  });

  it("does not move where New York changes its clocks", () => {
    const spring = (now: string) => previousCoinClose([], { barMs: HOUR, day: "KST", nowMs: Date.parse(now) }).beganAt.toISOString();
    expect([spring("2026-03-07T20:00:00Z"), spring("2026-03-08T20:00:00Z"), spring("2026-11-01T20:00:00Z")]).toEqual(["2026-03-07T15:00:00.000Z", "2026-03-08T15:00:00.000Z", "2026-11-01T15:00:00.000Z"]);
  });

  it("is not known without the bar that ends there, and refuses a bar of no length", () => {
    expect(on("UTC", "2025-03-20T12:00:00Z")[2]).toBeNull();
    expect(() => previousCoinClose(bars, { barMs: 0, day: "UTC", nowMs: 0 })).toThrow(AppError);
  });
});

describe("isGapBetween", () => {
  const gap = (calendar: "XNYS" | "24/7" | "FX", earlier: string, later: string) => isGapBetween(calendar, tradingDate(earlier), tradingDate(later));

  it("tells a missing session from a weekend or a holiday", () => {
    expect([gap("XNYS", "2026-11-20", "2026-11-23"), gap("XNYS", "2026-11-25", "2026-11-27"), gap("24/7", "2026-11-20", "2026-11-21")]).toEqual([false, false, false]);
    expect([gap("XNYS", "2026-11-19", "2026-11-23"), gap("XNYS", "2026-11-24", "2026-11-27"), gap("24/7", "2026-11-20", "2026-11-22")]).toEqual([true, true, true]);
  });

  it("claims nothing of currencies or of years that are not kept", () => {
    expect([gap("FX", "2026-11-18", "2026-11-23"), gap("XNYS", "1998-01-05", "1998-01-20"), gap("XNYS", "2028-12-28", "2029-01-10")]).toEqual([false, false, false]);
  });
});
