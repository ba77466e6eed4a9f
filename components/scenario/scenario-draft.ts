import { DRIVER_IDS, type DriverId, type ScenarioSpec, type Shock } from "@/server/contracts/scenario";
import { DRIVERS } from "@/server/domain/scenario/drivers";

// First sizes that a person can read at a glance: a hundred basis points, one point of growth, ten percent.
const FIRST_SIZE: Record<(typeof DRIVERS)[DriverId]["kind"], number> = { rate: 100, growth: -1, level: -10, points: 10 };

/** A shock to start from; a person changes every part of it. */
export function firstShock(driver: DriverId): Shock {
  const { kind, units } = DRIVERS[driver];
  const unit = units[0]!;
  const size = driver === "unemployment" ? 1 : FIRST_SIZE[kind];
  return { driver, size, unit, shape: "step", startQuarter: 1, durationQuarters: 40, halfLifeQuarters: 4 };
}

export const freeDrivers = ({ shocks }: ScenarioSpec): DriverId[] => DRIVER_IDS.filter((driver) => !shocks.some((shock) => shock.driver === driver));

export const withShock = (spec: ScenarioSpec, shock: Shock): ScenarioSpec => ({ ...spec, shocks: [...spec.shocks, shock] });

export const withoutShock = (spec: ScenarioSpec, driver: DriverId): ScenarioSpec => ({ ...spec, shocks: spec.shocks.filter((shock) => shock.driver !== driver) });

/** Replaces the shock at `index`; a new driver brings its own unit and size, because the old ones may mean nothing to it. */
export function withShockChanged(spec: ScenarioSpec, index: number, change: Partial<Shock>): ScenarioSpec {
  const shocks = spec.shocks.map((shock, at) => {
    if (at !== index) return shock;
    if (change.driver && change.driver !== shock.driver) return { ...shock, ...firstShock(change.driver), shape: shock.shape, startQuarter: shock.startQuarter };
    if (change.unit && change.unit !== shock.unit) return { ...shock, ...change, size: convertedSize(shock, change.unit) };
    return { ...shock, ...change };
  });
  return { ...spec, shocks };
}

// 100 bp and 1 pp are the same shock: changing the unit keeps what is meant.
function convertedSize({ size, unit }: Shock, to: Shock["unit"]): number {
  if (unit === "bp" && to === "pp") return size / 100;
  if (unit === "pp" && to === "bp") return size * 100;
  return size;
}

export const sameSpec = (a: ScenarioSpec, b: ScenarioSpec): boolean => JSON.stringify(a) === JSON.stringify(b);
