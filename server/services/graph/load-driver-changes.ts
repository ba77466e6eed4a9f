import type { Changes } from "@/server/domain/graph/estimate-response";
import { quarterlyChanges, quarterlyValues, type SeriesFrequency } from "@/server/domain/scenario/driver-history";
import { DRIVER_IDS, DRIVERS, type DriverId } from "@/server/domain/scenario/drivers";
import { quarterIndex } from "@/server/domain/shared/quarter";
import type { Db } from "@/server/platform/db";

export type Observations = { frequency: SeriesFrequency; values: { date: string; value: number }[] };

/** Newest known observations of several series, oldest first; a series that is not stored is not in the result. */
export async function loadObservations(db: Db, codes: readonly string[]): Promise<Map<string, Observations>> {
  const rows = await db.$queryRaw<{ code: string; frequency: SeriesFrequency; date: string; value: number }[]>`
    SELECT DISTINCT ON (s.code, o.date) s.code, s.frequency::text AS frequency, o.date::text AS date, o.value
    FROM macro_observation o JOIN macro_series s ON s.id = o.series_id
    WHERE s.code = ANY(${[...codes]}::text[])
    ORDER BY s.code, o.date, o.known_at DESC`;
  const found = new Map<string, Observations>();
  for (const { code, frequency, date, value } of rows) {
    const series = found.get(code) ?? { frequency, values: [] };
    series.values.push({ date, value });
    found.set(code, series);
  }
  return found;
}

/** Quarterly changes of every driver with a stored history, in engine units, by quarter number. */
export async function loadDriverChanges(db: Db): Promise<Map<DriverId, Changes>> {
  const stored = await loadObservations(db, DRIVER_IDS.flatMap((driver) => DRIVERS[driver].sources.map(({ series }) => series)));
  return new Map(DRIVER_IDS.flatMap((driver): [DriverId, Changes][] => {
    const source = DRIVERS[driver].sources.find(({ series }) => stored.has(series));
    if (!source) return [];
    const { frequency, values } = stored.get(source.series)!;
    const changes = quarterlyChanges({ driver, series: source.series, values: quarterlyValues(values, { transform: source.transform, frequency }) });
    return [[driver, new Map([...changes].map(([quarter, change]) => [quarterIndex(quarter), change]))]];
  }));
}
