import { quartersBetween, type Quarter } from "@/server/domain/shared/quarter";
import type { DriverHistory } from "./driver-history";

/** A driver's level at the start: the newest known value up to it, and how old that is. */
export type DriverBaseline = {
  series: string;
  /** In engine units. */
  value: number;
  /** The quarter the value speaks of. */
  quarter: Quarter;
  /** Quarters from the start to that quarter: 0, or negative when it is carried forward from earlier. */
  quartersFromStart: number;
};

/**
 * The last actual quarter of a scenario: index 0 of every path.
 *
 *     start = min(h(drivers), h(companies)),  h the newest quarter that at least half of them reach
 *
 * @param ends  last quarter with a value of each driver that has a past, and of each company that has figures; any order
 * @returns the quarter; one kind alone decides when there is none of the other; null when there is neither
 *
 * Convention: a quarter that a single quick series reaches would put rates of one date beside statements and yields of another. At the median the fewest quarters are
 * bridged: what ends earlier is carried forward and says so (`driverBaseline`), what is known of later is not read.
 * Worked: drivers to 2024Q4, 2024Q4, 2025Q3, 2026Q2, companies to 2025Q3, 2025Q3, 2025Q4 -> min(2025Q3, 2025Q3) = 2025Q3
 */
export function scenarioStart({ drivers, companies }: { drivers: readonly Quarter[]; companies: readonly Quarter[] }): Quarter | null {
  const reachedByHalf = (ends: readonly Quarter[]) => ends.toSorted().reverse()[Math.ceil(ends.length / 2) - 1];
  return [reachedByHalf(drivers), reachedByHalf(companies)].filter((quarter) => quarter !== undefined).sort()[0] ?? null;
}

/** The newest value of a driver up to the start; null when it begins later. */
export function driverBaseline({ series, values }: DriverHistory, start: Quarter): DriverBaseline | null {
  const known = values.findLast(({ quarter }) => quarter <= start);
  return known ? { series, value: known.value, quarter: known.quarter, quartersFromStart: quartersBetween(start, known.quarter) } : null;
}
