import { DATA_CHECKS, type DataCheck, type DataFaultDto, type DataQualityDto, type ListDataFaultsInput } from "@/server/contracts/admin";
import { sqlPart, type SqlPart } from "@/server/platform/sql-part";
import type { Ctx } from "@/server/services/ctx";
import { decodeCursor, encodeCursor } from "@/server/services/market/list-cursor";

/** Assets differ from liabilities and equity by more than this share: minority interests and temporary equity stay below it as a rule. */
const BALANCE_TOLERANCE = 0.05;
/** Days after its end by which a company's quarter should be there: the SEC's 45 with some to spare, and the next quarter. */
const STATEMENT_DAYS = 200;

/** Each check as a query for key, label, note and gap; the key is unique in it. */
const FAULTS: Record<DataCheck, (today: string) => SqlPart> = {
  // A publisher's own delay is in the days: the quarterly accounts come out a quarter later.
  staleSeries: (today) => sqlPart`
    SELECT s.code AS key, s.name AS label, max(o.date)::text AS note, NULL::float8 AS gap
    FROM macro_series s LEFT JOIN macro_observation o ON o.series_id = s.id
    GROUP BY s.id
    HAVING coalesce(max(o.date), '0001-01-01') < ${today}::date - (CASE s.frequency WHEN 'DAILY' THEN 10 WHEN 'WEEKLY' THEN 21 WHEN 'MONTHLY' THEN 75 WHEN 'QUARTERLY' THEN 210 ELSE 800 END)`,
  companiesWithoutStatements: () => sqlPart`
    SELECT c.ticker AS key, c.name AS label, NULL::text AS note, NULL::float8 AS gap FROM company c WHERE NOT EXISTS (SELECT 1 FROM financial_statement f WHERE f.company_id = c.id)`,
  companiesWithoutPrices: () => sqlPart`
    SELECT c.ticker AS key, c.name AS label, (SELECT string_agg(symbol, ', ') FROM instrument WHERE company_id = c.id) AS note, NULL::float8 AS gap
    FROM company c WHERE NOT EXISTS (SELECT 1 FROM instrument i WHERE i.company_id = c.id AND EXISTS (SELECT 1 FROM price_bar b WHERE b.instrument_id = i.id))`,
  instrumentsWithoutBars: () => sqlPart`
    SELECT i.symbol AS key, i.name AS label, i.kind::text AS note, NULL::float8 AS gap FROM instrument i WHERE NOT EXISTS (SELECT 1 FROM price_bar b WHERE b.instrument_id = i.id)`,
  balanceFaults: () => sqlPart`
    SELECT c.ticker || ' ' || f.period_kind || ' ' || f.period_end AS key, c.name AS label, f.reference AS note, ((f.total_assets - f.total_liabilities - f.equity) / f.total_assets)::float8 AS gap
    FROM financial_statement f JOIN company c ON c.id = f.company_id
    WHERE f.total_assets > 0 AND abs(f.total_assets - f.total_liabilities - f.equity) > ${BALANCE_TOLERANCE} * f.total_assets`,
  duplicateCompanies: () => sqlPart`
    SELECT c.ticker AS key, c.name AS label, string_agg(o.ticker, ', ' ORDER BY o.ticker) AS note, NULL::float8 AS gap
    FROM company c JOIN company o ON o.id <> c.id AND (o.cik = c.cik OR lower(o.name) = lower(c.name)) GROUP BY c.id`,
  staleStatements: (today) => sqlPart`
    SELECT c.ticker AS key, c.name AS label, max(f.period_end)::text AS note, NULL::float8 AS gap
    FROM company c JOIN financial_statement f ON f.company_id = c.id GROUP BY c.id HAVING max(f.period_end) < ${today}::date - ${STATEMENT_DAYS}::int`,
};

const todayOf = (ctx: Pick<Ctx, "now">) => ctx.now().toISOString().slice(0, 10);

/** How many things fail each check now. */
export async function getDataQuality(ctx: Pick<Ctx, "db" | "now">): Promise<DataQualityDto> {
  const today = todayOf(ctx);
  const checks: DataQualityDto["checks"] = [];
  for (const check of DATA_CHECKS) {
    const [row] = await ctx.db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM (${FAULTS[check](today)}) fault`;
    checks.push({ check, count: row?.n ?? 0 });
  }
  return { checks, checkedAt: ctx.now().toISOString() };
}

/** What fails one check, by key. */
export async function listDataFaults(ctx: Pick<Ctx, "db" | "now">, { check, limit, cursor }: ListDataFaultsInput): Promise<{ items: DataFaultDto[]; nextCursor: string | null }> {
  const list = `faults ${check}`;
  const after = cursor ? decodeCursor(cursor, list).id : "";
  const rows = await ctx.db.$queryRaw<DataFaultDto[]>`
    SELECT key, label, note, gap FROM (${FAULTS[check](todayOf(ctx))}) fault WHERE key COLLATE "C" > ${after} ORDER BY key COLLATE "C" LIMIT ${limit + 1}`;
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit), nextCursor: last ? encodeCursor({ list, key: null, id: last.key }) : null };
}
