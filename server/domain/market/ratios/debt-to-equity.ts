import type { StatementFigures } from "./trailing-window";

/**
 * Debt to equity at the newest balance sheet.
 *
 *     D/E = total debt / equity
 *
 * @param statements  quarterly and annual figures in any order, one currency
 * @returns a multiple, 0 for a company that reports no debt; null when debt or equity was not reported at the newest period end, or equity
 *   is not positive
 *
 * Convention: book values; interest-bearing debt only, not all liabilities.
 * Source: Brealey, Myers, Allen, "Principles of Corporate Finance", 10th ed., 2011, ch. 28 (leverage ratios).
 * Worked: debt 50, equity 200 -> 0.25
 */
export function debtToEquity(statements: readonly StatementFigures[]): number | null {
  const newestEnd = statements.reduce((latest, { periodEnd }) => (periodEnd > latest ? periodEnd : latest), "");
  const balance = statements.find(({ periodEnd, totalDebt, equity }) => periodEnd === newestEnd && totalDebt !== null && equity !== null);
  if (!balance?.totalDebt || !balance.equity || balance.equity.lte(0)) return null;
  return balance.totalDebt.div(balance.equity).toNumber();
}
