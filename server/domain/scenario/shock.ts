import { AppError } from "@/server/domain/app-error";
import { DRIVER_IDS, DRIVERS, SHOCK_UNITS, type DriverId, type ShockUnit } from "./drivers";

/** step: full size while it lasts; ramp: grows evenly to full size, then holds; pulse: full size, then gone at once; halfLife: full size at first, then decays. */
export const SHOCK_SHAPES = ["step", "ramp", "pulse", "halfLife"] as const;
export type ShockShape = (typeof SHOCK_SHAPES)[number];

/** hold: drivers that are not shocked stay where they are; respond: they move as they have moved together in the past. */
export const RESPONSE_MODES = ["hold", "respond"] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

export type Shock = {
  driver: DriverId;
  size: number;
  unit: ShockUnit;
  shape: ShockShape;
  startQuarter: number;
  durationQuarters: number;
  halfLifeQuarters: number;
};

export type ScenarioSpec = { shocks: readonly Shock[]; mode: ResponseMode; quarters: number };

export const MAX_QUARTERS = 40;

/** The one place where a person's unit becomes the engine's. */
const ENGINE_UNITS_PER: Record<ShockUnit, (size: number) => number> = {
  bp: (size) => size / 10_000,
  pp: (size) => size / 100,
  percent: (size) => size / 100,
  points: (size) => size,
};

/**
 * Size of a shock in engine units.
 *
 *     bp: size / 10,000;  pp, percent: size / 100;  points: size
 *
 * @param size  in `unit`
 * @returns fraction for rates and growth, relative change for levels, points for an index in points
 *
 * Convention: division, not multiplication by 0.0001, so that 100 bp and 1 pp are the same number to the last bit.
 * Worked: 100 bp -> 0.01; 1 pp -> 0.01; -20 percent -> -0.2
 */
export const engineUnits = (size: number, unit: ShockUnit): number => ENGINE_UNITS_PER[unit](size) + 0;

/** What can be wrong with a scenario. Programs read the message of the error; people read the sentence of its `reason` in the messages (`errors.scenario`). */
export const SCENARIO_FAULTS = ["quarters", "mode", "tooMany", "unknownDriver", "twice", "shape", "unit", "notANumber", "range", "halfLife", "unreadable"] as const;
export type ScenarioFault = (typeof SCENARIO_FAULTS)[number];

/** An error of a scenario; the details hold the values of its sentence. */
export const scenarioFault = (reason: ScenarioFault, field: string, message: string, details: Record<string, unknown> = {}) => new AppError("INVALID_INPUT", message, { field, reason, ...details });

/**
 * Checks a scenario and says which part of it is wrong.
 *
 * @throws AppError INVALID_INPUT naming the field (`shocks.3.size`): unknown driver, a driver twice, unit not of that driver, size not finite or out of range,
 * quarters not whole or not in 1..40, half-life not in 0.25..40, more than 15 shocks
 */
export function assertScenarioSpec(spec: ScenarioSpec): void {
  const whole = (value: number, field: string) => {
    if (!Number.isInteger(value) || value < 1 || value > MAX_QUARTERS) throw scenarioFault("quarters", field, `Quarters are a whole number from 1 to ${MAX_QUARTERS}`, { most: MAX_QUARTERS });
  };
  whole(spec.quarters, "quarters");
  if (!RESPONSE_MODES.includes(spec.mode)) throw scenarioFault("mode", "mode", `The mode is one of ${RESPONSE_MODES.join(", ")}`);
  if (spec.shocks.length > DRIVER_IDS.length) throw scenarioFault("tooMany", "shocks", `A scenario has at most ${DRIVER_IDS.length} shocks, one for each driver; this one has ${spec.shocks.length}`, { most: DRIVER_IDS.length, count: spec.shocks.length });

  for (const [i, shock] of spec.shocks.entries()) {
    const at = `shocks.${i}`;
    if (!DRIVER_IDS.includes(shock.driver)) throw scenarioFault("unknownDriver", `${at}.driver`, `There is no driver called ${String(shock.driver)}`, { name: String(shock.driver), suggestions: DRIVER_IDS });
    if (spec.shocks.findIndex(({ driver }) => driver === shock.driver) < i) throw scenarioFault("twice", `${at}.driver`, `${shock.driver} is shocked twice`, { driver: shock.driver });
    if (!SHOCK_SHAPES.includes(shock.shape)) throw scenarioFault("shape", `${at}.shape`, `The shape is one of ${SHOCK_SHAPES.join(", ")}`);
    assertSize(shock, at);
    whole(shock.startQuarter, `${at}.startQuarter`);
    whole(shock.durationQuarters, `${at}.durationQuarters`);
    if (!(shock.halfLifeQuarters >= 0.25 && shock.halfLifeQuarters <= MAX_QUARTERS)) throw scenarioFault("halfLife", `${at}.halfLifeQuarters`, `The half-life is 0.25 to ${MAX_QUARTERS} quarters`, { most: MAX_QUARTERS });
  }
}

function assertSize({ driver, size, unit }: Shock, at: string): void {
  const { units, minimum, maximum } = DRIVERS[driver];
  if (!SHOCK_UNITS.includes(unit) || !units.includes(unit)) throw scenarioFault("unit", `${at}.unit`, `${driver} is shocked in ${units.join(" or ")}`, { driver, units, suggestions: units });
  if (!Number.isFinite(size)) throw scenarioFault("notANumber", `${at}.size`, "The size of a shock is a finite number");
  const amount = engineUnits(size, unit);
  if (amount < engineUnits(minimum, units[0]!) || amount > engineUnits(maximum, units[0]!)) throw scenarioFault("range", `${at}.size`, `${driver} may move by ${minimum} to ${maximum} ${units[0]}`, { driver, minimum, maximum, unit: units[0] });
}

/**
 * A shock as the deviation of its driver from the baseline.
 *
 *     step, pulse: d_t = a for s <= t < s + D      ramp: d_t = a min(1, (t - s + 1) / D) for t >= s
 *     halfLife: d_t = a 2^(-(t - s) / H) for t >= s
 *
 * @param shock  a: size; s: startQuarter; D: durationQuarters; H: halfLifeQuarters
 * @param quarters  length of the horizon, quarters
 * @returns quarters + 1 values in engine units, the first (the last actual quarter) 0
 *
 * Convention: a level's deviation is relative to its baseline in the same quarter. A pulse and a step differ only in name: a step usually outlasts the horizon.
 * Worked: ramp of 100 bp from quarter 2 over 2 quarters, 4 quarters -> [0, 0, 0.005, 0.01, 0.01]
 */
export function deviationPath(shock: Shock, quarters: number): number[] {
  const amount = engineUnits(shock.size, shock.unit);
  return Array.from({ length: quarters + 1 }, (_, t) => (t < Math.max(1, shock.startQuarter) ? 0 : amount * shareOfSize(shock, t - shock.startQuarter) + 0));
}

function shareOfSize({ shape, durationQuarters, halfLifeQuarters }: Shock, since: number): number {
  if (shape === "ramp") return Math.min(1, (since + 1) / durationQuarters);
  if (shape === "halfLife") return 2 ** (-since / halfLifeQuarters);
  return since < durationQuarters ? 1 : 0;
}
