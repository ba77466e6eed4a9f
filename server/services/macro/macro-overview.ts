import type { z } from "zod";
import { CURVE_DAYS, type MacroHeatDto, type vintages, type vintagesInput, type YieldCurveDto } from "@/server/contracts/macro";
import { AppError } from "@/server/domain/app-error";
import { addDays, tradingDate } from "@/server/domain/calendar/trading-date";
import { seriesHeat } from "@/server/domain/macro/series-heat";
import { CURVE_SERIES, valueOn } from "@/server/domain/macro/yield-curve";
import { engineProvenance } from "@/server/domain/shared/provenance";
import type { Ctx } from "@/server/services/ctx";
import { loadSeriesHeads, nearCodes } from "./series-rows";

const KEEP_MS = 60_000;
const PERCENT = 100;
/** A monthly series is dated at the first of its month and known until the next one comes. */
const OLDEST_DAYS = 45;
const HEAT_YEARS = 12;

type Observation = { date: string; value: number };

/** The newest known values of some series since a day, by code, oldest first. */
async function loadRecent(ctx: Ctx, codes: readonly string[] | null, since: string): Promise<Map<string, Observation[]>> {
  const rows = await ctx.db.$queryRaw<{ code: string; dates: string[]; values: number[] }[]>`
    SELECT code, array_agg(date::text ORDER BY date) AS dates, array_agg(value ORDER BY date) AS values
    FROM (SELECT DISTINCT ON (s.code, o.date) s.code, o.date, o.value FROM macro_series s JOIN macro_observation o ON o.series_id = s.id
          WHERE o.date >= ${since}::date AND (${codes === null} OR s.code = ANY(${[...(codes ?? [])]}::text[])) ORDER BY s.code, o.date, o.known_at DESC) newest
    GROUP BY code`;
  return new Map(rows.map(({ code, dates, values }) => [code, dates.map((date, at) => ({ date, value: values[at]! }))]));
}

const shifted = (date: string, { months = 0, years = 0 }) => {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year - years, month - 1 - months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return `${first.toISOString().slice(0, 8)}${String(Math.min(day, lastDay)).padStart(2, "0")}`;
};

/** The Treasury's yields by maturity: the newest, those of a month before it and of a year before it. Each maturity comes from its newest series and says its own date. */
export function getYieldCurve(ctx: Ctx): Promise<YieldCurveDto> {
  return ctx.cache.remember("macro:yield-curve", KEEP_MS, async () => {
    const stored = await loadRecent(ctx, CURVE_SERIES.flatMap(({ codes }) => codes), `${ctx.now().getUTCFullYear() - 4}-01-01`);
    const chosen = CURVE_SERIES.flatMap(({ months, codes }) => {
      const newest = codes.filter((code) => stored.has(code)).sort((a, b) => (stored.get(a)!.at(-1)!.date < stored.get(b)!.at(-1)!.date ? 1 : -1))[0];
      return newest ? [{ months, series: newest, observations: stored.get(newest)! }] : [];
    });
    const today = chosen.reduce((latest, { observations }) => (observations.at(-1)!.date > latest ? observations.at(-1)!.date : latest), "");
    if (today === "") return { curves: [], slope: null, provenance: engineProvenance("reported", { asOf: null, reference: null }) };
    const days = { newest: today, monthAgo: shifted(today, { months: 1 }), yearAgo: shifted(today, { years: 1 }) };
    const curves = CURVE_DAYS.map((day) => ({
      day,
      date: days[day],
      points: chosen.flatMap(({ months, series, observations }) => {
        const found = valueOn(observations, days[day], OLDEST_DAYS);
        return found ? [{ months, series, date: found.date, yieldPerYear: found.value / PERCENT }] : [];
      }),
    }));
    const head = (await loadSeriesHeads(ctx)).find(({ code }) => code === chosen[0]?.series);
    const at = (months: number) => curves[0]!.points.find((point) => point.months === months)?.yieldPerYear;
    const [short, long] = [at(3), at(120)];
    return { curves: curves.filter(({ points }) => points.length > 0), slope: short === undefined || long === undefined ? null : long - short, provenance: engineProvenance("reported", { provider: head?.provider ?? "import", asOf: today, reference: chosen.map(({ series }) => series).join(", ") }) };
  });
}

/** How unusual the newest value of each series is against its own last ten years, the most unusual first. */
export function getMacroHeat(ctx: Ctx): Promise<MacroHeatDto> {
  return ctx.cache.remember("macro:heat", KEEP_MS, async () => {
    const heads = await loadSeriesHeads(ctx);
    const newest = heads.reduce((latest, { lastDate }) => (lastDate && lastDate > latest ? lastDate : latest), "1900-01-01");
    const recent = await loadRecent(ctx, null, addDays(tradingDate(newest), -366 * HEAT_YEARS));
    const items = heads.flatMap(({ code, row }) => {
      const heat = seriesHeat(recent.get(code) ?? [], row.unit);
      return heat ? [{ code, name: row.name, category: row.category, date: heat.date, basis: heat.basis, value: heat.value, z: heat.z, n: heat.n }] : [];
    });
    return { items: items.sort((a, b) => Math.abs(b.z) - Math.abs(a.z)), withoutScore: heads.length - items.length };
  });
}

/** What was believed of one date, in the order in which it became known. */
export async function listVintages(ctx: Ctx, { code, date }: z.infer<typeof vintagesInput>): Promise<z.infer<typeof vintages>> {
  const head = (await loadSeriesHeads(ctx)).find((one) => one.code.toLowerCase() === code.toLowerCase());
  if (!head) throw new AppError("NOT_FOUND", `No series ${code} is stored`, { field: "code", suggestions: await nearCodes(ctx, code) });
  const items = await ctx.db.$queryRaw<{ knownAt: string; value: number }[]>`SELECT known_at::text AS "knownAt", value FROM macro_observation WHERE series_id = ${head.id}::uuid AND date = ${date}::date ORDER BY known_at`;
  return { code: head.code, date, items };
}
