import { AppError } from "@/server/domain/app-error";
import { XKRX_YEARS, xkrxDelay, xkrxHolidays } from "./holidays/xkrx";
import { XNYS_YEARS, xnysHalfDays, xnysHolidays } from "./holidays/xnys";
import { addDays, nthWeekday, tradingDate, weekday, yearOf, type TradingDate } from "./trading-date";

/** XNYS and XNAS keep one calendar; XKRX is the Korea Exchange; coins trade every day, currencies (FX) on weekdays. */
export const CALENDARS = ["XNYS", "XNAS", "XKRX", "24/7", "FX"] as const;
export type Calendar = (typeof CALENDARS)[number];

export type Session = { date: TradingDate; opensAt: Date; closesAt: Date; isHalfDay: boolean };

const [SUNDAY, SATURDAY] = [0, 6] as const;
const MINUTE_MS = 60_000;
const OPEN_MINUTES = 9 * 60 + 30;
const CLOSE_MINUTES = 16 * 60;
const HALF_DAY_CLOSE_MINUTES = 13 * 60;
const DAY_MINUTES = 24 * 60;
/** Seoul is nine hours ahead of UTC and keeps no daylight time: 09:00 there is midnight UTC, of the same date. */
const KRX_CLOSE_MINUTES = 6 * 60 + 30;

type XnysYear = { holidays: ReadonlyMap<TradingDate, string>; halfDays: ReadonlySet<TradingDate>; daylight: { starts: TradingDate; ends: TradingDate } };
const years = new Map<number, XnysYear>();

function xnysYear(year: number): XnysYear {
  const known = years.get(year) ?? { holidays: xnysHolidays(year), halfDays: xnysHalfDays(year), daylight: daylightTime(year) };
  years.set(year, known);
  return known;
}

/** Daylight time of New York: second Sunday of March to first Sunday of November since 2007 (Energy Policy Act of 2005), before that first Sunday of April to last Sunday of October. No session falls on such a Sunday, so the day decides. */
const daylightTime = (year: number) =>
  year >= 2007 ? { starts: nthWeekday(year, 3, SUNDAY, 2), ends: nthWeekday(year, 11, SUNDAY, 1) } : { starts: nthWeekday(year, 4, SUNDAY, 1), ends: nthWeekday(year, 10, SUNDAY, -1) };

const at = (date: TradingDate, minutes: number) => new Date(Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE_MS);

/** Years for which a calendar's days are kept; null for one that has no holidays and so no end. */
export const KNOWN_YEARS: Record<Calendar, { first: number; last: number } | null> = { XNYS: XNYS_YEARS, XNAS: XNYS_YEARS, XKRX: XKRX_YEARS, "24/7": null, FX: null };

/** The calendar a text names. Throws AppError INVALID_INPUT when it is not kept here. */
export function toCalendar(text: string): Calendar {
  const calendar = CALENDARS.find((known) => known === text);
  if (!calendar) throw new AppError("INVALID_INPUT", `The session calendar ${text} is not known`, { field: "calendar" });
  return calendar;
}

/**
 * The session of a calendar on a date.
 *
 * @returns opening and closing instants in UTC; null on a day without trading
 * @throws AppError INVALID_INPUT for an exchange date outside the years its holidays are known for
 *
 * Convention: regular hours: New York 09:30 to 16:00, 13:00 on half days; Seoul 09:00 to 15:30; a coin's session is the UTC day, a currency's the UTC weekday.
 * Worked: XNYS 2025-07-03 -> 13:30Z to 17:00Z, half day; 2025-07-04 -> null
 */
export function sessionOn(calendar: Calendar, date: TradingDate): Session | null {
  const isWeekend = weekday(date) === SUNDAY || weekday(date) === SATURDAY;
  if (calendar === "24/7" || calendar === "FX") {
    return calendar === "FX" && isWeekend ? null : { date, opensAt: at(date, 0), closesAt: at(date, DAY_MINUTES), isHalfDay: false };
  }
  const year = yearOf(date);
  const known = KNOWN_YEARS[calendar];
  if (known && (year < known.first || year > known.last)) throw new AppError("INVALID_INPUT", `Sessions of ${calendar} are known from ${known.first} to ${known.last}`, { field: "date" });
  if (calendar === "XKRX") {
    if (isWeekend || xkrxHolidays(year).has(date)) return null;
    const { open, close } = xkrxDelay(date);
    return { date, opensAt: at(date, open), closesAt: at(date, KRX_CLOSE_MINUTES + close), isHalfDay: false };
  }
  const { holidays, halfDays, daylight } = xnysYear(year);
  if (isWeekend || holidays.has(date)) return null;
  const offset = (date >= daylight.starts && date < daylight.ends ? 4 : 5) * 60;
  const isHalfDay = halfDays.has(date);
  return { date, opensAt: at(date, OPEN_MINUTES + offset), closesAt: at(date, (isHalfDay ? HALF_DAY_CLOSE_MINUTES : CLOSE_MINUTES) + offset), isHalfDay };
}

function firstSession(calendar: Calendar, date: TradingDate, step: 1 | -1): Session {
  for (let day = addDays(date, step); ; day = addDays(day, step)) {
    const session = sessionOn(calendar, day);
    if (session) return session;
  }
}

/** The first session after a date. */
export const nextSession = (calendar: Calendar, date: TradingDate): Session => firstSession(calendar, date, 1);

/** The last session before a date. */
export const previousSession = (calendar: Calendar, date: TradingDate): Session => firstSession(calendar, date, -1);

/** Dates with a session, from and to included, oldest first. */
export function sessionDates(calendar: Calendar, from: TradingDate, to: TradingDate): TradingDate[] {
  const dates: TradingDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (sessionOn(calendar, day)) dates.push(day);
  return dates;
}

/** The newest session that is over at an instant. */
export function lastClosedSession(calendar: Calendar, now: Date): Session {
  // An exchange's day is never more than a day away from the UTC day.
  const tomorrow = addDays(tradingDate(now.toISOString().slice(0, 10)), 1);
  let session = previousSession(calendar, addDays(tomorrow, 1));
  while (session.closesAt.getTime() > now.getTime()) session = previousSession(calendar, session.date);
  return session;
}
