import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { createPrng } from "@/server/domain/shared/prng";
import { addQuarters } from "@/server/domain/shared/quarter";
import { conditionalResponse, driverCovariance, type DriverCovariance } from "./conditional-response";
import { isGrowthRate, type DriverHistory } from "./driver-history";
import { DRIVER_IDS, DRIVERS, type DriverId } from "./drivers";
import type { ScenarioSpec, Shock } from "./shock";

const shock = (driver: DriverId, size: number, unit: Shock["unit"], part: Partial<Shock> = {}): Shock => ({ driver, size, unit, shape: "step", startQuarter: 1, durationQuarters: 40, halfLifeQuarters: 4, ...part });
const spec = (shocks: Shock[], mode: "hold" | "respond" = "respond", quarters = 4): ScenarioSpec => ({ shocks, mode, quarters });

/** Synthetic: made by a seeded generator from one common factor, not recorded. */
function syntheticHistory(driver: DriverId, length: number, start: number, size: number): DriverHistory {
  const [own, common] = [createPrng(driver), createPrng("common")];
  let value = start;
  return {
    driver,
    series: `SYNTHETIC_${driver}`,
    values: Array.from({ length }, (_, t) => {
      const change = size * (0.8 * common.normal() + 0.6 * own.normal());
      value = driver === "oil" ? value * Math.exp(change) : value + change;
      return { quarter: addQuarters("1990Q1", t), value };
    }),
  };
}

const past = driverCovariance([syntheticHistory("fedFunds", 140, 0.05, 0.004), syntheticHistory("treasury10y", 140, 0.05, 0.003), syntheticHistory("oil", 140, 60, 0.1), syntheticHistory("vix", 30, 20, 4)]);
const textbook: DriverCovariance = { drivers: ["vix", "fedFunds"], covariance: [[1, 1], [1, 4]], n: 100, from: "2000Q1", to: "2024Q4", shrinkage: 0 };
const pathOf = (result: ReturnType<typeof conditionalResponse>, driver: DriverId) => result.drivers.find((path) => path.driver === driver)!;

describe("driverCovariance", () => {
  it("uses the quarters in which all drivers are known and leaves out a driver with a short past", () => {
    expect(past.drivers).toEqual(["fedFunds", "treasury10y", "oil"]);
    expect(past).toMatchObject({ n: 139, from: "1990Q2", to: "2024Q4" });
    expect(past.shrinkage).toBeGreaterThan(0);
    expect(past.shrinkage).toBeLessThan(1);
  });

  it("gives up the driver that shortens the common range", () => {
    const late = { ...syntheticHistory("usdIndex", 100, 100, 0.5), values: syntheticHistory("usdIndex", 100, 100, 0.5).values.map(({ value }, t) => ({ quarter: addQuarters("2010Q1", t), value })) };
    expect(driverCovariance([syntheticHistory("fedFunds", 140, 0.05, 0.004), syntheticHistory("treasury10y", 140, 0.05, 0.003), late]).drivers).toEqual(["fedFunds", "treasury10y"]);
  });

  it("is empty without eighty quarters", () => {
    expect(driverCovariance([syntheticHistory("fedFunds", 60, 0.05, 0.004)])).toEqual({ drivers: [], covariance: [], n: 0, from: null, to: null, shrinkage: null });
  });
});

