import { compareText } from "@/server/domain/shared/compare-text";
import { addQuarters, quarterOfPeriodEnd } from "@/server/domain/shared/quarter";
import type { CompanyFigures, Trailing } from "./company-path";

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
export type FiguresResult = { figures: CompanyFigures; unavailable: null } | { figures: null; unavailable: string };

type FlowLine = "revenue" | "operatingIncome" | "interestExpense" | "depreciation" | "incomeTax" | "netIncome" | "operatingCashFlow" | "capex" | "dividendsPaid";
type StockLine = "totalDebt" | "cash" | "equity" | "totalAssets";

/**
 * What the simulation starts from, out of a company's stored statements.
 *
 *     flows: the four newest adjacent quarters, else a quarter of the newest fiscal year;  stocks: the newest value within that window
 *     EBIT not reported: (net income + tax) + interest, tax at `taxRate` of income before tax where it is not reported either
 *
 * @param profile  who it is; a financial company's EBIT is its income before tax and its interest is left out, being its raw material
 * @param statements  in any order
 * @param taxRate  fraction of positive income before tax, where tax is not reported
 * @returns figures in USD per quarter, or the reason why there are none
 *
 * Convention: a line counts only when all four quarters report it. A fiscal year newer than the newest four quarters wins over them.
 * Worked: revenue of 1, 2, 3, 4 in four adjacent quarters -> trailing [1, 2, 3, 4]; of 10 in a year only -> [2.5, 2.5, 2.5, 2.5]
 */
export function companyFigures(profile: CompanyProfile, statements: readonly StatementFigures[], taxRate: number): FiguresResult {
  const inDollars = statements.filter(({ currency }) => currency === "USD");
  if (inDollars.length === 0) return { figures: null, unavailable: statements.length === 0 ? "No statement is stored" : "Statements are not in USD" };
  const window = newestWindow(inDollars);
  if (!window) return { figures: null, unavailable: "Neither four adjacent quarters nor a fiscal year are stored" };

  const flow = (line: FlowLine): Trailing | null => {
    const values = window.map((row) => row[line]);
    if (values.some((value) => value === null)) return null;
    const [a, b, c, d] = values as number[];
    return window.length === 4 ? [a!, b!, c!, d!] : [a! / 4, a! / 4, a! / 4, a! / 4];
  };
  const stock = (line: StockLine): number | null => window.findLast((row) => row[line] !== null)?.[line] ?? null;
  const newest = window.at(-1)!;
  const revenue = flow("revenue");
  if (!revenue || revenue.some((value) => value <= 0)) return { figures: null, unavailable: "Revenue of the last four quarters is not reported" };

  const [netIncome, tax] = [flow("netIncome"), flow("incomeTax")];
  const interest = profile.isFinancial ? null : flow("interestExpense");
  const beforeTax = netIncome && (tax ? add(netIncome, tax) : map(netIncome, (value) => (value > 0 ? value / (1 - taxRate) : value)));
  const operatingIncome = profile.isFinancial ? null : flow("operatingIncome");
  const ebit = operatingIncome ?? (beforeTax && (profile.isFinancial ? beforeTax : interest && add(beforeTax, interest)));
  if (!ebit) return { figures: null, unavailable: "Operating income of the last four quarters is neither reported nor derivable" };
  return {
    unavailable: null,
    figures: {
      ...profile,
      periodEnd: newest.periodEnd, reference: newest.reference, provider: newest.provider,
      revenue, ebit, ebitDerived: operatingIncome === null, interest,
      depreciation: flow("depreciation"), preTax: netIncome && tax ? add(netIncome, tax) : null, tax, netIncome,
      operatingCashFlow: flow("operatingCashFlow"), capex: flow("capex"), dividends: flow("dividendsPaid"),
      debt: stock("totalDebt"), cash: stock("cash"), equity: stock("equity"), totalAssets: stock("totalAssets"),
    },
  };
}

const map = (flow: Trailing, change: (value: number) => number): Trailing => [change(flow[0]), change(flow[1]), change(flow[2]), change(flow[3])];
const add = (a: Trailing, b: Trailing): Trailing => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];

/** Four adjacent quarters that end with the newest quarter, or the newest fiscal year when that is newer or there are no four. */
function newestWindow(statements: readonly StatementFigures[]): StatementFigures[] | null {
  const byDate = (kind: StatementFigures["periodKind"]) => statements.filter(({ periodKind }) => periodKind === kind).sort((a, b) => compareText(a.periodEnd, b.periodEnd));
  const lastFour = byDate("QUARTER").slice(-4);
  const year = byDate("YEAR").at(-1);
  const first = lastFour[0] && quarterOfPeriodEnd(lastFour[0].periodEnd);
  const isAdjacent = lastFour.length === 4 && lastFour.every(({ periodEnd }, i) => quarterOfPeriodEnd(periodEnd) === addQuarters(first!, i));
  if (isAdjacent && !(year && year.periodEnd > lastFour[3]!.periodEnd)) return lastFour;
  return year ? [year] : null;
}
