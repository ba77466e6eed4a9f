import { addDays, utcDate } from "@/server/domain/calendar/trading-date";
import { parCurveCode } from "@/server/domain/macro/yield-curve";
import { storeSeries } from "@/server/services/macro/store-series";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";

/** Of a curve that was never brought: enough for the curve of a year before. Later only what is new, and a few days of corrections. */
const FIRST_DAYS = 400;
const OVERLAP_DAYS = 10;
const MONTHS_PER_YEAR = 12;
const PERCENT = 100;

const maturityName = (months: number) => (months < MONTHS_PER_YEAR ? `${months}-month` : `${months / MONTHS_PER_YEAR}-year`);

/** Brings the Treasury's par yield curve day by day, one series for each maturity, in percent as published. */
export async function ingestYieldCurve(ctx: IngestCtx): Promise<RunReport> {
  const today = utcDate(ctx.now());
  const [newest] = await ctx.db.$queryRaw<{ date: string | null }[]>`SELECT max(o.date)::text AS date FROM macro_observation o JOIN macro_series s ON s.id = o.series_id WHERE s.code LIKE 'UST\_PAR\_%'`;
  const from = newest?.date ? addDays(utcDate(new Date(newest.date)), -OVERLAP_DAYS) : addDays(today, -FIRST_DAYS);
  const [vendor = "none"] = ctx.providers.vendorsWith("yieldCurve");
  return recordedRun(ctx, { provider: vendor, subject: "macro", scope: `yield curve ${from}..${today}` }, async (runId) => {
    const rows = await ctx.providers.source("yieldCurve").fetchYieldCurve({ from, to: today });
    const months = [...new Set(rows.map((row) => row.months))].sort((a, b) => a - b);
    const series = months.map((maturity) => {
      const own = rows.filter((row) => row.months === maturity).sort((a, b) => (a.date < b.date ? -1 : 1));
      return {
        code: parCurveCode(maturity), name: `Treasury par yield, ${maturityName(maturity)}`, unit: "Percent", frequency: "DAILY" as const, agency: "Treasury", category: "rates", provider: vendor, vintage: "as published each day",
        // A rate is rounded to the basis point when it is published; what multiplying adds behind is no figure of anybody's.
        dates: own.map(({ date }) => date), knownAt: own.map(({ date }) => date), values: own.map(({ yieldPerYear }) => Math.round(yieldPerYear * PERCENT * 1e4) / 1e4),
      };
    });
    const changed = await storeSeries(ctx.db, runId, series);
    if (changed > 0) ctx.cache.drop("macro:");
    const last = rows.reduce((latest, { date }) => (date > latest ? date : latest), "");
    return { received: rows.length, changed, rejected: 0, provider: rows[0]?.provenance.provider, ...(last ? { asOf: new Date(last) } : {}) };
  });
}
