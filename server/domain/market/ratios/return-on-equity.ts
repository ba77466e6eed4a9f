import type { Decimal } from "decimal.js";
import { trailingWindows, windowSum, type StatementFigures, type TrailingWindow } from "./trailing-window";

/** The first window that reports net income and whose end has a balance sheet with equity. */
export function equityWindow(statements: readonly StatementFigures[]): { window: TrailingWindow; netIncome: Decimal; equity: Decimal } | null {
  for (const window of trailingWindows(statements)) {
    const netIncome = windowSum(window, "netIncome");
    // A vendor may leave the balance sheet to either the quarter or the year of one date.
    const equity = statements.find((statement) => statement.periodEnd === window.periodEnd && statement.equity !== null)?.equity;
    if (netIncome && equity) return { window, netIncome, equity };
  }
  return null;
}

/**
 * Return on equity: twelve months of net income on the equity at their end.
 *
 *     ROE = sum(net income) / equity at the end
 *
 * @param statements  quarterly and annual figures in any order, one currency
 * @returns fraction per year (0.15 is 15 %), negative with a loss; null when a figure is missing or equity is not positive, where the
 *   sign of the ratio would mislead
 *
 * Convention: closing equity, not the average of opening and closing, so that one balance sheet is enough and all companies are alike;
 * trailing four quarters, else the fiscal year.
 * Source: Penman, "Financial Statement Analysis and Security Valuation", 5th ed., 2013, ch. 12 (return on common equity).
 * Worked: net income 4 x 5, closing equity 100 -> 0.2
 */
export function returnOnEquity(statements: readonly StatementFigures[]): number | null {
  const found = equityWindow(statements);
  return found?.equity.gt(0) ? found.netIncome.div(found.equity).toNumber() : null;
}
