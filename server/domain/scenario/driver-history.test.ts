import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { DRIVER_IDS } from "./drivers";
import { fromModelUnits, quarterlyChanges, quarterlyValues, toModelUnits } from "./driver-history";

const monthly = (values: Record<string, number>) => Object.entries(values).map(([month, value]) => ({ date: `${month}-01`, value }));

describe("quarterlyValues", () => {
  it("gives the worked example of its docstring", () => {
    const values = quarterlyValues(monthly({ "2026-01": 4, "2026-02": 4.2, "2026-03": 4.4 }), { transform: "percentMean", frequency: "MONTHLY" });
    expect(values).toHaveLength(1);
    expect(values[0]!.quarter).toBe("2026Q1");
    expect(values[0]!.value).toBeCloseTo(0.042, 14);
  });

  it("keeps a quarter that misses a month and leaves out the one under way", () => {
    const values = quarterlyValues(monthly({ "2025-07": 4, "2025-08": 4, "2025-09": 4, "2025-11": 5, "2025-12": 7, "2026-01": 9, "2026-02": 9 }), { transform: "mean", frequency: "MONTHLY" });
    expect(values).toEqual([{ quarter: "2025Q3", value: 4 }, { quarter: "2025Q4", value: 6 }]);
  });

  it("annualises the growth of an index and skips what is not adjacent", () => {
    const observations = ["2024-01-01", "2024-04-01", "2024-10-01", "2025-01-01"].map((date, i) => ({ date, value: 100 * 1.01 ** i }));
    const values = quarterlyValues(observations, { transform: "indexGrowth", frequency: "QUARTERLY" });
    expect(values.map(({ quarter }) => quarter)).toEqual(["2024Q2", "2025Q1"]);
    values.forEach(({ value }) => expect(value).toBeCloseTo(1.01 ** 4 - 1, 12));
  });

  it("has no quarters in yearly data and refuses what is not a number", () => {
    expect(quarterlyValues([{ date: "2024-01-01", value: 1 }], { transform: "mean", frequency: "ANNUAL" })).toEqual([]);
    expect(() => quarterlyValues([{ date: "2024-01-01", value: Number.NaN }], { transform: "mean", frequency: "QUARTERLY" })).toThrow(AppError);
  });
});

describe("quarterlyChanges", () => {
  const history = (driver: "oil" | "fedFunds", values: number[]) => ({ driver, series: "X", values: values.map((value, i) => ({ quarter: `2024Q${i + 1}`, value })) });

  it("takes logs of levels and differences of rates", () => {
    expect([...quarterlyChanges(history("oil", [50, 55])).values()][0]).toBeCloseTo(Math.log(1.1), 14);
    expect([...quarterlyChanges(history("fedFunds", [0.05, 0.045])).values()][0]).toBeCloseTo(-0.005, 14);
    expect(quarterlyChanges({ driver: "oil", series: "X", values: [{ quarter: "2024Q1", value: 1 }, { quarter: "2024Q3", value: 2 }] }).size).toBe(0);
    expect(() => quarterlyChanges(history("oil", [50, 0]))).toThrow(AppError);
  });

  it("goes to model units and back", () => {
    fc.assert(fc.property(fc.constantFrom(...DRIVER_IDS), fc.double({ min: -0.95, max: 3, noNaN: true }), (driver, deviation) => {
      expect(fromModelUnits(driver, toModelUnits(driver, deviation))).toBeCloseTo(deviation, 12);
    }));
  });
});
