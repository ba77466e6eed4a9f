import { debtSheet, debtToEquity } from "./debt-to-equity";
import { interestCoverage, interestCoverageEbitda } from "./interest-coverage";
import { grossMargin, netMargin, operatingMargin } from "./margins";
import { earningsWindow, priceEarnings } from "./price-earnings";
import { equityWindow, returnOnEquity } from "./return-on-equity";
import { RATIO_LINES, WINDOW_BASES, windowOf, type StatementFigures } from "./trailing-window";

export type CompanyRatios = {
  icr: number | null;
  icrEbitda: number | null;
  priceEarnings: number | null;
  returnOnEquity: number | null;
  debtToEquity: number | null;
  operatingMargin: number | null;
  netMargin: number | null;
  grossMargin: number | null;
};

/** All ratios of one company. Interest is the raw material of a bank or broker, so its coverage is left out, not shown as a low one. */
export function companyRatios(statements: readonly StatementFigures[], { price, isFinancial }: { price: number | null; isFinancial: boolean }): CompanyRatios {
  return {
    icr: isFinancial ? null : interestCoverage(statements),
    icrEbitda: isFinancial ? null : interestCoverageEbitda(statements),
    priceEarnings: priceEarnings(price, statements),
    returnOnEquity: returnOnEquity(statements),
    debtToEquity: debtToEquity(statements),
    operatingMargin: operatingMargin(statements),
    netMargin: netMargin(statements),
    grossMargin: grossMargin(statements),
  };
}

/** What a ratio rests on: twelve months of flows that end on a date, or one balance sheet. */
export const RATIO_BASES = [...WINDOW_BASES, "balance-sheet"] as const;
export type RatioWindow = { basis: (typeof RATIO_BASES)[number]; periodEnd: string };
export type RatioWindows = Record<keyof CompanyRatios | "revenue", RatioWindow | null>;

/** The months each ratio speaks of; a company may report its interest by year and its sales by quarter. Null where nothing can be computed. */
export function ratioWindows(statements: readonly StatementFigures[]): RatioWindows {
  const told = (window: RatioWindow | null | undefined): RatioWindow | null => (window ? { basis: window.basis, periodEnd: window.periodEnd } : null);
  const ofLines = (line: keyof typeof RATIO_LINES) => told(windowOf(statements, RATIO_LINES[line]));
  const sheet = debtSheet(statements);
  return {
    revenue: told(windowOf(statements, ["revenue"])),
    icr: ofLines("icr"),
    icrEbitda: ofLines("icrEbitda"),
    priceEarnings: told(earningsWindow(statements)?.window),
    returnOnEquity: told(equityWindow(statements)?.window),
    debtToEquity: sheet && { basis: "balance-sheet", periodEnd: sheet.periodEnd },
    operatingMargin: ofLines("operatingMargin"),
    netMargin: ofLines("netMargin"),
    grossMargin: ofLines("grossMargin"),
  };
}
