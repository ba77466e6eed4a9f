import type { EarningsRow, EconomicEventRow, IpoRow } from "@/server/providers/capabilities";
import { sqlPart, type SqlPart } from "@/server/platform/sql-part";
import { timeOrderedIds } from "@/server/platform/time-ordered-ids";
import type { FiguresCtx } from "@/server/services/ctx";

type EventsCtx = Pick<FiguresCtx, "db" | "now">;
/** The run that brings the rows, and the days it asked for: what the vendor no longer names within them was moved or called off. */
export type Bringing = { runId: string; window: { from: string; to: string } };

const upper = (value: string | null) => value?.toUpperCase().replace("-", "_") ?? null;
const lastOfEach = <T>(rows: readonly T[], keyOf: (row: T) => string) => [...new Map(rows.map((row) => [keyOf(row), row])).values()];
const providersOf = (rows: readonly { provenance: { provider: string } }[]) => [...new Set(rows.map(({ provenance }) => provenance.provider))];

/** Sets that keep a known figure where the new row has none, and the condition under which anything changes. */
function merged(columns: readonly SqlPart[]): { set: SqlPart; differs: SqlPart } {
  const join = (parts: readonly SqlPart[]) => parts.reduce((all, part) => sqlPart`${all}, ${part}`);
  return {
    set: join(columns.map((column) => sqlPart`${column} = coalesce(excluded.${column}, e.${column})`)),
    differs: sqlPart`(${join(columns.map((column) => sqlPart`e.${column}`))}) IS DISTINCT FROM (${join(columns.map((column) => sqlPart`coalesce(excluded.${column}, e.${column})`))})`,
  };
}

/** Stores reports of companies; returns how many rows changed. An expected report that its vendor moved to another day is taken off the old one, a given one stays. */
export async function storeEarnings(ctx: EventsCtx, rows: readonly EarningsRow[], { runId, window }: Bringing): Promise<number> {
  const unique = lastOfEach(rows, ({ symbol, date }) => `${symbol} ${date}`);
  const ids = timeOrderedIds(ctx.now(), unique.length);
  const given = JSON.stringify(unique.map((row, at) => ({
    id: ids[at], symbol: row.symbol, date: row.date, when: upper(row.when), fiscal_year: row.fiscalYear, fiscal_quarter: row.fiscalQuarter, currency: row.currency, eps_estimate: row.epsEstimate, eps_actual: row.epsActual,
    revenue_estimate: row.revenueEstimate, revenue_actual: row.revenueActual, accession: row.provenance.accession, provider: row.provenance.provider,
  })));
  const { set, differs } = merged([sqlPart`"when"`, sqlPart`fiscal_year`, sqlPart`fiscal_quarter`, sqlPart`currency`, sqlPart`eps_estimate`, sqlPart`eps_actual`, sqlPart`revenue_estimate`, sqlPart`revenue_actual`, sqlPart`accession`]);
  return ctx.db.$transaction(async (tx) => {
    const changed = await tx.$executeRaw`
      INSERT INTO earnings_event AS e (id, symbol, date, "when", fiscal_year, fiscal_quarter, currency, eps_estimate, eps_actual, revenue_estimate, revenue_actual, accession, provider, known_at, run_id)
      SELECT id, symbol, date, "when"::earnings_when, fiscal_year, fiscal_quarter, currency, eps_estimate, eps_actual, revenue_estimate, revenue_actual, accession, provider, ${ctx.now()}::timestamptz, ${runId}::uuid
      FROM jsonb_to_recordset(${given}::jsonb) AS row (id uuid, symbol text, date date, "when" text, fiscal_year int, fiscal_quarter int, currency text, eps_estimate numeric, eps_actual numeric, revenue_estimate numeric, revenue_actual numeric, accession text, provider text)
      ON CONFLICT (symbol, date) DO UPDATE SET ${set}, provider = excluded.provider, known_at = excluded.known_at, run_id = excluded.run_id WHERE ${differs}`;
    const moved = await tx.$executeRaw`
      DELETE FROM earnings_event e WHERE e.provider = ANY(${providersOf(rows)}::text[]) AND e.date BETWEEN ${window.from}::date AND ${window.to}::date AND e.eps_actual IS NULL AND e.revenue_actual IS NULL AND e.accession IS NULL
        AND NOT EXISTS (SELECT FROM jsonb_to_recordset(${given}::jsonb) AS row (symbol text, date date) WHERE row.symbol = e.symbol AND row.date = e.date)`;
    return changed + moved;
  });
}

