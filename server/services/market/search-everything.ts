import type { SearchHit } from "@/server/contracts/market";
import { textMatch } from "@/server/platform/text-match";
import type { Ctx } from "@/server/services/ctx";

type HitRow = { kind: SearchHit["kind"]; id: string; label: string; detail: string };

const HREF: Record<SearchHit["kind"], (id: string) => string> = {
  company: (id) => `/companies/${encodeURIComponent(id)}`,
  series: (id) => `/macro/${encodeURIComponent(id)}`,
  sector: (id) => `/companies?sector=${encodeURIComponent(id)}`,
  asset: (id) => `/dashboard?node=${encodeURIComponent(`asset:${id}`)}`,
  driver: (id) => `/dashboard?node=${encodeURIComponent(`driver:${id}`)}`,
};

/** Companies, assets, macro series, drivers and sectors that match a text, best first; near misses of spelling count. */
export async function searchEverything(ctx: Ctx, { query, limit }: { query: string; limit: number }): Promise<{ hits: SearchHit[] }> {
  if (query === "") return { hits: [] };
  const { scores, matches, bestFirst } = textMatch(query);
  const rows = await ctx.db.$queryRaw<HitRow[]>`
    WITH thing AS (
      SELECT 'company' AS kind, c.ticker AS id, c.name AS label, s.code AS detail, c.name AS words FROM company c JOIN sector s ON s.id = c.sector_id
      UNION ALL
      SELECT 'asset', symbol, name, kind::text, name FROM instrument WHERE kind <> 'EQUITY' OR company_id IS NULL
      UNION ALL
      SELECT 'series', code, name, agency || ' · ' || unit, name FROM macro_series
      UNION ALL
      SELECT 'driver', split_part(key, ':', 2), label, 'driver', label FROM graph_node WHERE kind = 'DRIVER'
      UNION ALL
      SELECT 'sector', code, name_en, code, name_en || ' ' || name_ko FROM sector
    )
    SELECT kind, id, label, detail FROM (SELECT *, ${scores} FROM thing) scored
    WHERE ${matches}
    ORDER BY ${bestFirst}, length(label), kind, id
    LIMIT ${limit}`;
  return { hits: rows.map((row) => ({ ...row, href: HREF[row.kind](row.id) })) };
}
