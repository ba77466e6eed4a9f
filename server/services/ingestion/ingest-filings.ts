import { AppError } from "@/server/domain/app-error";
import { addDays, tradingDate, utcDate } from "@/server/domain/calendar/trading-date";
import type { FilingRow } from "@/server/providers/capabilities";
import { timeOrderedIds } from "@/server/platform/time-ordered-ids";
import { storeEarnings } from "@/server/services/calendar/store-events";
import type { FiguresCtx } from "@/server/services/ctx";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";

/** Forms that tell of the business; insiders' trades and prospectuses would outnumber them many times. */
const FORMS = ["10-K", "10-K/A", "10-Q", "10-Q/A", "8-K", "8-K/A", "20-F", "20-F/A", "40-F", "6-K", "DEF 14A", "SC 13D", "SC 13D/A", "SC 13G", "SC 13G/A", "SCHEDULE 13D", "SCHEDULE 13D/A", "SCHEDULE 13G", "SCHEDULE 13G/A"];
const REPORTS = ["10-K", "10-K/A", "10-Q", "10-Q/A", "20-F", "20-F/A", "40-F"];
/** Results of operations: the press release with a quarter's results. */
const RESULTS_ITEM = "2.02";
/** Of a company of which nothing is stored. */
const FIRST_DAYS = 3 * 366;
/** What was accepted late in the evening carries the next day; what was missed is found. */
const OVERLAP_DAYS = 7;
const MOST_FILINGS = 1_000;
/** For so long the tagged data of a new report may lag behind it. */
const TAGGED_WITHIN_DAYS = 5;

export const FUNDAMENTALS_SUBJECT = "fundamentals";

async function storeFilings(ctx: FiguresCtx, { companyId, runId, rows }: { companyId: string; runId: string; rows: readonly FilingRow[] }): Promise<number> {
  const ids = timeOrderedIds(ctx.now(), rows.length);
  const given = JSON.stringify(rows.map((row, at) => ({ id: ids[at], form: row.form, filed_on: row.filedOn, accepted_at: row.acceptedAt, report_date: row.reportDate, accession: row.accession, document_url: row.documentUrl, items: row.items, provider: row.provenance.provider })));
  return ctx.db.$executeRaw`
    INSERT INTO filing AS f (id, company_id, form, filed_on, accepted_at, report_date, accession, document_url, items, provider, known_at, run_id)
    SELECT id, ${companyId}::uuid, form, filed_on, accepted_at, report_date, accession, document_url, items, provider, ${ctx.now()}::timestamptz, ${runId}::uuid
    FROM jsonb_to_recordset(${given}::jsonb) AS row (id uuid, form text, filed_on date, accepted_at timestamptz, report_date date, accession text, document_url text, items text[], provider text)
    ON CONFLICT (company_id, accession) DO UPDATE SET (form, filed_on, accepted_at, report_date, document_url, items, run_id) = (excluded.form, excluded.filed_on, excluded.accepted_at, excluded.report_date, excluded.document_url, excluded.items, excluded.run_id)
    WHERE (f.form, f.filed_on, f.accepted_at, f.report_date, f.document_url, f.items) IS DISTINCT FROM (excluded.form, excluded.filed_on, excluded.accepted_at, excluded.report_date, excluded.document_url, excluded.items)`;
}

/** Takes each release of results into the calendar, as long as one stands there without its filing; a run that was cut off before this is made up for by the next. */
async function storeReleases(ctx: IngestCtx, { companyId, ticker, runId }: { companyId: string; ticker: string; runId: string }): Promise<number> {
  const [open] = await ctx.db.$queryRaw<{ from: string | null; to: string | null }[]>`
    SELECT min(coalesce(report_date, filed_on))::text AS from, max(coalesce(report_date, filed_on))::text AS to FROM filing f
    WHERE company_id = ${companyId}::uuid AND form = '8-K' AND ${RESULTS_ITEM} = ANY(items)
      AND NOT EXISTS (SELECT FROM earnings_event e WHERE e.symbol = ${ticker} AND e.date = coalesce(f.report_date, f.filed_on) AND e.accession IS NOT NULL)`;
  const source = ctx.providers.of("sec", "earningsCalendar");
  if (!open?.from || !open.to || !source) return 0;
  const window = { from: open.from, to: open.to };
  const rows = await source.fetchEarnings({ ...window, symbol: ticker });
  return rows.length === 0 ? 0 : storeEarnings(ctx, rows, { runId, window });
}

/**
 * Brings what a company filed since the last time, and its releases of results into the calendar. Asked again, nothing changes.
 *
 * @throws AppError NOT_FOUND for a company that is not stored or has no CIK; of the vendor when it does not answer
 */
export async function ingestFilings(ctx: IngestCtx, { ticker }: { ticker: string }): Promise<RunReport> {
  const company = await ctx.db.company.findUnique({ where: { ticker }, select: { id: true, cik: true } });
  if (!company?.cik) throw new AppError("NOT_FOUND", `No company ${ticker} with a CIK is stored`, { field: "ticker" });
  const { id: companyId, cik } = company;
  const [vendor = "none"] = ctx.providers.vendorsWith("filings");
  return recordedRun(ctx, { provider: vendor, subject: "filings", scope: ticker }, async (runId) => {
    const newest = await ctx.db.filing.findFirst({ where: { companyId }, orderBy: { filedOn: "desc" }, select: { filedOn: true } });
    const from = newest ? addDays(utcDate(newest.filedOn), -OVERLAP_DAYS) : addDays(utcDate(ctx.now()), -FIRST_DAYS);
    const rows = await ctx.providers.source("filings").fetchFilings({ cik, forms: FORMS, from, limit: MOST_FILINGS });
    const own = rows.filter((row) => row.cik === cik);
    const stored = await storeFilings(ctx, { companyId, runId, rows: own });
    const releases = await storeReleases(ctx, { companyId, ticker, runId });
    const asOf = own[0] && new Date(tradingDate(own[0].filedOn));
    return { received: rows.length, changed: stored + releases, rejected: rows.length - own.length, ...(asOf ? { asOf } : {}) };
  });
}

/**
 * Whether a report was filed whose figures were not brought yet: none were asked for since it was seen, or its tagged data may still be on their
 * way. Told by what is stored, so that it does not matter where a run was cut off.
 */
export async function areFundamentalsDue(ctx: FiguresCtx, { ticker }: { ticker: string }): Promise<boolean> {
  const [row] = await ctx.db.$queryRaw<{ due: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM (SELECT f.*, c.ticker FROM filing f JOIN company c ON c.id = f.company_id WHERE c.ticker = ${ticker} AND f.form = ANY(${REPORTS}::text[]) ORDER BY f.filed_on DESC, f.accession DESC LIMIT 1) f
      WHERE NOT EXISTS (SELECT FROM ingestion_run r WHERE r.subject = ${FUNDAMENTALS_SUBJECT} AND r.scope = f.ticker AND r.status = 'SUCCEEDED' AND r.started_at >= f.known_at)
         OR (f.filed_on > ${ctx.now()}::timestamptz - make_interval(days => ${TAGGED_WITHIN_DAYS}::int) AND NOT EXISTS (SELECT FROM financial_statement s WHERE s.company_id = f.company_id AND s.accession = f.accession))
    ) AS due`;
  return row?.due ?? false;
}