/** Stores new listings; returns how many rows changed. An expected one that its vendor no longer names is taken off, one that was priced or withdrawn stays. */
export async function storeIpos(ctx: EventsCtx, rows: readonly IpoRow[], { runId, window }: Bringing): Promise<number> {
  const keyOf = ({ symbol, name }: IpoRow) => symbol ?? name.trim().toLowerCase();
  const unique = lastOfEach(rows, (row) => `${keyOf(row)} ${row.date}`);
  const ids = timeOrderedIds(ctx.now(), unique.length);
  const given = JSON.stringify(unique.map((row, at) => ({
    id: ids[at], key: keyOf(row), symbol: row.symbol, name: row.name, date: row.date, exchange: row.exchange, currency: row.currency, price_low: row.priceLow, price_high: row.priceHigh, shares: row.shares, total_value: row.totalValue,
    status: upper(row.status), provider: row.provenance.provider,
  })));
  const { set, differs } = merged([sqlPart`symbol`, sqlPart`name`, sqlPart`exchange`, sqlPart`currency`, sqlPart`price_low`, sqlPart`price_high`, sqlPart`shares`, sqlPart`total_value`, sqlPart`status`]);
  return ctx.db.$transaction(async (tx) => {
    const changed = await tx.$executeRaw`
      INSERT INTO ipo_event AS e (id, key, symbol, name, date, exchange, currency, price_low, price_high, shares, total_value, status, provider, known_at, run_id)
      SELECT id, key, symbol, name, date, exchange, currency, price_low, price_high, shares, total_value, status::ipo_status, provider, ${ctx.now()}::timestamptz, ${runId}::uuid
      FROM jsonb_to_recordset(${given}::jsonb) AS row (id uuid, key text, symbol text, name text, date date, exchange text, currency text, price_low numeric, price_high numeric, shares numeric, total_value numeric, status text, provider text)
      ON CONFLICT (key, date) DO UPDATE SET ${set}, provider = excluded.provider, known_at = excluded.known_at, run_id = excluded.run_id WHERE ${differs}`;
    const moved = await tx.$executeRaw`
      DELETE FROM ipo_event e WHERE e.provider = ANY(${providersOf(rows)}::text[]) AND e.date BETWEEN ${window.from}::date AND ${window.to}::date AND (e.status IS NULL OR e.status IN ('EXPECTED', 'FILED'))
        AND NOT EXISTS (SELECT FROM jsonb_to_recordset(${given}::jsonb) AS row (key text, date date) WHERE row.key = e.key AND row.date = e.date)`;
    return changed + moved;
  });
}

/** Stores publications of figures; returns how many rows changed. One without its figure that the vendor no longer names is taken off. */
export async function storeEconomicEvents(ctx: EventsCtx, rows: readonly EconomicEventRow[], { runId, window }: Bringing): Promise<number> {
  const unique = lastOfEach(rows, ({ country, name, at }) => `${country} ${name} ${at}`);
  const ids = timeOrderedIds(ctx.now(), unique.length);
  const given = JSON.stringify(unique.map((row, at) => ({
    id: ids[at], name: row.name, country: row.country, at: row.at, importance: upper(row.importance), unit: row.unit, actual: row.actual, estimate: row.estimate, previous: row.previous, period: row.period, series_code: row.seriesId, provider: row.provenance.provider,
  })));
  const { set, differs } = merged([sqlPart`importance`, sqlPart`unit`, sqlPart`actual`, sqlPart`estimate`, sqlPart`previous`, sqlPart`period`, sqlPart`series_code`]);
  return ctx.db.$transaction(async (tx) => {
    const changed = await tx.$executeRaw`
      INSERT INTO economic_event AS e (id, name, country, at, importance, unit, actual, estimate, previous, period, series_code, provider, known_at, run_id)
      SELECT id, name, country, at, importance::event_importance, unit, actual, estimate, previous, period, series_code, provider, ${ctx.now()}::timestamptz, ${runId}::uuid
      FROM jsonb_to_recordset(${given}::jsonb) AS row (id uuid, name text, country text, at timestamptz, importance text, unit text, actual numeric, estimate numeric, previous numeric, period text, series_code text, provider text)
      ON CONFLICT (country, name, at) DO UPDATE SET ${set}, provider = excluded.provider, known_at = excluded.known_at, run_id = excluded.run_id WHERE ${differs}`;
    const moved = await tx.$executeRaw`
      DELETE FROM economic_event e WHERE e.provider = ANY(${providersOf(rows)}::text[]) AND e.at >= ${window.from}::date AND e.at < ${window.to}::date + 1 AND e.actual IS NULL
        AND NOT EXISTS (SELECT FROM jsonb_to_recordset(${given}::jsonb) AS row (country text, name text, at timestamptz) WHERE row.country = e.country AND row.name = e.name AND row.at = e.at)`;
    return changed + moved;
  });
}
