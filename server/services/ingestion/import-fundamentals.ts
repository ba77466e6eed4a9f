import { Decimal } from "decimal.js";
import type { ClientBase } from "pg";
import { parseTradingDate } from "@/server/domain/calendar/trading-date";
import { plainNumber } from "@/server/domain/market/plain-number";
import { isSamePeriod, statementDecision } from "@/server/domain/market/statement-sources";
import { statementNoteText, type StatementNote } from "@/server/domain/market/statement-notes";
import type { FileKind, ImportCtx, RowSink } from "./import-ctx";
import { onceEach, queuedRows } from "./queued-rows";

const FIGURES = [
  ["revenue", "revenue"], ["operating_income", "operating_income"], ["net_income", "net_income"], ["interest_expense", "interest_expense"], ["total_assets", "total_assets"],
  ["total_liabilities", "total_liabilities"], ["total_debt", "total_debt"], ["equity", "equity"], ["cash", "cash"], ["eps_basic", "eps_basic"], ["eps_diluted", "eps_diluted"],
  ["shares_diluted_avg", "shares_diluted"], ["shares_outstanding", "shares_outstanding"], ["operating_cash_flow", "operating_cash_flow"], ["free_cash_flow", "free_cash_flow"],
] as const satisfies readonly (readonly [inFile: string, stored: string])[];

const STORED = [...FIGURES.map(([, stored]) => stored).filter((name) => name !== "free_cash_flow"), "capex"];
const PERIODS = ["Q1", "Q2", "Q3", "Q4", "FY"];

type Row = { companyId: string; periodKind: "QUARTER" | "YEAR"; fiscalYear: number; fiscalPeriod: string; periodEnd: string; provider: string; reference: string; note: string | null; figures: Record<string, string | null> };
type Held = { id: string; companyId: string; periodKind: string; periodEnd: string; provider: string };

function parseRow(companies: ReadonlyMap<string, string>, [ticker = "", year = "", fiscalPeriod = "", periodEnd = "", source = "", note = "", ...cells]: readonly string[]): Row | string {
  const companyId = companies.get(ticker);
  if (!companyId) return "unknown ticker";
  if (!/^\d{4}$/.test(year)) return "bad fiscal year";
  if (!PERIODS.includes(fiscalPeriod)) return "bad fiscal period";
  if (parseTradingDate(periodEnd) === null) return "bad date";
  const figures: Record<string, string | null> = {};
  for (const [index, [inFile, stored]] of FIGURES.entries()) {
    const text = cells[index] ?? "";
    if (text !== "" && !Number.isFinite(plainNumber(text))) return `non-numeric ${inFile}`;
    figures[stored] = text === "" ? null : text;
  }
  // Free cash flow is not stored; what was spent on plant is its difference to the operating cash flow.
  const { operating_cash_flow: operating, free_cash_flow: free, ...lines } = figures;
  const capex = operating && free ? new Decimal(operating).minus(free).toFixed() : null;
  const isYear = fiscalPeriod === "FY";
  const notes: StatementNote[] = [...(note === "" ? [] : [{ code: "told", text: note } as const]), ...(capex === null ? [] : [{ code: "capexFromFreeCashFlow" } as const])];
  return {
    companyId,
    periodKind: isYear ? "YEAR" : "QUARTER",
    fiscalYear: Number(year),
    fiscalPeriod,
    periodEnd,
    provider: source || "import",
    reference: `${isYear ? "Fiscal year" : fiscalPeriod} ${year}, to ${periodEnd}`,
    note: statementNoteText(notes),
    figures: { ...lines, operating_cash_flow: operating ?? null, capex },
  };
}

async function store(client: ClientBase, runId: string, rows: readonly Row[]): Promise<number> {
  const { rows: stored } = await client.query<Held>(
    `SELECT id, company_id AS "companyId", period_kind AS "periodKind", period_end::text AS "periodEnd", provider FROM financial_statement WHERE company_id = ANY($1::uuid[])`,
    [[...new Set(rows.map(({ companyId }) => companyId))]],
  );
  const held = new Map<string, Held[]>();
  for (const row of stored) held.set(row.companyId, [...(held.get(row.companyId) ?? []), row]);

  const outdated: string[] = [];
  const wanted = new Map<string, Row>();
  const keyOf = ({ companyId, periodKind, periodEnd }: { companyId: string; periodKind: string; periodEnd: string }) => `${companyId} ${periodKind} ${periodEnd}`;
  for (const row of rows) {
    const ofCompany = held.get(row.companyId) ?? [];
    const decision = statementDecision(row, ofCompany);
    if (decision === "keep") continue;
    const worse = decision === "replace" ? ofCompany.filter((other) => isSamePeriod(other, row)) : [];
    for (const other of worse) {
      wanted.delete(keyOf(other));
      if (other.id !== "") outdated.push(other.id);
    }
    if (decision !== "update") held.set(row.companyId, [...ofCompany.filter((other) => !worse.includes(other)), { ...row, id: "" }]);
    wanted.set(keyOf(row), row);
  }

  await client.query("DELETE FROM financial_statement WHERE id = ANY($1::uuid[])", [outdated]);
  const lines = STORED.join(", ");
  const { rowCount } = await client.query(
    `INSERT INTO financial_statement AS held (id, company_id, period_kind, fiscal_year, fiscal_period, period_end, currency, reference, provider, note, run_id, ${lines})
     SELECT gen_random_uuid(), row."companyId", row."periodKind"::period_kind, row."fiscalYear", row."fiscalPeriod", row."periodEnd", 'USD', row.reference, row.provider, row.note, $2,
            ${STORED.map((name) => `(row.figures ->> '${name}')::numeric`).join(", ")}
     FROM jsonb_to_recordset($1) AS row ("companyId" uuid, "periodKind" text, "fiscalYear" int, "fiscalPeriod" text, "periodEnd" date, reference text, provider text, note text, figures jsonb)
     ON CONFLICT (company_id, period_kind, period_end) DO UPDATE SET (fiscal_year, fiscal_period, note, run_id, ${lines}) = ROW (excluded.fiscal_year, excluded.fiscal_period, excluded.note, excluded.run_id, ${STORED.map((name) => `excluded.${name}`).join(", ")})
     WHERE (held.fiscal_year, held.fiscal_period, held.note, ${STORED.map((name) => `held.${name}`).join(", ")}) IS DISTINCT FROM (excluded.fiscal_year, excluded.fiscal_period, excluded.note, ${STORED.map((name) => `excluded.${name}`).join(", ")})`,
    [JSON.stringify([...wanted.values()]), runId],
  );
  return rowCount ?? 0;
}

/** Statements. Better sources stay: see `statementDecision` for the rule. */
async function openSink(ctx: ImportCtx): Promise<RowSink> {
  const companies = new Map((await ctx.db.company.findMany({ select: { id: true, ticker: true } })).map(({ ticker, id }) => [ticker, id]));
  const isNew = onceEach();
  return queuedRows<Row>((fields) => {
    const row = parseRow(companies, fields);
    return typeof row === "string" || isNew(`${row.companyId} ${row.fiscalYear} ${row.fiscalPeriod}`) ? row : "duplicate key";
  }, store);
}

export const FUNDAMENTALS_FILE: FileKind = {
  subject: "fundamentals",
  columns: ["ticker", "fiscal_year", "fiscal_period", "period_end", "source", "note", ...FIGURES.map(([inFile]) => inFile)],
  openSink,
};
