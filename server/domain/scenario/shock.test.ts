import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { DRIVER_IDS, DRIVERS, type DriverId } from "./drivers";
import { assertScenarioSpec, deviationPath, engineUnits, SHOCK_SHAPES, type ScenarioSpec, type Shock } from "./shock";

const aShock = (part: Partial<Shock> = {}): Shock => ({ driver: "fedFunds", size: 100, unit: "bp", shape: "step", startQuarter: 1, durationQuarters: 40, halfLifeQuarters: 4, ...part });
const spec = (shocks: Shock[], part: Partial<ScenarioSpec> = {}): ScenarioSpec => ({ shocks, mode: "hold", quarters: 12, ...part });
const faultOf = (bad: ScenarioSpec): string => {
  try {
    assertScenarioSpec(bad);
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") return String(error.details.field);
    throw error;
  }
  return "none";
};

describe("engineUnits", () => {
  it("makes 100 bp, 1 pp and 0.01 the same number to the last bit", () => {
    expect(engineUnits(100, "bp")).toBe(0.01);
    expect(engineUnits(1, "pp")).toBe(0.01);
    expect(engineUnits(1, "percent")).toBe(0.01);
    expect(engineUnits(1, "points")).toBe(1);
    fc.assert(fc.property(fc.integer({ min: -2_000, max: 2_000 }), (k) => {
      expect(engineUnits(k * 100, "bp")).toBe(engineUnits(k, "pp"));
      expect(engineUnits(k * 25, "bp")).toBe(engineUnits(k / 4, "pp"));
    }));
  });

  it("takes a percentage as a percentage: 5.25 % is 0.0525, not 5.25", () => {
    expect(engineUnits(525, "bp")).toBe(0.0525);
    expect(engineUnits(-20, "percent")).toBe(-0.2);
    expect(Object.is(engineUnits(-0, "bp"), 0)).toBe(true);
  });
});

describe("assertScenarioSpec", () => {
  const others = (driver: DriverId) => DRIVER_IDS.filter((id) => id !== driver && DRIVERS[id].units[0] === "percent").slice(0, 3);
  const three = others("fedFunds").map((driver) => aShock({ driver, size: -10, unit: "percent" }));

  it("accepts every driver at both ends of its range in each of its units", () => {
    for (const driver of DRIVER_IDS) {
      const { units, minimum, maximum } = DRIVERS[driver];
      for (const size of [minimum, maximum, 0]) expect(faultOf(spec([aShock({ driver, size, unit: units[0]! })]))).toBe("none");
      expect(faultOf(spec([aShock({ driver, size: maximum * 1.001, unit: units[0]! })]))).toBe("shocks.0.size");
      expect(faultOf(spec([aShock({ driver, size: minimum * 1.001, unit: units[0]! })]))).toBe("shocks.0.size");
    }
    expect(faultOf(spec([aShock({ size: 20, unit: "pp" })]))).toBe("none");
    expect(faultOf(spec([aShock({ size: 20.1, unit: "pp" })]))).toBe("shocks.0.size");
  });

  it("names the field at fault", () => {
    expect(faultOf(spec([...three, aShock({ size: Number.NaN })]))).toBe("shocks.3.size");
    expect(faultOf(spec([...three, aShock({ size: Number.POSITIVE_INFINITY })]))).toBe("shocks.3.size");
    expect(faultOf(spec([...three, aShock({ size: 1e9 })]))).toBe("shocks.3.size");
    expect(faultOf(spec([aShock({ unit: "percent" })]))).toBe("shocks.0.unit");
    expect(faultOf(spec([aShock({ driver: "rainfall" as DriverId })]))).toBe("shocks.0.driver");
    expect(faultOf(spec([aShock(), aShock()]))).toBe("shocks.1.driver");
    expect(faultOf(spec([aShock({ shape: "spike" as "step" })]))).toBe("shocks.0.shape");
    expect(faultOf(spec([aShock({ startQuarter: 0 })]))).toBe("shocks.0.startQuarter");
    expect(faultOf(spec([aShock({ durationQuarters: 1.5 })]))).toBe("shocks.0.durationQuarters");
    expect(faultOf(spec([aShock({ halfLifeQuarters: Number.NaN })]))).toBe("shocks.0.halfLifeQuarters");
    expect(faultOf(spec([], { quarters: 41 }))).toBe("quarters");
    expect(faultOf(spec([], { quarters: Number.NaN }))).toBe("quarters");
    expect(faultOf(spec([], { mode: "panic" as "hold" }))).toBe("mode");
    expect(faultOf(spec(Array.from({ length: 200 }, () => aShock())))).toBe("shocks");
  });
});

describe("deviationPath", () => {
  it("gives the worked example of its docstring and the other shapes", () => {
    expect(deviationPath(aShock({ shape: "ramp", startQuarter: 2, durationQuarters: 2 }), 4)).toEqual([0, 0, 0.005, 0.01, 0.01]);
    expect(deviationPath(aShock({ shape: "pulse", durationQuarters: 2 }), 4)).toEqual([0, 0.01, 0.01, 0, 0]);
    expect(deviationPath(aShock({ shape: "step" }), 3)).toEqual([0, 0.01, 0.01, 0.01]);
    expect(deviationPath(aShock({ shape: "halfLife", halfLifeQuarters: 1 }), 3)).toEqual([0, 0.01, 0.005, 0.0025]);
  });

  it("starts from the last actual quarter, scales with size and is exactly zero without one", () => {
    fc.assert(fc.property(fc.constantFrom(...SHOCK_SHAPES), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (shape, startQuarter, durationQuarters, quarters) => {
      const path = (size: number) => deviationPath(aShock({ shape, startQuarter, durationQuarters, size }), quarters);
      expect(path(100)).toHaveLength(quarters + 1);
      expect(path(100)[0]).toBe(0);
      path(200).forEach((value, t) => expect(value).toBeCloseTo(2 * path(100)[t]!, 14));
      expect(path(0)).toEqual(Array(quarters + 1).fill(0));
      expect(path(-0)).toEqual(Array(quarters + 1).fill(0));
    }));
  });
});
