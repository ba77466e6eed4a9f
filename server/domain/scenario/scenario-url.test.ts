import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { DRIVER_IDS, DRIVERS } from "./drivers";
import { scenarioFromUrl, scenarioOrFirst, scenarioToUrl } from "./scenario-url";
import { engineUnits, SHOCK_SHAPES, type ScenarioSpec } from "./shock";

const aQuarter = fc.integer({ min: 1, max: 40 });
const aSpec: fc.Arbitrary<ScenarioSpec> = fc.record({
  shocks: fc.uniqueArray(fc.constantFrom(...DRIVER_IDS), { maxLength: 15 }).chain((drivers) =>
    fc.tuple(
      ...drivers.map((driver) => {
        const { units, minimum, maximum } = DRIVERS[driver];
        return fc.record({
          driver: fc.constant(driver),
          unit: fc.constantFrom(...units),
          size: fc.double({ min: minimum, max: maximum, noNaN: true }),
          shape: fc.constantFrom(...SHOCK_SHAPES),
          startQuarter: aQuarter,
          durationQuarters: aQuarter,
          halfLifeQuarters: fc.double({ min: 0.25, max: 40, noNaN: true }),
        });
      }),
    ),
  ),
  mode: fc.constantFrom("hold", "respond"),
  quarters: aQuarter,
});
const inRange = ({ shocks }: ScenarioSpec) => shocks.every(({ driver, size, unit }) => {
  const { units, minimum, maximum } = DRIVERS[driver];
  return engineUnits(size, unit) >= engineUnits(minimum, units[0]!) && engineUnits(size, unit) <= engineUnits(maximum, units[0]!);
});
const faultOf = (query: string): unknown => {
  try {
    return scenarioFromUrl(query);
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") return error.details.field;
    throw error;
  }
};

describe("scenario address", () => {
  it("reads as a person would write it", () => {
    const query = "s=fedFunds:100bp:step:1:12~oil:-20percent:halfLife:1:4&mode=respond&q=12";
    const spec = scenarioFromUrl(query);
    expect(spec).toEqual({
      shocks: [
        { driver: "fedFunds", size: 100, unit: "bp", shape: "step", startQuarter: 1, durationQuarters: 12, halfLifeQuarters: 4 },
        { driver: "oil", size: -20, unit: "percent", shape: "halfLife", startQuarter: 1, durationQuarters: 40, halfLifeQuarters: 4 },
      ],
      mode: "respond",
      quarters: 12,
    });
    expect(scenarioToUrl(spec)).toBe(query);
  });

  it("gives back exactly what was written, encoded or not", () => {
    fc.assert(fc.property(aSpec.filter(inRange), (spec) => {
      const query = scenarioToUrl(spec);
      expect(scenarioFromUrl(query)).toEqual(spec);
      expect(scenarioFromUrl(`?page=2&${new URLSearchParams(query)}`)).toEqual(spec);
    }));
  });

  it("takes defaults for what is left out", () => {
    expect(scenarioFromUrl("")).toEqual({ shocks: [], mode: "respond", quarters: 12 });
    expect(scenarioFromUrl("s=vix:20points")).toMatchObject({ shocks: [{ shape: "step", startQuarter: 1, durationQuarters: 40, halfLifeQuarters: 4 }] });
  });

  it("names the part that cannot be read", () => {
    expect(faultOf("s=fedFunds:100bp~oil:muchpercent")).toBe("shocks.1.size");
    expect(faultOf("s=fedFunds:1e999bp")).toBe("shocks.0.size");
    expect(faultOf("s=fedFunds:NaNbp")).toBe("shocks.0.size");
    expect(faultOf("s=fedFunds:100bp:step:x")).toBe("shocks.0.startQuarter");
    expect(faultOf("s=fedFunds:100bp:step:1:")).toBe("shocks.0.durationQuarters");
    expect(faultOf("s=fedFunds:100bp:halfLife:1:x")).toBe("shocks.0.halfLifeQuarters");
    expect(faultOf("s=fedFunds:100bp:step:1:2:3:4")).toBe("shocks.0");
    expect(faultOf("s=rain:100bp")).toBe("shocks.0.driver");
    expect(faultOf("s=oil:100bp")).toBe("shocks.0.unit");
    expect(faultOf("q=many")).toBe("quarters");
    expect(faultOf("q=99")).toBe("quarters");
    expect(faultOf("mode=panic")).toBe("mode");
    expect(faultOf("s=%")).toBe("shocks.0.size");
  });

  it("never fails in another way, whatever is typed", () => {
    fc.assert(fc.property(fc.string(), (text) => {
      faultOf(text);
      faultOf(`s=${text}`);
      faultOf(`s=fedFunds:${text}`);
    }));
  });

  it("gives the first scenario where an address names none, and the reason where it names one that cannot be read", () => {
    expect(scenarioOrFirst("at=4")).toMatchObject({ problem: null, spec: { shocks: [{ driver: "fedFunds", size: 100, unit: "bp" }], mode: "respond", quarters: 12 } });
    expect(scenarioOrFirst("mode=hold")).toMatchObject({ problem: null, spec: { shocks: [], mode: "hold" } });
    expect(scenarioOrFirst("s=moon:1bp")).toMatchObject({ problem: { code: "INVALID_INPUT" }, spec: { shocks: [{ driver: "fedFunds" }] } });
  });
});
