import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addQuarters } from "@/server/domain/shared/quarter";
import { driverBaseline, scenarioStart } from "./scenario-start";

const aQuarter = fc.integer({ min: 0, max: 24 }).map((later) => addQuarters("2020Q1", later));

describe("scenarioStart", () => {
  it("gives the worked example of its docstring", () => {
    expect(scenarioStart({ drivers: ["2026Q2", "2024Q4", "2025Q3", "2024Q4"], companies: ["2025Q4", "2025Q3", "2025Q3"] })).toBe("2025Q3");
  });

  it("is decided by one kind when there is none of the other, and is unknown without either", () => {
    expect(scenarioStart({ drivers: ["2025Q1"], companies: [] })).toBe("2025Q1");
    expect(scenarioStart({ drivers: [], companies: ["2025Q2"] })).toBe("2025Q2");
    expect(scenarioStart({ drivers: [], companies: [] })).toBeNull();
  });

  it("is reached by at least half of either kind, and no later quarter is", () => {
    fc.assert(fc.property(fc.array(aQuarter, { minLength: 1 }), fc.array(aQuarter, { minLength: 1 }), (drivers, companies) => {
      const start = scenarioStart({ drivers, companies })!;
      const half = (ends: string[], quarter: string) => 2 * ends.filter((end) => end >= quarter).length >= ends.length;
      expect(half(drivers, start) && half(companies, start)).toBe(true);
      expect(half(drivers, addQuarters(start, 1)) && half(companies, addQuarters(start, 1))).toBe(false);
    }));
  });
});

describe("driverBaseline", () => {
  const history = { driver: "fedFunds" as const, series: "FEDFUNDS", values: [{ quarter: "2024Q3", value: 0.053 }, { quarter: "2024Q4", value: 0.047 }, { quarter: "2025Q3", value: 0.043 }] };

  it("reads nothing later than the start, and says how old a value is that is carried to it", () => {
    expect(driverBaseline(history, "2025Q3")).toEqual({ series: "FEDFUNDS", value: 0.043, quarter: "2025Q3", quartersFromStart: 0 });
    expect(driverBaseline(history, "2025Q2")).toMatchObject({ value: 0.047, quarter: "2024Q4", quartersFromStart: -2 });
    expect(driverBaseline(history, "2026Q2")).toMatchObject({ value: 0.043, quartersFromStart: -3 });
    expect(driverBaseline(history, "2024Q2")).toBeNull();
  });
});
