import type { MacroFrequency } from "@/prisma/generated/enums";
import type { Db } from "@/server/platform/db";

export type SeriesToStore = {
  code: string;
  name: string;
  unit: string;
  frequency: MacroFrequency;
  agency: string;
  category: string;
  provider: string;
  vintage: string;
  /** Columns of equal length; dates as YYYY-MM-DD. */
  dates: readonly string[];
  knownAt: readonly string[];
  values: readonly number[];
};

/** Stores series and their observations under one run; writes only what differs and returns how many rows that was. */
export async function storeSeries(db: Db, runId: string, series: readonly SeriesToStore[]): Promise<number> {
  const held = new Map((await db.macroSeries.findMany()).map((row) => [row.code, row]));
  let changed = 0;
  for (const { dates, knownAt, values, ...head } of series) {
    const before = held.get(head.code);
    const differs = !before || (Object.keys(head) as (keyof typeof head)[]).some((key) => before[key] !== head[key]);
    const { id } = differs ? await db.macroSeries.upsert({ where: { code: head.code }, create: head, update: head }) : before;
    changed += differs ? 1 : 0;
    changed += await db.$executeRaw`
      INSERT INTO macro_observation (series_id, date, known_at, value, run_id)
      SELECT ${id}::uuid, row.date, row.known_at, row.value, ${runId}::uuid
      FROM unnest(${[...dates]}::date[], ${[...knownAt]}::date[], ${[...values]}::float8[]) AS row(date, known_at, value)
      ON CONFLICT (series_id, date, known_at) DO UPDATE SET value = excluded.value, run_id = excluded.run_id
      WHERE macro_observation.value <> excluded.value`;
  }
  return changed;
}
