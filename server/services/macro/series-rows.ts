import { MACRO_CATEGORIES, type SeriesRow } from "@/server/contracts/macro";
import { perhapsMeant } from "@/server/platform/text-match";
import type { Ctx } from "@/server/services/ctx";

/** How long the list may lag behind an import that another process made. */
const KEEP_MS = 60_000;
/** Values of the small line beside a name. */
const POINTS = 24;

type StoredSeries = {
  id: string;
  code: string;
  name: string;
  unit: string;
  frequency: SeriesRow["frequency"];
  agency: string;
  category: string;
  provider: string;
  vintage: string;
  driver: string | null;
  firstDate: string | null;
  lastDate: string | null;
  count: number;
  yearAgo: number | null;
  points: number[];
};
export type SeriesHead = StoredSeries & { row: SeriesRow };

/** Every series with its newest values; the newest known value of each date counts. */
export const loadSeriesHeads = (ctx: Ctx): Promise<readonly SeriesHead[]> =>
  ctx.cache.remember("macro:series-heads", KEEP_MS, async () => {
    const stored = await ctx.db.$queryRaw<StoredSeries[]>`
      SELECT s.id::text AS id, s.code, s.name, s.unit, s.frequency::text AS frequency, s.agency, s.category, s.provider, s.vintage,
             substr(n.key, 8) AS driver, span.first::text AS "firstDate", span.last::text AS "lastDate", span.count::int AS count,
             ago.value AS "yearAgo", coalesce(tail.points, '{}') AS points
      FROM macro_series s
      LEFT JOIN graph_node n ON n.series_id = s.id AND n.kind = 'DRIVER'
      LEFT JOIN LATERAL (SELECT min(date) AS first, max(date) AS last, count(DISTINCT date) AS count FROM macro_observation o WHERE o.series_id = s.id) span ON true
      LEFT JOIN LATERAL (
        SELECT o.value FROM macro_observation o
        WHERE o.series_id = s.id AND o.date <= span.last - interval '1 year' AND o.date > span.last - interval '1 year 10 days'
        ORDER BY o.date DESC, o.known_at DESC LIMIT 1) ago ON true
      LEFT JOIN LATERAL (
        SELECT array_agg(newest.value ORDER BY newest.date) AS points
        FROM (SELECT DISTINCT ON (o.date) o.date, o.value FROM macro_observation o WHERE o.series_id = s.id ORDER BY o.date DESC, o.known_at DESC LIMIT ${POINTS}) newest) tail ON true
      ORDER BY s.category, s.code`;
    return stored.map((series) => ({ ...series, row: toSeriesRow(series) }));
  });

function toSeriesRow({ code, name, unit, frequency, agency, category, provider, firstDate, lastDate, count, yearAgo, points }: StoredSeries): SeriesRow {
  const last = points.at(-1) ?? null;
  return {
    code, name, unit, frequency, agency, firstDate, lastDate, count, last, points,
    category: MACRO_CATEGORIES.find((known) => known === category) ?? "global",
    changeYear: last === null || yearAgo === null ? null : last - yearAgo,
    provenance: { basis: "reported", provider, asOf: lastDate, reference: code, formula: null, n: null, rSquared: null, stdError: null },
  };
}

/** Codes that were perhaps meant. */
export async function nearCodes(ctx: Ctx, wanted: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`SELECT id FROM (SELECT code AS id, name AS words FROM macro_series) thing ${perhapsMeant(wanted)}`;
  return rows.map(({ id }) => id);
}
