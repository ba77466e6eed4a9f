import type { Changes } from "./estimate-response";

/** Months since the year 0 of a date YYYY-MM-DD. */
export const monthIndex = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;

/** First day of the month with this number. */
export const monthStart = (index: number): string => `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}-01`;

/** A month of fewer trading days is not compared: it is the first or the last of a record. */
const LEAST_DAYS = 15;

export type MonthMean = { month: number; mean: number; days: number };

/** Mean daily close of each month, in no particular order; closes that are not positive are left out. */
export function monthMeans(bars: readonly { date: string; close: number }[]): MonthMean[] {
  const months = new Map<number, { sum: number; days: number }>();
  for (const { date, close } of bars) {
    if (!(close > 0)) continue;
    const index = monthIndex(date);
    const month = months.get(index) ?? { sum: 0, days: 0 };
    months.set(index, { sum: month.sum + close, days: month.days + 1 });
  }
  return [...months].map(([month, { sum, days }]) => ({ month, mean: sum / days, days }));
}

/**
 * Log change of the mean daily close from month to month. Means are compared because the drivers' monthly figures are means too: a month's last close would be set
 * against a rate of two weeks earlier.
 *
 *     r_t = ln(m_t / m_{t-1})
 *
 * @param means  m: mean daily close, adjusted for splits and dividends, of any months in any order
 * @returns r by month number; months with fewer than 15 closes give nothing
 *
 * Convention: changes of monthly means are correlated over one month by construction; errors that allow for autocorrelation take care of it.
 * Source: Working, "Note on the Correlation of First Differences of Averages in a Random Chain", Econometrica 28(4), 1960.
 */
export function meanCloseChanges(means: readonly MonthMean[]): Map<number, number> {
  const whole = new Map(means.filter(({ days, mean }) => days >= LEAST_DAYS && mean > 0).map(({ month, mean }) => [month, mean]));
  return new Map([...whole].filter(([month]) => whole.has(month - 1)).map(([month, mean]) => [month, Math.log(mean / whole.get(month - 1)!)]));
}

/** Month-on-month changes of a published monthly series: differences as fractions for rates in percent, log changes for levels. */
export function monthlyChanges(observations: readonly { date: string; value: number }[], kind: "percent" | "level"): Changes {
  const values = new Map(observations.map(({ date, value }) => [monthIndex(date), value]));
  return new Map([...values].flatMap(([index, value]): [number, number][] => {
    const before = values.get(index - 1);
    if (before === undefined) return [];
    if (kind === "percent") return [[index, (value - before) / 100]];
    return value > 0 && before > 0 ? [[index, Math.log(value / before)]] : [];
  }));
}
