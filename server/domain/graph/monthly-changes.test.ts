import { describe, expect, it } from "vitest";
import { meanCloseChanges, monthIndex, monthlyChanges, monthMeans, monthStart } from "./monthly-changes";

const days = (month: string, count: number, close: number) => Array.from({ length: count }, (_, i) => ({ date: `${month}-${String(i + 1).padStart(2, "0")}`, close }));

describe("monthly changes", () => {
  it("number months so that they can be counted", () => {
    expect(monthIndex("2026-01-31") - monthIndex("2025-12-01")).toBe(1);
    expect(monthStart(monthIndex("2025-12-17"))).toBe("2025-12-01");
  });

  it("compare the mean close of whole months only", () => {
    const found = meanCloseChanges(monthMeans([...days("2025-01", 20, 100), ...days("2025-02", 19, 110), ...days("2025-03", 5, 300)]));
    expect([...found.keys()]).toEqual([monthIndex("2025-02-01")]);
    expect(found.get(monthIndex("2025-02-01"))).toBeCloseTo(Math.log(1.1), 12);
    expect(meanCloseChanges(monthMeans([...days("2025-01", 20, 100), ...days("2025-02", 20, 0)])).size).toBe(0);
  });

  it("turn percent into fractions and levels into log changes, adjacent months only", () => {
    const rates = [{ date: "2025-09-01", value: 4 }, { date: "2025-10-01", value: 4.25 }, { date: "2025-12-01", value: 5 }];
    const found = monthlyChanges(rates, "percent");
    expect([...found.keys()]).toEqual([monthIndex("2025-10-01")]);
    expect(found.get(monthIndex("2025-10-01"))).toBeCloseTo(0.0025, 12);
    expect(monthlyChanges([{ date: "2025-01-01", value: 50 }, { date: "2025-02-01", value: 75 }], "level").get(monthIndex("2025-02-01"))).toBeCloseTo(Math.log(1.5), 12);
  });
});
