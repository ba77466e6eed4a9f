import type { StatementFigures } from "./trailing-window";

const DAY_MS = 86_400_000;
/** Two quarters: some filers break their debt down in every other report only. */
const STALE_DAYS = 200;

/** The newest balance sheet that tells both debt and equity, unless it is old. */
export function debtSheet(statements: readonly StatementFigures[]): StatementFigures | null {
  const newestEnd = statements.reduce((latest, { periodEnd }) => (periodEnd > latest ? periodEnd : latest), "");
  return statements
    .filter(({ periodEnd, totalDebt, equity }) => totalDebt !== null && equity !== null && Date.parse(newestEnd) - Date.parse(periodEnd) <= STALE_DAYS * DAY_MS)
    .sort((a, b) => (a.periodEnd < b.periodEnd ? 1 : -1))[0] ?? null;
}

/**
 * Debt to equity at the newest balance sheet that tells both.
 *
 *     D/E = total debt / equity
 *
 * @param statements  quarterly and annual figures in any order, one currency
 * @returns a multiple, 0 for a company that reports no debt; null when no balance sheet of the last 200 days before the newest statement
 *   reports both, or equity is not positive
 *
 * Convention: book values of one date; interest-bearing debt only, not all liabilities.
 * Source: Brealey, Myers, Allen, "Principles of Corporate Finance", 10th ed., 2011, ch. 28 (leverage ratios).
 * Worked: debt 50, equity 200 -> 0.25
 */
export function debtToEquity(statements: readonly StatementFigures[]): number | null {
  const balance = debtSheet(statements);
  if (!balance?.totalDebt || !balance.equity || balance.equity.lte(0)) return null;
  return balance.totalDebt.div(balance.equity).toNumber();
}
