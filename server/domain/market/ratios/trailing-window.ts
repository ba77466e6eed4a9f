import type { Decimal } from "decimal.js";

/** Lines of a statement that are flows over its period; they add up over quarters. Money in whole units of one currency, costs positive. */
export const FLOW_LINES = ["revenue", "costOfRevenue", "operatingIncome", "depreciation", "interestExpense", "netIncome", "epsBasic", "epsDiluted"] as const;
export type FlowLine = (typeof FLOW_LINES)[number];

/** The period a statement speaks of. */
export type StatementPeriod = {
  periodKind: "QUARTER" | "YEAR";
  /** YYYY-MM-DD. */
  periodEnd: string;
};

/** The flows that each ratio divides, all over one window. */
export const RATIO_LINES = {
  icr: ["operatingIncome", "interestExpense"],
  icrEbitda: ["operatingIncome", "depreciation", "interestExpense"],
  grossMargin: ["revenue", "costOfRevenue"],
  operatingMargin: ["revenue", "operatingIncome"],
  netMargin: ["revenue", "netIncome"],
} as const satisfies Record<string, readonly FlowLine[]>;

/** What the ratios read of a reported statement; a figure that was not reported is null. */
export type StatementFigures = StatementPeriod & { equity: Decimal | null; totalDebt: Decimal | null } & Record<FlowLine, Decimal | null>;

export const WINDOW_BASES = ["four-quarters", "fiscal-year"] as const;
export type WindowBasis = (typeof WINDOW_BASES)[number];

/** Twelve months of flows and the statement they end with; statements newest first. */
export type TrailingWindow<S extends StatementPeriod = StatementFigures> = { basis: WindowBasis; periodEnd: string; statements: readonly S[] };

const DAY_MS = 86_400_000;
const QUARTERS = 4;
/** A quarter of 12 to 15 weeks: calendars of 52 and 53 weeks, and month ends that were rounded by a vendor. */
const QUARTER_DAYS = { least: 75, most: 106 };
/** An annual statement older than this against the newest statement known says nothing about the company of today. */
const STALE_DAYS = 400;

const daysBetween = (earlier: string, later: string) => (Date.parse(later) - Date.parse(earlier)) / DAY_MS;
const newestFirst = (a: StatementPeriod, b: StatementPeriod) => (a.periodEnd < b.periodEnd ? 1 : a.periodEnd > b.periodEnd ? -1 : 0);

function fourQuarters<S extends StatementPeriod>(statements: readonly S[]): TrailingWindow<S> | null {
  const newest = statements.filter(({ periodKind }) => periodKind === "QUARTER").sort(newestFirst).slice(0, QUARTERS);
  const consecutive = newest.slice(1).every((earlier, index) => {
    const days = daysBetween(earlier.periodEnd, newest[index]!.periodEnd);
    return days >= QUARTER_DAYS.least && days <= QUARTER_DAYS.most;
  });
  return newest.length === QUARTERS && consecutive ? { basis: "four-quarters", periodEnd: newest[0]!.periodEnd, statements: newest } : null;
}

/**
 * The windows of twelve months that a trailing ratio or a simulation may rest on, best first: the newest four consecutive quarters, and the newest
 * fiscal year. The later end comes first; at the same end the quarters do.
 *
 * @param statements  in any order; at most one per kind and period end
 * @returns none, one or two windows; none when there are fewer than four consecutive quarters and no annual statement that ends within
 *   400 days of the newest statement
 *
 * Convention: quarters are consecutive when their ends are 75 to 106 days apart.
 * Worked: quarters ending 2025-03-31, 06-30, 09-30, 12-31 and no year -> one window ending 2025-12-31
 */
export function trailingWindows<S extends StatementPeriod>(statements: readonly S[]): TrailingWindow<S>[] {
  const newest = [...statements].sort(newestFirst)[0];
  if (!newest) return [];
  const year = statements.filter(({ periodKind }) => periodKind === "YEAR").sort(newestFirst)[0];
  const fresh = year && daysBetween(year.periodEnd, newest.periodEnd) <= STALE_DAYS;
  const quarters = fourQuarters(statements);
  const windows: TrailingWindow<S>[] = [];
  if (quarters && daysBetween(quarters.periodEnd, newest.periodEnd) <= STALE_DAYS) windows.push(quarters);
  if (fresh) windows.push({ basis: "fiscal-year", periodEnd: year.periodEnd, statements: [year] });
  return windows.sort((a, b) => (a.periodEnd === b.periodEnd ? 0 : a.periodEnd < b.periodEnd ? 1 : -1));
}

/**
 * Sum of one flow over a window.
 *
 * @param window  of `trailingWindows`
 * @param line  the flow
 * @returns in the line's unit; null when any statement of the window does not report it, since a sum of three quarters is no year
 *
 * Worked: revenue 10, 11, 12, 13 -> 46; 10, null, 12, 13 -> null
 */
export function windowSum(window: TrailingWindow, line: FlowLine): Decimal | null {
  let sum: Decimal | null = null;
  for (const statement of window.statements) {
    const value = statement[line];
    if (value === null) return null;
    sum = sum === null ? value : sum.plus(value);
  }
  return sum;
}

/** The window that `trailingSums` adds up: the first in which every one of the flows is reported; null when there is none. */
export const windowOf = (statements: readonly StatementFigures[], lines: readonly FlowLine[]): TrailingWindow | null =>
  trailingWindows(statements).find((window) => lines.every((line) => windowSum(window, line) !== null)) ?? null;

/**
 * The sums of several flows over one and the same window (`windowOf`), so that the two sides of a ratio never speak of different months.
 *
 * @returns the sums by line; null when no window reports them all
 */
export function trailingSums<L extends FlowLine>(statements: readonly StatementFigures[], lines: readonly L[]): Record<L, Decimal> | null {
  const window = windowOf(statements, lines);
  return window && (Object.fromEntries(lines.map((line) => [line, windowSum(window, line)])) as Record<L, Decimal>);
}
