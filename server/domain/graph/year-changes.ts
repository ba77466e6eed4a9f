import { quarterIndex, quarterOfPeriodEnd } from "@/server/domain/shared/quarter";
import { LOCKDOWN_QUARTERS } from "./revenue-models";
import type { Changes } from "./estimate-response";

const QUARTERS = 4;
const lockdown = new Set(LOCKDOWN_QUARTERS.map(quarterIndex));

/** Sums of four consecutive quarterly changes, by the last of them: the change over the year. */
export function yearChanges(quarterly: Changes): Map<number, number> {
  const back = Array.from({ length: QUARTERS }, (_, i) => i);
  return new Map([...quarterly.keys()].filter((t) => back.every((i) => quarterly.has(t - i))).map((t) => [t, back.reduce((sum, i) => sum + quarterly.get(t - i)!, 0)]));
}

/**
 * Log change of a company's quarterly revenue over the year, by calendar quarter: comparing with the same quarter takes the season out.
 *
 *     r_t = ln(R_t / R_{t-4})
 *
 * @param statements  quarters in any order; period end YYYY-MM-DD, revenue in one currency; a quarter that falls on an already taken calendar quarter replaces it
 * @returns r by quarter number; pairs with a revenue that is not positive, and pairs that touch the lockdown, are left out
 */
export function revenueYearChanges(statements: readonly { periodEnd: string; revenue: number }[]): Map<number, number> {
  const revenues = new Map(statements.map(({ periodEnd, revenue }) => [quarterIndex(quarterOfPeriodEnd(periodEnd)), revenue]));
  return new Map([...revenues].flatMap(([t, revenue]): [number, number][] => {
    const before = revenues.get(t - QUARTERS);
    const touched = lockdown.has(t) || lockdown.has(t - QUARTERS);
    return before !== undefined && before > 0 && revenue > 0 && !touched ? [[t, Math.log(revenue / before)]] : [];
  }));
}
