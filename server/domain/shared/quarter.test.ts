import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { addQuarters, quarterAt, quarterEndDate, quarterIndex, quarterOfDate, quarterOfPeriodEnd, quarterRange, quartersBetween, quarterStartDate } from "./quarter";

const aQuarter = fc.integer({ min: 1900 * 4, max: 2200 * 4 }).map(quarterAt);

describe("quarter arithmetic", () => {
  it("counts over the turn of the year", () => {
    expect(addQuarters("2026Q3", 2)).toBe("2027Q1");
    expect(addQuarters("2026Q1", -1)).toBe("2025Q4");
    expect(quartersBetween("2026Q3", "2025Q4")).toBe(-3);
    expect(quarterRange("2026Q3", 3)).toEqual(["2026Q3", "2026Q4", "2027Q1"]);
  });

  it("gives back what was added", () => {
    fc.assert(fc.property(aQuarter, fc.integer({ min: -400, max: 400 }), (quarter, count) => {
      expect(quartersBetween(quarter, addQuarters(quarter, count))).toBe(count);
      expect(quarterAt(quarterIndex(quarter))).toBe(quarter);
    }));
  });

  it("holds its own first and last day", () => {
    fc.assert(fc.property(aQuarter, (quarter) => {
      expect(quarterOfDate(quarterStartDate(quarter))).toBe(quarter);
      expect(quarterOfDate(quarterEndDate(quarter))).toBe(quarter);
      expect(quarterOfPeriodEnd(quarterEndDate(quarter))).toBe(quarter);
    }));
    expect(quarterEndDate("2026Q2")).toBe("2026-06-30");
    expect(quarterStartDate("2026Q4")).toBe("2026-10-01");
  });

  it("compares a fiscal quarter with the calendar quarter whose end is nearest", () => {
    expect(quarterOfPeriodEnd("2025-10-26")).toBe("2025Q3");
    expect(quarterOfPeriodEnd("2025-09-27")).toBe("2025Q3");
    expect(quarterOfPeriodEnd("2026-01-25")).toBe("2025Q4");
    expect(quarterOfPeriodEnd("2025-11-30")).toBe("2025Q4");
    expect(quarterOfPeriodEnd("2025-10-04")).toBe("2025Q3");
  });

  it.each(["2026Q5", "26Q1", "2026-Q1", ""])("refuses %j", (text) => {
    expect(() => quarterIndex(text)).toThrow(AppError);
    expect(() => quarterOfDate(text)).toThrow(AppError);
  });
});
