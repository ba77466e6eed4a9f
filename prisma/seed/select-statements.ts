import { FISCAL_YEAR_END_MONTH } from "./company-selection";
import { STATEMENT_COLUMNS, type CompanyFigure, type StatementColumn, type StatementFigure, type StatementRow } from "./figure-files";
import type { CsvRow } from "./select-figures";
import { taggedFacts, type TaggedFacts } from "./tagged-facts";

type Figures = Partial<Record<StatementColumn, number | null>>;
type Draft = Omit<StatementRow, "figures"> & { figures: Figures };
type StatementsInput = { fundamentals: CsvRow[]; companies: CompanyFigure[]; companyFacts: (ticker: string) => unknown; report: (line: string) => void };

const MILLION = 1e6;
/** The extract keeps three significant digits of larger figures: such a figure is left out rather than shown as if it were exact. */
const EXTRACT_EXACT_BELOW = 1e11;

const read = (row: CsvRow, column: string): number | null => (row[column] ? Number(row[column]) : null);
const scaled = (value: number | null, by = MILLION) => (value === null ? null : Number((value / by).toFixed(6)));
const minus = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);

export function selectStatements({ fundamentals, companies, companyFacts, report }: StatementsInput): StatementFigure[] {
  return companies.flatMap((company) => {
    const rows = fundamentals.filter((row) => row.ticker === company.ticker);
    const tagged = rows.filter((row) => row.source === "sec_companyfacts");
    const drafts = tagged.length > 0
      ? withFourthQuarters(tagged.map((row) => taggedDraft(row, taggedFacts(companyFacts(company.ticker)))))
      : [...rows.filter((row) => row.source === "nyse_fundamentals").map((row) => extractDraft(row, company)), ...rows.filter((row) => row.source === "yahoo_quarterly").map((row) => quarterlyDraft(row))];
    const kept = drafts.filter(({ figures }) => figures.revenue != null || figures.totalAssets != null).map((draft) => settleBalance(draft, company.ticker, report));
    if (kept.length === 0) return [];
    kept.sort((a, b) => (a.end === b.end ? a.kind.localeCompare(b.kind) : a.end < b.end ? -1 : 1));
    return [{ ticker: company.ticker, rows: kept.map((draft) => ({ ...draft, figures: STATEMENT_COLUMNS.map((column) => draft.figures[column] ?? null) })) }];
  });
}

/** Fiscal year and quarter of a month end; the year is named after the calendar year in which it ends. */
export function fiscalQuarter(ticker: string, end: string): { year: number; period: "Q1" | "Q2" | "Q3" | "Q4" } {
  const [year, month] = [Number(end.slice(0, 4)), Number(end.slice(5, 7))];
  const lastMonth = FISCAL_YEAR_END_MONTH[ticker] ?? 12;
  const monthsIn = (((month - lastMonth - 1) % 12) + 12) % 12 + 1;
  return { year: month > lastMonth ? year + 1 : year, period: `Q${Math.ceil(monthsIn / 3)}` as "Q1" };
}

/** Balance-sheet, earnings and share figures shared by every route; capital spending only where free cash flow differs from operating cash flow. */
function commonFigures(row: CsvRow): Figures {
  const [operating, free] = [read(row, "operating_cash_flow"), read(row, "free_cash_flow")];
  const spent = minus(operating, free);
  return {
    revenue: scaled(read(row, "revenue")),
    operatingIncome: scaled(read(row, "operating_income")),
    interestExpense: scaled(read(row, "interest_expense")),
    netIncome: scaled(read(row, "net_income")),
    totalAssets: scaled(read(row, "total_assets")),
    totalLiabilities: scaled(read(row, "total_liabilities")),
    equity: scaled(read(row, "equity")),
    totalDebt: scaled(read(row, "total_debt")),
    cash: scaled(read(row, "cash")),
    operatingCashFlow: scaled(operating),
    capex: spent !== null && spent > 0 ? scaled(spent) : null,
    epsBasic: read(row, "eps_basic"),
    epsDiluted: read(row, "eps_diluted"),
    sharesDiluted: scaled(read(row, "shares_diluted_avg")),
    sharesOutstanding: scaled(read(row, "shares_outstanding")),
  };
}

function quarterlyDraft(row: CsvRow): Draft {
  const { year, period } = fiscalQuarter(row.ticker!, row.period_end!);
  const figures = commonFigures(row);
  // The table writes 0 where it has no figure for interest; a company without any interest would be told from its debt.
  if (figures.interestExpense === 0) figures.interestExpense = null;
  return { kind: "Q", end: row.period_end!, year, period, form: period === "Q4" ? "10-K" : "10-Q", route: "quarterly", accession: null, figures };
}

