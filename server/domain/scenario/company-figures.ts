import { trailingWindows, type WindowBasis } from "@/server/domain/market/ratios/trailing-window";
import type { Unavailable } from "./unavailable";

/** Trailing four quarters of a flow, oldest first, USD; a fiscal year stands for four equal quarters where no single quarters are reported. */
export type Trailing = readonly [number, number, number, number];

/** One company's reported figures: what the simulation starts from. Flows are positive as paid or earned; null is "not reported", never zero. */
export type CompanyFigures = {
  ticker: string;
  name: string;
  sector: string;
  isFinancial: boolean;
  /** Last day of the newest period the figures speak of, YYYY-MM-DD. */
  periodEnd: string;
  /** Four quarters, or a fiscal year that stands for four equal ones. */
  window: WindowBasis;
  /** Filing the newest period comes from. */
  reference: string;
  provider: string;
  revenue: Trailing;
  /** Operating income; for financials income before tax. */
  ebit: Trailing;
  /** True where operating income is not reported and EBIT is net income + tax + interest. */
  ebitDerived?: boolean;
  /** Interest expense. */
  interest: Trailing | null;
  depreciation: Trailing | null;
  /** Net income + income tax; null where tax is not reported. */
  preTax: Trailing | null;
  tax: Trailing | null;
  netIncome: Trailing | null;
  operatingCashFlow: Trailing | null;
  capex: Trailing | null;
  dividends: Trailing | null;
  /** Balance-sheet stocks at `periodEnd`, USD. */
  debt: number | null;
  cash: number | null;
  equity: number | null;
  totalAssets: number | null;
};

/** Lines of a stored statement that the engine reads; costs and interest are positive, null is "not reported". */
export type StatementFigures = {
  periodKind: "QUARTER" | "YEAR";
  periodEnd: string;
  currency: string;
  reference: string;
  provider: string;
  revenue: number | null;
  operatingIncome: number | null;
  interestExpense: number | null;
  depreciation: number | null;
  incomeTax: number | null;
  netIncome: number | null;
  operatingCashFlow: number | null;
  capex: number | null;
  dividendsPaid: number | null;
  totalDebt: number | null;
  cash: number | null;
  equity: number | null;
  totalAssets: number | null;
};

export type CompanyProfile = { ticker: string; name: string; sector: string; isFinancial: boolean };
export type FiguresResult = { figures: CompanyFigures; unavailable: null } | { figures: null; unavailable: Unavailable };

type FlowLine = "revenue" | "operatingIncome" | "interestExpense" | "depreciation" | "incomeTax" | "netIncome" | "operatingCashFlow" | "capex" | "dividendsPaid";
type StockLine = "totalDebt" | "cash" | "equity" | "totalAssets";

/**
 * What the simulation starts from, out of a company's stored statements.
 *
 *     flows: the best window of twelve months (`trailingWindows`): four quarters, or a quarter of the fiscal year each;  stocks: the newest value within that window
 *     EBIT not reported: (net income + tax) + interest, tax at `taxRate` of income before tax where it is not reported either
 *
 * @param profile  who it is; a financial company's EBIT is its income before tax and its interest is left out, being its raw material
 * @param statements  in any order
 * @param taxRate  fraction of positive income before tax, where tax is not reported
 * @returns figures in USD per quarter, or the reason why there are none
 *
 * Convention: one window for all lines; a line counts only when all four quarters report it. A fiscal year newer than the newest four quarters wins over them.
 * Worked: revenue of 1, 2, 3, 4 in four adjacent quarters -> trailing [1, 2, 3, 4]; of 10 in a year only -> [2.5, 2.5, 2.5, 2.5]
 */
export function companyFigures(profile: CompanyProfile, statements: readonly StatementFigures[], taxRate: number): FiguresResult {
  const inDollars = statements.filter(({ currency }) => currency === "USD");
  if (inDollars.length === 0) return { figures: null, unavailable: { code: statements.length === 0 ? "noStatement" : "notInDollars" } };
  const found = trailingWindows(inDollars)[0];
  if (!found) return { figures: null, unavailable: { code: "noTwelveMonths" } };
  const window = found.statements.toReversed();

  const flow = (line: FlowLine): Trailing | null => {
    const values = window.map((row) => row[line]);
    if (values.some((value) => value === null)) return null;
    const [a, b, c, d] = values as number[];
    return window.length === 4 ? [a!, b!, c!, d!] : [a! / 4, a! / 4, a! / 4, a! / 4];
  };
  const stock = (line: StockLine): number | null => window.findLast((row) => row[line] !== null)?.[line] ?? null;
  const newest = window.at(-1)!;
  const revenue = flow("revenue");
  if (!revenue || revenue.some((value) => value <= 0)) return { figures: null, unavailable: { code: "revenueNotReported" } };

  const [netIncome, tax] = [flow("netIncome"), flow("incomeTax")];
  const interest = profile.isFinancial ? null : flow("interestExpense");
  const beforeTax = netIncome && (tax ? add(netIncome, tax) : map(netIncome, (value) => (value > 0 ? value / (1 - taxRate) : value)));
  const operatingIncome = profile.isFinancial ? null : flow("operatingIncome");
  const ebit = operatingIncome ?? (beforeTax && (profile.isFinancial ? beforeTax : interest && add(beforeTax, interest)));
  if (!ebit) return { figures: null, unavailable: { code: "ebitNotDerivable" } };
  return {
    unavailable: null,
    figures: {
      ...profile,
      periodEnd: newest.periodEnd, window: found.basis, reference: newest.reference, provider: newest.provider,
      revenue, ebit, ebitDerived: operatingIncome === null, interest,
      depreciation: flow("depreciation"), preTax: netIncome && tax ? add(netIncome, tax) : null, tax, netIncome,
      operatingCashFlow: flow("operatingCashFlow"), capex: flow("capex"), dividends: flow("dividendsPaid"),
      debt: stock("totalDebt"), cash: stock("cash"), equity: stock("equity"), totalAssets: stock("totalAssets"),
    },
  };
}

const map = (flow: Trailing, change: (value: number) => number): Trailing => [change(flow[0]), change(flow[1]), change(flow[2]), change(flow[3])];
const add = (a: Trailing, b: Trailing): Trailing => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
