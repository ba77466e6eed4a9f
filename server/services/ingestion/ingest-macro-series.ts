import { AppError } from "@/server/domain/app-error";
import { utcDate } from "@/server/domain/calendar/trading-date";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";

/** Revisions reach back: what was published in the last years is asked for again. */
const YEARS_BACK = 5;

/**
 * Brings the values of a stored series. A value that is known already stays; one that differs from the newest known is a row of its own, known since the vendor says so
 * or since today: what was believed on an earlier day can still be read.
 *
 * @throws AppError NOT_FOUND for a series that is not stored, or that no vendor has
 */
export async function ingestMacroSeries(ctx: IngestCtx, { code }: { code: string }): Promise<RunReport> {
  const series = await ctx.db.macroSeries.findUnique({ where: { code }, select: { id: true } });
  if (!series) throw new AppError("NOT_FOUND", `No series ${code} is stored`, { field: "code" });
  const today = utcDate(ctx.now());
  const from = `${Number(today.slice(0, 4)) - YEARS_BACK}-01-01`;
  const [vendor = "none"] = ctx.providers.vendorsWith("macro");
  return recordedRun(ctx, { provider: vendor, subject: "macro", scope: code }, async (runId) => {
    const rows = await ctx.providers.source("macro").fetchSeries({ seriesId: code, from });
    const changed = await ctx.db.$executeRaw`
      INSERT INTO macro_observation (series_id, date, known_at, value, run_id)
      SELECT ${series.id}::uuid, a.date, a.known_at, a.value, ${runId}::uuid
      FROM unnest(${rows.map(({ date }) => date)}::date[], ${rows.map(({ knownAt }) => knownAt ?? today)}::date[], ${rows.map(({ value }) => value)}::float8[]) AS a (date, known_at, value)
      LEFT JOIN LATERAL (SELECT value FROM macro_observation o WHERE o.series_id = ${series.id}::uuid AND o.date = a.date ORDER BY known_at DESC LIMIT 1) newest ON true
      WHERE newest.value IS DISTINCT FROM a.value
      ON CONFLICT (series_id, date, known_at) DO UPDATE SET value = excluded.value, run_id = excluded.run_id WHERE macro_observation.value <> excluded.value`;
    if (changed > 0) ctx.cache.drop("macro:");
    const last = rows.at(-1);
    return { received: rows.length, changed, rejected: 0, provider: rows[0]?.provenance.provider, ...(last ? { asOf: new Date(last.date) } : {}) };
  });
}
