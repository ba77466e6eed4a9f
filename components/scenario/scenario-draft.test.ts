import { describe, expect, it } from "vitest";
import { DRIVER_IDS, shock, type ScenarioSpec } from "@/server/contracts/scenario";
import { DRIVERS } from "@/server/domain/scenario/drivers";
import { firstShock, freeDrivers, sameSpec, withoutShock, withShock, withShockChanged } from "./scenario-draft";

const empty: ScenarioSpec = { shocks: [], mode: "respond", quarters: 12 };

describe("scenario draft", () => {
  it("starts every driver with a shock inside its own limits and units", () => {
    for (const driver of DRIVER_IDS) {
      const first = shock.parse(firstShock(driver));
      const { units, minimum, maximum } = DRIVERS[driver];
      expect(units).toContain(first.unit);
      expect(first.size).toBeGreaterThanOrEqual(minimum);
      expect(first.size).toBeLessThanOrEqual(maximum);
    }
  });

  it("offers each driver once", () => {
    const spec = withShock(empty, firstShock("oil"));
    expect(freeDrivers(spec)).not.toContain("oil");
    expect(freeDrivers(withoutShock(spec, "oil"))).toContain("oil");
  });

  it("keeps what is meant when only the unit changes", () => {
    const spec = withShock(empty, firstShock("fedFunds"));
    expect(withShockChanged(spec, 0, { unit: "pp" }).shocks[0]).toMatchObject({ size: 1, unit: "pp" });
  });

  it("takes the new driver's unit and size, and keeps shape and start", () => {
    const spec = withShockChanged(withShock(empty, firstShock("fedFunds")), 0, { shape: "ramp", startQuarter: 3 });
    expect(withShockChanged(spec, 0, { driver: "oil" }).shocks[0]).toMatchObject({ driver: "oil", unit: "percent", size: -10, shape: "ramp", startQuarter: 3 });
  });

  it("sees whether a draft differs from what was run", () => {
    const spec = withShock(empty, firstShock("oil"));
    expect(sameSpec(spec, withShock(empty, firstShock("oil")))).toBe(true);
    expect(sameSpec(spec, { ...spec, mode: "hold" })).toBe(false);
  });
});
