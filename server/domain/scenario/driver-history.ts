import { AppError } from "@/server/domain/app-error";
import { addQuarters, quarterOfDate, type Quarter } from "@/server/domain/shared/quarter";
import { DRIVERS, type DriverId, type DriverTransform } from "./drivers";

export type Observation = { date: string; value: number };
export type QuarterValue = { quarter: Quarter; value: number };

/** A driver's stored past; `values` are oldest first and may have gaps. */
export type DriverHistory = { driver: DriverId; series: string; values: readonly QuarterValue[] };

export type SeriesFrequency = "DAILY" | "WEEKLY" | "MONTHLY" | "QUARTERLY" | "ANNUAL";

/**
 * One value a quarter from a series' observations.
 *
 *     percentMean: mean / 100      mean: mean      indexGrowth: (m_t / m_{t-1})^4 - 1, m the quarterly mean
 *
 * @param observations  YYYY-MM-DD and value in the series' unit, any order, no date twice
 * @param options.transform  how values become engine units
 * @param options.frequency  of the series; a yearly series gives nothing
 * @returns oldest first; fraction (percentMean, indexGrowth) or the series' unit (mean); a quarter without enough observations is left out
 * @throws AppError INVALID_INPUT when a value is not finite
 *
 * Convention: more than once a quarter, a quarter counts when two of its three months have observations, the newest one only when its last month has:
 * a month that was never published (October 2025) does not lose the quarter, a quarter under way is not taken for a whole one. Growth needs adjacent quarters.
 * Worked: 4.0, 4.2, 4.4 in the months of 2026Q1, percentMean -> 0.042
 */
export function quarterlyValues(observations: readonly Observation[], { transform, frequency }: { transform: DriverTransform; frequency: SeriesFrequency }): QuarterValue[] {
  const groups = new Map<Quarter, { sum: number; count: number; months: Set<number> }>();
  for (const { date, value } of observations) {
    if (!Number.isFinite(value)) throw new AppError("INVALID_INPUT", `The observation of ${date} is not a finite number`, { field: "observations" });
    const quarter = quarterOfDate(date);
    const group = groups.get(quarter) ?? { sum: 0, count: 0, months: new Set<number>() };
    group.sum += value;
    group.count += 1;
    group.months.add((Number(date.slice(5, 7)) - 1) % 3);
    groups.set(quarter, group);
  }
  const quarters = [...groups.keys()].sort();
  const newest = quarters.at(-1);
  const isWhole = (quarter: Quarter) => {
    const { months } = groups.get(quarter)!;
    if (frequency === "QUARTERLY") return true;
    return frequency !== "ANNUAL" && months.size >= 2 && (quarter !== newest || months.has(2));
  };
  const means = quarters.filter(isWhole).map((quarter) => ({ quarter, value: groups.get(quarter)!.sum / groups.get(quarter)!.count }));
  if (transform === "mean") return means;
  if (transform === "percentMean") return means.map(({ quarter, value }) => ({ quarter, value: value / 100 }));
  return means.flatMap(({ quarter, value }, i) => {
    const before = means[i - 1];
    return before && before.quarter === addQuarters(quarter, -1) && before.value > 0 ? [{ quarter, value: (value / before.value) ** 4 - 1 }] : [];
  });
}

/** Levels move in logarithms, so that a response never falls below -100 %; everything else in its own unit. */
export const toModelUnits = (driver: DriverId, deviation: number): number => (DRIVERS[driver].kind === "level" ? Math.log1p(deviation) : deviation);

/** The inverse of `toModelUnits`. */
export const fromModelUnits = (driver: DriverId, deviation: number): number => (DRIVERS[driver].kind === "level" ? Math.expm1(deviation) : deviation);

/** A rate of growth is a flow: its value is already the change of a level (output, prices). Everything else is a level, in its own unit or in logarithms. */
export const isGrowthRate = (driver: DriverId): boolean => DRIVERS[driver].kind === "growth";

/**
 * What a quarter does to a driver: the change of a level (`quarterlyChanges`), the value itself of a rate of growth.
 * Differences of growth would make it a random walk, which growth is not: a quarter of high growth is not followed by high growth for ever.
 *
 * @returns move by quarter, oldest first, in model units
 * @throws AppError INVALID_INPUT when a level is not positive
 */
export const quarterlyMoves = (history: DriverHistory): Map<Quarter, number> =>
  isGrowthRate(history.driver) ? new Map(history.values.map(({ quarter, value }) => [quarter, value])) : quarterlyChanges(history);

/**
 * Quarterly changes of a driver: differences of rates, growth and points, log changes of levels. Only adjacent quarters give a change.
 *
 * @returns change by quarter, oldest first
 * @throws AppError INVALID_INPUT when a level is not positive
 */
export function quarterlyChanges({ driver, values }: DriverHistory): Map<Quarter, number> {
  const isLevel = DRIVERS[driver].kind === "level";
  const changes = new Map<Quarter, number>();
  for (const [i, { quarter, value }] of values.entries()) {
    if (isLevel && !(value > 0)) throw new AppError("INVALID_INPUT", `The level of ${driver} in ${quarter} is not positive`, { field: driver });
    const before = values[i - 1];
    if (!before || before.quarter !== addQuarters(quarter, -1)) continue;
    changes.set(quarter, isLevel ? Math.log(value / before.value) : value - before.value);
  }
  return changes;
}
