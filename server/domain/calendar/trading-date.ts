import { AppError } from "@/server/domain/app-error";

/** A day of an exchange, YYYY-MM-DD, without zone. */
export type TradingDate = string & { readonly brand: "TradingDate" };

const DAY_MS = 86_400_000;

/** The date a text names, or null; days that do not exist (2025-02-30) are no dates. */
export function parseTradingDate(text: string): TradingDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? null : (text as TradingDate);
}

/** The date a text names. Throws AppError INVALID_INPUT when it names none. */
export function tradingDate(text: string): TradingDate {
  const date = parseTradingDate(text);
  if (date === null) throw new AppError("INVALID_INPUT", `Not a date of the form YYYY-MM-DD: ${text.slice(0, 20)}`, { field: "date" });
  return date;
}

/** The UTC day of an instant. */
export const utcDate = (instant: Date): TradingDate => instant.toISOString().slice(0, 10) as TradingDate;

/** The date some days later, or earlier when negative. */
export const addDays = (date: TradingDate, days: number): TradingDate => utcDate(new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS));

/** 0 is Sunday, 6 is Saturday. */
export const weekday = (date: TradingDate): number => new Date(`${date}T00:00:00Z`).getUTCDay();

export const yearOf = (date: TradingDate): number => Number(date.slice(0, 4));

/** The n-th such weekday of a month (1 is the first); negative counts from the end (-1 is the last). */
export function nthWeekday(year: number, month: number, day: number, n: number): TradingDate {
  if (n > 0) {
    const first = utcDate(new Date(Date.UTC(year, month - 1, 1)));
    return addDays(first, ((day - weekday(first) + 7) % 7) + (n - 1) * 7);
  }
  const last = utcDate(new Date(Date.UTC(year, month, 0)));
  return addDays(last, -((weekday(last) - day + 7) % 7) + (n + 1) * 7);
}

/**
 * Easter Sunday of the Gregorian calendar.
 *
 * @param year  1583 or later
 * @returns the Sunday's date
 *
 * Source: anonymous Gregorian algorithm, in Meeus, "Astronomical Algorithms", 1991, ch. 8.
 * Worked: 2025 -> 2025-04-20
 */
export function easterSunday(year: number): TradingDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return utcDate(new Date(Date.UTC(year, month - 1, day)));
}