describe("conditionalResponse", () => {
  it("gives the worked example of its docstring", () => {
    const result = conditionalResponse(spec([shock("vix", 1, "points")]), textbook);
    expect(pathOf(result, "fedFunds").deviation).toEqual([0, 1, 1, 1, 1]);
    pathOf(result, "fedFunds").deviationSd.forEach((sd, t) => expect(sd).toBeCloseTo(Math.sqrt(3 * t), 12));
    expect(result.plausibility.distance).toBeCloseTo(1, 12);
    expect(result.plausibility.pValue).toBeCloseTo(0.31731, 5);
    expect(result.plausibility.degreesOfFreedom).toBe(1);
  });

  it("says which drivers are levels, whose doubt adds up, and which are rates of growth, whose doubt does not", () => {
    const growth = DRIVER_IDS.filter(isGrowthRate);
    expect(growth).toEqual(["gdpGrowth", "cpiInflation"]);
    for (const driver of DRIVER_IDS) {
      if (driver === "vix") continue;
      const result = pathOf(conditionalResponse(spec([shock("vix", 1, "points")]), { ...textbook, drivers: ["vix", driver] }), driver);
      const scale = DRIVERS[driver].kind === "level" ? 1 + result.deviation[1]! : 1;
      const ratio = result.deviationSd.map((sd) => sd / scale / Math.sqrt(3));
      ratio.forEach((value, t) => expect(value).toBeCloseTo(growth.includes(driver) ? Math.min(t, 1) : Math.sqrt(t), 12));
    }
  });

  it("moves growth for the one quarter in which a level moves, and a level in every quarter of a shock to growth", () => {
    const past2 = { ...textbook, drivers: ["vix", "gdpGrowth"] as const };
    expect(pathOf(conditionalResponse(spec([shock("vix", 1, "points")]), past2), "gdpGrowth").deviation).toEqual([0, 1, 0, 0, 0]);
    const slump = conditionalResponse(spec([shock("gdpGrowth", -4, "pp", { shape: "pulse", durationQuarters: 2 })]), past2);
    pathOf(slump, "vix").deviation.forEach((value, t) => expect(value).toBeCloseTo([0, -0.01, -0.02, -0.02, -0.02][t]!, 12));
    // Two quarters of the same size are as unusual as one: the distance is that of the worst quarter.
    expect(slump.plausibility.distance).toBeCloseTo(0.02, 12);
  });

  it("names what each driver does: shocked, responded, held or without a past", () => {
    const roles = (mode: "hold" | "respond") => Object.fromEntries(conditionalResponse(spec([shock("fedFunds", 100, "bp")], mode), past).drivers.map(({ driver, role }) => [driver, role]));
    expect(roles("respond")).toMatchObject({ fedFunds: "shocked", treasury10y: "responded", oil: "responded", vix: "noHistory", btc: "noHistory" });
    expect(roles("hold")).toMatchObject({ fedFunds: "shocked", treasury10y: "held", oil: "held", vix: "noHistory" });
  });

  it("moves nothing to the last bit without a shock, with one of size zero, or in quarters before it", () => {
    for (const shocks of [[], [shock("fedFunds", 0, "bp")], [shock("fedFunds", -0, "bp")]]) {
      const { drivers, plausibility } = conditionalResponse(spec(shocks), past);
      for (const { deviation, deviationSd } of drivers) expect([deviation, deviationSd]).toEqual([[0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]);
      expect(plausibility.distance).toBeNull();
    }
    const late = conditionalResponse(spec([shock("fedFunds", -75, "bp", { startQuarter: 3 })]), past);
    expect(pathOf(late, "treasury10y").deviation.slice(0, 3)).toEqual([0, 0, 0]);
  });

  it("superposes responses in rates, and keeps levels above -100 %", () => {
    const response = (size: number) => pathOf(conditionalResponse(spec([shock("fedFunds", size, "bp")]), past), "treasury10y").deviation;
    response(300).forEach((value, t) => expect(value).toBeCloseTo(response(100)[t]! + response(200)[t]!, 14));
    fc.assert(fc.property(fc.integer({ min: -2_000, max: 2_000 }), (size) => {
      for (const value of pathOf(conditionalResponse(spec([shock("fedFunds", size, "bp")]), past), "oil").deviation) expect(value).toBeGreaterThan(-1);
    }));
  });

  it("leaves a shocked driver where the person put it and narrows the band with each driver that is set", () => {
    const one = conditionalResponse(spec([shock("fedFunds", 100, "bp")]), past);
    const two = conditionalResponse(spec([shock("fedFunds", 100, "bp"), shock("oil", 10, "percent")]), past);
    expect(pathOf(two, "oil").deviation).toEqual([0, 0.1, 0.1, 0.1, 0.1]);
    expect(pathOf(two, "treasury10y").deviationSd[4]!).toBeLessThanOrEqual(pathOf(one, "treasury10y").deviationSd[4]!);
    expect(pathOf(one, "treasury10y").deviationSd[4]! / pathOf(one, "treasury10y").deviationSd[1]!).toBeCloseTo(2, 12);
    expect(two.plausibility.degreesOfFreedom).toBe(2);
    expect(two.plausibility.distance!).toBeGreaterThanOrEqual(one.plausibility.distance!);
  });

  it("calls a shock less plausible the larger its sudden change, and says nothing of drivers without a past", () => {
    const p = (size: number, part: Partial<Shock> = {}) => conditionalResponse(spec([shock("fedFunds", size, "bp", part)]), past).plausibility.pValue!;
    expect(p(200)).toBeLessThan(p(100));
    expect(p(200, { shape: "ramp", durationQuarters: 4 })).toBeGreaterThan(p(200));
    expect(conditionalResponse(spec([shock("btc", -50, "percent")]), past).plausibility).toMatchObject({ distance: null, pValue: null, degreesOfFreedom: 0, n: 139 });
  });

  it("refuses drivers that have always moved as one", () => {
    const twins = { ...textbook, covariance: [[1, 1], [1, 1]] };
    expect(() => conditionalResponse(spec([shock("vix", 1, "points"), shock("fedFunds", 1, "bp")]), twins)).toThrow(AppError);
  });
});
