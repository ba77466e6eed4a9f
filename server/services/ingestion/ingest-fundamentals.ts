import type { Prisma } from "@/prisma/generated/client";
import { STATEMENT_LINES } from "@/server/contracts/market";
import { AppError } from "@/server/domain/app-error";
import { isSamePeriod, statementDecision, type SourcedPeriod } from "@/server/domain/market/statement-sources";
import type { DebtMaturityRow, StatementRow } from "@/server/providers/capabilities";
import { dropFigures } from "@/server/services/market/drop-figures";
import { FUNDAMENTALS_SUBJECT } from "./ingest-filings";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";

type Tx = Prisma.TransactionClient;
type Held = SourcedPeriod & { id: string };

const COLUMNS = STATEMENT_LINES.map((line) => line.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
const WRITTEN = ["fiscal_year", "fiscal_period", "currency", "reference", "accession", "provider", "note", ...COLUMNS].join(", ");
const STORE_TIMEOUT_MS = 60_000;
/** What falls due after the fifth year. */
const AFTER_THE_FIFTH = 6;

const linesOf = (row: StatementRow) => STATEMENT_LINES.filter((line) => row[line] !== null).length;
const keyOf = ({ periodKind, periodEnd }: SourcedPeriod) => `${periodKind} ${periodEnd}`;

/** Which statements are written and which stored ones make room, by the rule of sources. */
function decide(rows: readonly StatementRow[], held: readonly Held[]): { wanted: StatementRow[]; outdated: string[] } {
  let standing: readonly Held[] = held;
  const wanted = new Map<string, StatementRow>();
  const outdated: string[] = [];
  for (const row of rows) {
    const arriving = { provider: row.provenance.provider, periodKind: row.periodKind, periodEnd: row.periodEnd, lines: linesOf(row) };
    const decision = statementDecision(arriving, standing);
    if (decision === "keep") continue;
    const worse = decision === "replace" ? standing.filter((other) => isSamePeriod(other, arriving)) : [];
    for (const { id } of worse) if (id !== "") outdated.push(id);
    for (const other of worse) wanted.delete(keyOf(other));
    if (decision !== "update") standing = [...standing.filter((other) => !worse.includes(other)), { ...arriving, id: "" }];
    wanted.set(keyOf(arriving), row);
  }
  return { wanted: [...wanted.values()], outdated };
}

async function storeStatements(tx: Tx, { companyId, runId, rows }: { companyId: string; runId: string; rows: readonly StatementRow[] }): Promise<number> {
  const held = await tx.$queryRawUnsafe<Held[]>(
    `SELECT id::text AS id, provider, period_kind::text AS "periodKind", period_end::text AS "periodEnd", num_nonnulls(${COLUMNS.join(", ")}) AS lines FROM financial_statement WHERE company_id = $1::uuid`,
    companyId,
  );
  const { wanted, outdated } = decide(rows, held);
  await tx.financialStatement.deleteMany({ where: { id: { in: outdated } } });
  const given = wanted.map((row) => ({
    period_kind: row.periodKind, fiscal_year: row.fiscalYear, fiscal_period: row.fiscalPeriod, period_end: row.periodEnd, currency: row.currency, reference: row.reference, accession: row.provenance.accession, provider: row.provenance.provider, note: row.note,
    ...Object.fromEntries(STATEMENT_LINES.map((line, at) => [COLUMNS[at]!, row[line]])),
  }));
  return tx.$executeRawUnsafe(
    `INSERT INTO financial_statement AS held (id, company_id, run_id, period_kind, period_end, ${WRITTEN})
     SELECT gen_random_uuid(), $1::uuid, $2::uuid, row.period_kind::period_kind, row.period_end, ${WRITTEN}
     FROM jsonb_to_recordset($3::jsonb) AS row (period_kind text, period_end date, fiscal_year int, fiscal_period text, currency text, reference text, accession text, provider text, note text, ${COLUMNS.map((column) => `${column} numeric`).join(", ")})
     ON CONFLICT (company_id, period_kind, period_end) DO UPDATE SET (run_id, ${WRITTEN}) = (excluded.run_id, ${prefixed("excluded")})
     WHERE (${prefixed("held")}) IS DISTINCT FROM (${prefixed("excluded")})`,
    companyId, runId, JSON.stringify(given),
  );
}

const prefixed = (of: "held" | "excluded") => WRITTEN.split(", ").map((column) => `${of}.${column}`).join(", ");

/** Of each period's end the table of one filing stands; a later filing's takes the place of the one before. */
async function storeDebtMaturities(tx: Tx, { companyId, runId, rows }: { companyId: string; runId: string; rows: readonly DebtMaturityRow[] }): Promise<number> {
  const given = JSON.stringify(rows.map((row) => ({ period_end: row.periodEnd, year: row.year ?? AFTER_THE_FIFTH, amount: row.amount, currency: row.currency, filed_on: row.filedOn, accession: row.provenance.accession, provider: row.provenance.provider })));
  const gone = await tx.$executeRaw`
    DELETE FROM debt_maturity d USING (SELECT DISTINCT period_end FROM jsonb_to_recordset(${given}::jsonb) AS row (period_end date)) told
    WHERE d.company_id = ${companyId}::uuid AND d.period_end = told.period_end AND NOT EXISTS (SELECT FROM jsonb_to_recordset(${given}::jsonb) AS row (period_end date, year int) WHERE row.period_end = d.period_end AND row.year = d.year)`;
  const changed = await tx.$executeRaw`
    INSERT INTO debt_maturity AS d (id, company_id, period_end, year, amount, currency, filed_on, accession, provider, run_id)
    SELECT gen_random_uuid(), ${companyId}::uuid, period_end, year, amount, currency, filed_on, accession, provider, ${runId}::uuid
    FROM jsonb_to_recordset(${given}::jsonb) AS row (period_end date, year int, amount numeric, currency text, filed_on date, accession text, provider text)
    ON CONFLICT (company_id, period_end, year) DO UPDATE SET (amount, currency, filed_on, accession, provider, run_id) = (excluded.amount, excluded.currency, excluded.filed_on, excluded.accession, excluded.provider, excluded.run_id)
    WHERE (d.amount, d.currency, d.filed_on, d.accession) IS DISTINCT FROM (excluded.amount, excluded.currency, excluded.filed_on, excluded.accession)`;
  return gone + changed;
}

/**
 * Brings a company's statements and the years in which its debt falls due, all or nothing. A better source stays; asked again, nothing changes.
 *
 * @throws AppError NOT_FOUND for a company that is not stored; of the vendor when it does not answer
 */
export async function ingestFundamentals(ctx: IngestCtx, { ticker }: { ticker: string }): Promise<RunReport> {
  const company = await ctx.db.company.findUnique({ where: { ticker }, select: { id: true, cik: true } });
  if (!company) throw new AppError("NOT_FOUND", `No company ${ticker} is stored`, { field: "ticker" });
  const { id: companyId, cik } = company;
  const [vendor = "none"] = ctx.providers.vendorsWith("statements");
  return recordedRun(ctx, { provider: vendor, subject: FUNDAMENTALS_SUBJECT, scope: ticker }, async (runId) => {
    const statements = await ctx.providers.source("statements").fetchStatements({ symbol: ticker, cik });
    const maturities = ctx.providers.vendorsWith("debtMaturities").length === 0 ? [] : await ctx.providers.source("debtMaturities").fetchDebtMaturities({ symbol: ticker, cik });
    const changed = await ctx.db.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT FROM company WHERE id = ${companyId}::uuid FOR UPDATE`;
        return (await storeStatements(tx, { companyId, runId, rows: statements })) + (await storeDebtMaturities(tx, { companyId, runId, rows: maturities }));
      },
      { timeout: STORE_TIMEOUT_MS },
    );
    if (changed > 0) dropFigures(ctx);
    const newest = statements.reduce<string | null>((latest, { periodEnd }) => (latest === null || periodEnd > latest ? periodEnd : latest), null);
    return { received: statements.length + maturities.length, changed, rejected: 0, provider: statements[0]?.provenance.provider, ...(newest ? { asOf: new Date(newest) } : {}) };
  });
}
