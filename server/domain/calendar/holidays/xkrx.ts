import { tradingDate, yearOf, type TradingDate } from "../trading-date";

/**
 * Weekdays on which the Korea Exchange does not trade, and sessions that begin later.
 * Source: for 2022 to 2025 the exchange's "Market Holidays" (global.krx.co.kr) as the open calendar exchange_calendars copies them
 * (xkrx_holidays.py), elections and days that the government set at short notice included. 2026 follows the same rules and was not held
 * against the exchange's own list: public holidays with their days in lieu, Labour Day, the last weekday of the year.
 * Whether 17 July 2026 (Constitution Day, a holiday until 2007) was traded is not certain; it counts as a session here.
 */
export const XKRX_YEARS = { first: 2022, last: 2026, lastPublished: 2025 } as const;

const CLOSED: Record<number, readonly [monthDay: string, reason: string][]> = {
  2022: [
    ["01-31", "Seollal"], ["02-01", "Seollal"], ["02-02", "Seollal"], ["03-01", "Independence Movement Day"], ["03-09", "Election day"], ["05-05", "Children's Day"],
    ["06-01", "Election day"], ["06-06", "Memorial Day (Korea)"], ["08-15", "Liberation Day"], ["09-09", "Chuseok"], ["09-12", "Chuseok"], ["10-03", "National Foundation Day"],
    ["10-10", "Hangeul Day"], ["12-30", "Last day of the year"],
  ],
  2023: [
    ["01-23", "Seollal"], ["01-24", "Seollal"], ["03-01", "Independence Movement Day"], ["05-01", "Labour Day"], ["05-05", "Children's Day"], ["05-29", "Buddha's Birthday"],
    ["06-06", "Memorial Day (Korea)"], ["08-15", "Liberation Day"], ["09-28", "Chuseok"], ["09-29", "Chuseok"], ["10-02", "Temporary holiday"], ["10-03", "National Foundation Day"],
    ["10-09", "Hangeul Day"], ["12-25", "Christmas Day"], ["12-29", "Last day of the year"],
  ],
  2024: [
    ["01-01", "New Year's Day"], ["02-09", "Seollal"], ["02-12", "Seollal"], ["03-01", "Independence Movement Day"], ["04-10", "Election day"], ["05-01", "Labour Day"],
    ["05-06", "Children's Day"], ["05-15", "Buddha's Birthday"], ["06-06", "Memorial Day (Korea)"], ["08-15", "Liberation Day"], ["09-16", "Chuseok"], ["09-17", "Chuseok"],
    ["09-18", "Chuseok"], ["10-01", "Temporary holiday"], ["10-03", "National Foundation Day"], ["10-09", "Hangeul Day"], ["12-25", "Christmas Day"], ["12-31", "Last day of the year"],
  ],
  2025: [
    ["01-01", "New Year's Day"], ["01-27", "Temporary holiday"], ["01-28", "Seollal"], ["01-29", "Seollal"], ["01-30", "Seollal"], ["03-03", "Independence Movement Day"],
    ["05-01", "Labour Day"], ["05-05", "Children's Day"], ["05-06", "Buddha's Birthday"], ["06-03", "Election day"], ["06-06", "Memorial Day (Korea)"], ["08-15", "Liberation Day"],
    ["10-03", "National Foundation Day"], ["10-06", "Chuseok"], ["10-07", "Chuseok"], ["10-08", "Chuseok"], ["10-09", "Hangeul Day"], ["12-25", "Christmas Day"], ["12-31", "Last day of the year"],
  ],
  2026: [
    ["01-01", "New Year's Day"], ["02-16", "Seollal"], ["02-17", "Seollal"], ["02-18", "Seollal"], ["03-02", "Independence Movement Day"], ["05-01", "Labour Day"],
    ["05-05", "Children's Day"], ["05-25", "Buddha's Birthday"], ["06-03", "Election day"], ["08-17", "Liberation Day"], ["09-24", "Chuseok"], ["09-25", "Chuseok"],
    ["10-05", "National Foundation Day"], ["10-09", "Hangeul Day"], ["12-25", "Christmas Day"], ["12-31", "Last day of the year"],
  ],
};

/** Sessions that open at 10:00 rather than 09:00: the year's first closes as usual; on the day of the university entrance examination the close moves as well. */
const FIRST_SESSIONS: readonly string[] = ["2022-01-03", "2023-01-02", "2024-01-02", "2025-01-02", "2026-01-02"];
const EXAMINATION_DAYS: readonly string[] = ["2022-11-17", "2023-11-16", "2024-11-14", "2025-11-13", "2026-11-19"];

const years = new Map<number, ReadonlyMap<TradingDate, string>>();

/** Weekdays without trading in a year, with the reason; empty for a year that is not kept. */
export function xkrxHolidays(year: number): ReadonlyMap<TradingDate, string> {
  const kept = years.get(year) ?? new Map((CLOSED[year] ?? []).map(([monthDay, reason]) => [tradingDate(`${year}-${monthDay}`), reason]));
  years.set(year, kept);
  return kept;
}

/** How many minutes later than usual a session opens and closes. */
export const xkrxDelay = (date: TradingDate): { open: number; close: number } => (EXAMINATION_DAYS.includes(date) ? { open: 60, close: 60 } : { open: FIRST_SESSIONS.includes(date) ? 60 : 0, close: 0 });

/** Whether the exchange's own list says so, or our reading of its rules. */
export const isXkrxPublished = (date: TradingDate): boolean => yearOf(date) <= XKRX_YEARS.lastPublished;
