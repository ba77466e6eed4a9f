import { AppError } from "@/server/domain/app-error";
import { windowOf, windowSum, type FlowLine, type StatementFigures, type TrailingWindow } from "./trailing-window";

/** Where earnings per share come from: diluted, basic where diluted is not reported for a whole window. */
export function earningsWindow(statements: readonly StatementFigures[]): { window: TrailingWindow; line: FlowLine } | null {
  for (const line of ["epsDiluted", "epsBasic"] as const) {
    const window = windowOf(statements, [line]);
    if (window) return { window, line };
  }
  return null;
}

/**
 * Price to earnings, trailing twelve months.
 *
 *     P/E = price / sum(earnings per share)
 *
 * @param price  of one share, in the statements' currency, > 0; null when no real price is known
 * @param statements  quarterly and annual figures in any order
 * @returns a multiple > 0; null without a price, when earnings are missing, or when they are zero or negative, where the multiple has no meaning
 * @throws AppError INVALID_INPUT when the price is not finite or not positive
 *
 * Convention: diluted earnings per share, basic where diluted is not reported for the whole window; the sum of four quarterly figures,
 * which differs a little from the annual figure when the share count moves.
 * Source: Damodaran, "Investment Valuation", 3rd ed., 2012, ch. 18 (trailing PE).
 * Worked: price 60, earnings per share 0.5, 0.75, 0.75, 1 -> 20
 */
export function priceEarnings(price: number | null, statements: readonly StatementFigures[]): number | null {
  if (price === null) return null;
  if (!Number.isFinite(price) || price <= 0) throw new AppError("INVALID_INPUT", "A price is a finite number above zero", { field: "price" });
  const found = earningsWindow(statements);
  const earnings = found && windowSum(found.window, found.line);
  if (!earnings || earnings.lte(0)) return null;
  return price / earnings.toNumber();
}
