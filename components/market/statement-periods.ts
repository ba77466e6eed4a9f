import type { StatementDto, StatementLine } from "@/server/contracts/market";

export const STATEMENT_TABS = {
  income: ["revenue", "costOfRevenue", "operatingIncome", "depreciation", "interestExpense", "incomeTax", "netIncome", "epsBasic", "epsDiluted", "sharesDiluted"],
  balance: ["totalAssets", "cash", "totalLiabilities", "totalDebt", "equity", "sharesOutstanding"],
  cashFlow: ["operatingCashFlow", "capex", "dividendsPaid"],
} as const satisfies Record<string, readonly StatementLine[]>;
export type StatementTab = keyof typeof STATEMENT_TABS;

export const PER_SHARE: readonly StatementLine[] = ["epsBasic", "epsDiluted"];
export const SHARE_COUNTS: readonly StatementLine[] = ["sharesDiluted", "sharesOutstanding"];

const MOST = 8;

/** The newest periods of one kind, oldest first, as a statement is read. */
export const shownPeriods = (statements: readonly StatementDto[], kind: StatementDto["periodKind"]): StatementDto[] =>
  statements.filter(({ periodKind }) => periodKind === kind).sort((a, b) => (a.periodEnd < b.periodEnd ? -1 : 1)).slice(-MOST);

/** Lines of a tab with a figure in any of the periods, and those without. */
export function splitLines(periods: readonly StatementDto[], tab: StatementTab): { shown: StatementLine[]; missing: StatementLine[] } {
  const has = (line: StatementLine) => periods.some(({ lines }) => lines[line] !== null);
  const all: readonly StatementLine[] = STATEMENT_TABS[tab];
  return { shown: all.filter(has), missing: all.filter((line) => !has(line)) };
}

/** Relative change of the newest figure on the one a year before it; null when either is missing or the base is not positive. */
export function yearOnYear(periods: readonly StatementDto[], line: StatementLine): number | null {
  const newest = periods.at(-1);
  if (!newest) return null;
  const back = periods.find(({ periodKind, fiscalYear, fiscalPeriod }) => periodKind === newest.periodKind && fiscalYear === newest.fiscalYear - 1 && fiscalPeriod === newest.fiscalPeriod);
  const [now, then] = [newest.lines[line], back?.lines[line] ?? null];
  if (now === null || then === null || Number(then) <= 0) return null;
  return Number(now) / Number(then) - 1;
}
