import { describe, expect, it } from "vitest";
import { dayIn, readCalendarFilters, spanAround, widened } from "./calendar-filters";

describe("readCalendarFilters", () => {
  it("reads what the address names and leaves out what it cannot mean", () => {
    expect(readCalendarFilters("kind=economic&span=day&at=2026-11-18&country=us&importance=high&ticker=cat")).toEqual({ kind: "economic", span: "day", at: "2026-11-18", ticker: "CAT", country: "US", importance: "high" });
    expect(readCalendarFilters("kind=gossip&span=year&at=2026-13-45&country=USA&importance=most&ticker=%3Cb%3E")).toEqual({ kind: "earnings", span: "week", at: null, ticker: null, country: null, importance: null });
  });
});

describe("spans", () => {
  it("are weeks from Monday on, over the ends of years too", () => {
    expect(spanAround("2026-11-22", "week")).toEqual({ from: "2026-11-16", to: "2026-11-22", before: "2026-11-09", after: "2026-11-23" });
    expect(spanAround("2027-01-01", "week")).toMatchObject({ from: "2026-12-28", to: "2027-01-03" });
    expect(spanAround("2028-02-28", "day")).toEqual({ from: "2028-02-28", to: "2028-02-28", before: "2028-02-27", after: "2028-02-29" });
    expect(widened({ from: "2026-11-16", to: "2026-11-22" })).toEqual({ from: "2026-11-15", to: "2026-11-23" });
  });

  it("begin with the reader's own day", () => {
    const at = new Date("2026-11-18T20:30:00Z");
    expect(dayIn("Asia/Seoul", at)).toBe("2026-11-19");
    expect(dayIn("America/New_York", at)).toBe("2026-11-18");
  });
});
