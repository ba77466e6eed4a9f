import { describe, expect, it } from "vitest";
import { quarterIndex } from "@/server/domain/shared/quarter";
import { revenueYearChanges, yearChanges } from "./year-changes";

describe("yearChanges", () => {
  it("adds four consecutive quarters and leaves out a year with a gap", () => {
    const quarterly = new Map([[1, 0.1], [2, 0.2], [3, 0.3], [4, 0.4], [5, 0.5], [7, 0.7]]);
    const found = yearChanges(quarterly);
    expect([...found.keys()]).toEqual([4, 5]);
    expect(found.get(4)).toBeCloseTo(1, 12);
    expect(found.get(5)).toBeCloseTo(1.4, 12);
  });
});

describe("revenueYearChanges", () => {
  const quarter = (periodEnd: string, revenue: number) => ({ periodEnd, revenue });

  it("compares with the same quarter of the year before, fiscal ends counted to the nearest calendar quarter", () => {
    const found = revenueYearChanges([quarter("2023-10-29", 100), quarter("2024-10-27", 150)]);
    expect([...found.keys()]).toEqual([quarterIndex("2024Q3")]);
    expect(found.get(quarterIndex("2024Q3"))).toBeCloseTo(Math.log(1.5), 12);
  });

  it("leaves out losses of sign and every pair that touches the lockdown", () => {
    expect(revenueYearChanges([quarter("2018-03-31", 0), quarter("2019-03-31", 5), quarter("2019-06-30", 5), quarter("2020-06-30", 4), quarter("2021-06-30", 6)]).size).toBe(0);
  });
});
