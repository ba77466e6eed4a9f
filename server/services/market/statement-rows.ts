import { Decimal } from "decimal.js";
import { z } from "zod";
import { STATEMENT_LINES, statementNote, type StatementDto, type StatementLine } from "@/server/contracts/market";
import type { StatementFigures } from "@/server/domain/market/ratios/trailing-window";
import type { Ctx } from "@/server/services/ctx";

/** A stored statement; its lines come as text so that no digit is lost on the way. */
export type StatementRow = {
  companyId: string;
  periodKind: "QUARTER" | "YEAR";
  fiscalYear: number;
  fiscalPeriod: string;
  periodEnd: string;
  currency: string;
  reference: string;
  accession: string | null;
  provider: string;
  note: string | null;
} & Record<StatementLine, string | null>;

/**
 * Statements, newest first: all of one company, or of every company the newest of each kind.
 * Five quarters and one year are what trailing ratios and their year-ago neighbour need.
 */
export function loadStatements(ctx: Ctx, { companyId = null, newest = 1_000 }: { companyId?: string | null; newest?: number }): Promise<StatementRow[]> {
  return ctx.db.$queryRaw<StatementRow[]>`
    SELECT company_id::text AS "companyId", period_kind::text AS "periodKind", fiscal_year AS "fiscalYear", fiscal_period AS "fiscalPeriod", period_end::text AS "periodEnd",
           currency, reference, accession, provider, note,
           revenue::text AS revenue, cost_of_revenue::text AS "costOfRevenue", operating_income::text AS "operatingIncome", depreciation::text AS depreciation,
           interest_expense::text AS "interestExpense", income_tax::text AS "incomeTax", net_income::text AS "netIncome", total_assets::text AS "totalAssets",
           total_liabilities::text AS "totalLiabilities", equity::text AS equity, total_debt::text AS "totalDebt", cash::text AS cash,
           operating_cash_flow::text AS "operatingCashFlow", capex::text AS capex, dividends_paid::text AS "dividendsPaid",
           eps_basic::text AS "epsBasic", eps_diluted::text AS "epsDiluted", shares_diluted::text AS "sharesDiluted", shares_outstanding::text AS "sharesOutstanding"
    FROM (
      SELECT *, row_number() OVER (PARTITION BY company_id, period_kind ORDER BY period_end DESC) AS age
      FROM financial_statement
      WHERE ${companyId}::uuid IS NULL OR company_id = ${companyId}::uuid
    ) aged
    WHERE age <= ${newest}
    ORDER BY company_id, period_end DESC, period_kind`;
}

const decimalOrNull = (text: string | null) => (text === null ? null : new Decimal(text));

export function toFigures(row: StatementRow): StatementFigures {
  const { periodKind, periodEnd } = row;
  return {
    periodKind,
    periodEnd,
    equity: decimalOrNull(row.equity),
    totalDebt: decimalOrNull(row.totalDebt),
    revenue: decimalOrNull(row.revenue),
    costOfRevenue: decimalOrNull(row.costOfRevenue),
    operatingIncome: decimalOrNull(row.operatingIncome),
    depreciation: decimalOrNull(row.depreciation),
    interestExpense: decimalOrNull(row.interestExpense),
    netIncome: decimalOrNull(row.netIncome),
    epsBasic: decimalOrNull(row.epsBasic),
    epsDiluted: decimalOrNull(row.epsDiluted),
  };
}

const storedNotes = z.array(statementNote);

/** A note that was stored before notes had codes is shown as it is. */
function notesOf(text: string | null): StatementDto["notes"] {
  if (text === null) return [];
  const told: StatementDto["notes"] = [{ code: "told", text }];
  if (!text.startsWith("[")) return told;
  try {
    return storedNotes.catch(told).parse(JSON.parse(text));
  } catch {
    return told;
  }
}

export function toStatementDto(row: StatementRow): StatementDto {
  const { periodKind, fiscalYear, fiscalPeriod, periodEnd, currency, reference, accession, provider, note } = row;
  const lines = Object.fromEntries(STATEMENT_LINES.map((line) => [line, decimalOrNull(row[line])?.toFixed() ?? null])) as StatementDto["lines"];
  return { periodKind, fiscalYear, fiscalPeriod, periodEnd, currency, lines, reference, accession, provider, notes: notesOf(note) };
}
