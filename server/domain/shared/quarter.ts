import { AppError } from "@/server/domain/app-error";

/** A calendar quarter written "2026Q3"; such texts sort in time. */
export type Quarter = string;

const QUARTER = /^(\d{4})Q([1-4])$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const END_DAY = ["03-31", "06-30", "09-30", "12-31"] as const;
const START_DAY = ["01-01", "04-01", "07-01", "10-01"] as const;
const DAY_MS = 86_400_000;

/** Quarters since the year 0; the difference of two indices is a number of quarters. */
export function quarterIndex(quarter: Quarter): number {
  const match = QUARTER.exec(quarter);
  if (!match) throw new AppError("INVALID_INPUT", `Not a quarter like 2026Q3: ${quarter}`, { field: "quarter" });
  return Number(match[1]) * 4 + Number(match[2]) - 1;
}

/** The quarter of an index made by `quarterIndex`. */
export function quarterAt(index: number): Quarter {
  if (!Number.isInteger(index) || index < 0 || index > 39_999) throw new AppError("INVALID_INPUT", `Not the index of a quarter: ${index}`, { field: "quarter" });
  return `${String(Math.floor(index / 4)).padStart(4, "0")}Q${(index % 4) + 1}`;
}

/** The quarter `count` quarters later (earlier when negative). */
export const addQuarters = (quarter: Quarter, count: number): Quarter => quarterAt(quarterIndex(quarter) + count);

/** Quarters from one to another; negative when `to` is earlier. */
export const quartersBetween = (from: Quarter, to: Quarter): number => quarterIndex(to) - quarterIndex(from);

/** `length` quarters, the first being `from`. */
export const quarterRange = (from: Quarter, length: number): Quarter[] => Array.from({ length }, (_, i) => addQuarters(from, i));

/** The quarter in which a date (YYYY-MM-DD) lies. */
export function quarterOfDate(date: string): Quarter {
  const match = DATE.exec(date);
  const month = Number(match?.[2]);
  if (!match || month < 1 || month > 12) throw new AppError("INVALID_INPUT", `Not a date like 2026-08-21: ${date}`, { field: "date" });
  return `${match[1]}Q${Math.ceil(month / 3)}`;
}

/** Last day of the quarter, YYYY-MM-DD. */
export function quarterEndDate(quarter: Quarter): string {
  const index = quarterIndex(quarter);
  return `${quarter.slice(0, 4)}-${END_DAY[index % 4]}`;
}

/** First day of the quarter, YYYY-MM-DD. */
export function quarterStartDate(quarter: Quarter): string {
  const index = quarterIndex(quarter);
  return `${quarter.slice(0, 4)}-${START_DAY[index % 4]}`;
}

/**
 * The calendar quarter that a fiscal quarter is compared with: the one whose last day is nearest to the period's end.
 * A period that ends on 2025-10-26 covers August to October, of which 2025Q3 holds more than 2025Q4.
 */
export function quarterOfPeriodEnd(periodEnd: string): Quarter {
  const own = quarterOfDate(periodEnd);
  const before = addQuarters(own, -1);
  const days = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  return days(periodEnd) - days(quarterEndDate(before)) < days(quarterEndDate(own)) - days(periodEnd) ? before : own;
}