function extractDraft(row: CsvRow, company: CompanyFigure): Draft {
  const figures = commonFigures(row);
  for (const column of STATEMENT_COLUMNS) {
    const value = figures[column];
    // 0 stands for "no figure" in the extract.
    if (value === 0 || (value != null && Math.abs(value) >= EXTRACT_EXACT_BELOW / MILLION)) figures[column] = null;
  }
  if (company.isFinancial) figures.operatingIncome = null;
  return { kind: "Y", end: row.period_end!, year: Number(row.fiscal_year), period: "FY", form: "10-K", route: "extract", accession: null, figures };
}

function taggedDraft(row: CsvRow, facts: TaggedFacts | null): Draft {
  const end = row.period_end!;
  const kind = row.fiscal_period === "FY" ? "Y" : "Q";
  const span = kind === "Y" ? "year" : "quarter";
  const figures = commonFigures(row);
  const flow = (...tags: string[]) => scaled(facts?.flow(end, span, tags) ?? null);
  const stock = (...tags: string[]) => facts?.stock(end, tags) ?? null;
  const gross = flow("GrossProfit");
  const longTerm = stock("LongTermDebt") ?? (stock("LongTermDebtNoncurrent") !== null && stock("LongTermDebtCurrent") !== null ? stock("LongTermDebtNoncurrent")! + stock("LongTermDebtCurrent")! : stock("LongTermDebtNoncurrent"));
  const filing = facts?.filing(end, span) ?? null;
  return {
    kind,
    end,
    year: Number(row.fiscal_year),
    period: row.fiscal_period as Draft["period"],
    form: kind === "Y" || row.fiscal_period === "Q4" ? "10-K" : "10-Q",
    route: "sec",
    accession: filing,
    figures: {
      ...figures,
      costOfRevenue: gross !== null && figures.revenue != null ? scaled(figures.revenue - gross, 1) : flow("CostOfRevenue"),
      incomeTax: flow("IncomeTaxExpenseBenefit"),
      operatingCashFlow: flow("NetCashProvidedByUsedInOperatingActivities") ?? (kind === "Y" ? figures.operatingCashFlow : null),
      capex: flow("PaymentsToAcquirePropertyPlantAndEquipment", "PaymentsToAcquireProductiveAssets"),
      totalDebt: scaled(longTerm),
    },
  };
}

const FLOWS = ["revenue", "costOfRevenue", "operatingIncome", "interestExpense", "incomeTax", "netIncome", "operatingCashFlow", "capex"] as const;

/** Filings give no fourth quarter: it is the year less the three quarters before it, where all three are known. */
function withFourthQuarters(drafts: Draft[]): Draft[] {
  const quarters = drafts.filter((draft) => draft.kind === "Q");
  const derived = drafts.filter((draft) => draft.kind === "Y").flatMap((annual): Draft[] => {
    const known = (["Q1", "Q2", "Q3"] as const).map((period) => quarters.find((draft) => draft.year === annual.year && draft.period === period));
    if (quarters.some((draft) => draft.end === annual.end || (draft.year === annual.year && draft.period === "Q4")) || known.some((draft) => !draft)) return [];
    const figures: Figures = { ...annual.figures, epsBasic: null, epsDiluted: null, sharesDiluted: null };
    for (const column of FLOWS) {
      const parts = known.map((draft) => draft!.figures[column] ?? null);
      const total = annual.figures[column] ?? null;
      figures[column] = total === null || parts.includes(null) ? null : scaled(parts.reduce<number>((rest, part) => rest - part!, total), 1);
    }
    return [{ ...annual, kind: "Q", period: "Q4", figures }];
  });
  return [...drafts, ...derived];
}

/** Half a unit of each figure, the unit being the coarsest (a million, a hundred thousand, a thousand) of which it is a multiple. */
export function roundingOf(...amounts: readonly number[]): number {
  const unitOf = (amount: number) => [1, 0.1, 0.001].find((step) => Math.abs(amount / step - Math.round(amount / step)) < 1e-6) ?? 0.000001;
  return amounts.reduce((sum, amount) => sum + unitOf(amount) / 2, 1e-9);
}

/**
 * What assets exceed liabilities and shareholders' equity by belongs to others: non-controlling interests, redeemable ones included.
 * A negative gap is taken for a deficit of others only where it is small; otherwise the liabilities are left out, because one of the three is wrong.
 */
function settleBalance(draft: Draft, ticker: string, report: (line: string) => void): Draft {
  const { totalAssets, totalLiabilities, equity } = draft.figures;
  if (totalAssets == null || totalLiabilities == null || equity == null) return draft;
  const gap = totalAssets - totalLiabilities - equity;
  if (Math.abs(gap) <= roundingOf(totalAssets, totalLiabilities, equity)) return draft;
  if (gap > 0 || -gap < 0.002 * totalAssets) {
    return { ...draft, figures: { ...draft.figures, otherEquity: scaled(gap, 1) } };
  }
  report(`${ticker} ${draft.kind} ${draft.end}: assets miss liabilities and equity by ${gap.toFixed(3)} million (${draft.route}); liabilities left out`);
  return { ...draft, figures: { ...draft.figures, totalLiabilities: null } };
}
