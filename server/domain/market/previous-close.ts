import { AppError } from "@/server/domain/app-error";
import { newestBegunSession } from "@/server/domain/calendar/exchange-clock";
import { KNOWN_YEARS, nextSession, previousSession, type Calendar } from "@/server/domain/calendar/session-on";
import { utcDate, yearOf, type TradingDate } from "@/server/domain/calendar/trading-date";

export type DailyClose = { date: string; close: number };
export type PreviousClose = { /** The session that a price of now belongs to. */ session: TradingDate; /** The one before it. */ previousSession: TradingDate; /** Null where the close of that session is not known. */ close: number | null };

/**
 * The close that a price of now is compared with: that of the session before the newest one that has begun.
 *
 *     S = newest session with opening <= now,   previous close = C(session before S)
 *
 * @param calendar  the instrument's sessions; 24/7 has one each UTC day
 * @param closes  C: daily closes with their session's date, in any order, in the instrument's own unit
 * @param now  any instant of the years that the calendar is known for
 * @returns the two sessions, and the close; null close where that session's is not among `closes` (a gap is not bridged by an older close)
 * @throws AppError INVALID_INPUT outside of the years known
 *
 * Convention: before the opening the price shown is still the last session's, so it is compared with the session before that; likewise after the close, on weekends and holidays.
 *   At the instant of opening the reference moves on by one session.
 * Worked: XNYS, closes 2025-07-01: 10, 07-02: 11, 07-03: 12 -> at 2025-07-04T15:00Z (holiday) session 07-03, previous close 11; at 2025-07-07T13:30Z session 07-07, previous close 12
 */
export function previousClose(calendar: Calendar, closes: readonly DailyClose[], now: Date): PreviousClose {
  const session = newestBegunSession(calendar, now).date;
  const before = previousSession(calendar, session).date;
  return { session, previousSession: before, close: closes.find(({ date }) => date === before)?.close ?? null };
}

const HOUR_MS = 3_600_000;
/** Hours by which a day begins before the UTC day of the same date: some exchanges in Korea count coins from midnight in Seoul. */
export const COIN_DAY_HOURS = { UTC: 0, KST: 9 } as const;
export type CoinDay = keyof typeof COIN_DAY_HOURS;

/**
 * The price at the end of a coin's day before, which its daily change is counted from.
 *
 *     D = floor((now + h) / 24 h) * 24 h - h,   previous close = close of the bar that ends at D
 *
 * @param bars  bars of one length: their start, epoch milliseconds, and close, in any order and any one unit, > 0
 * @param options.barMs  length of a bar, > 0, which divides an hour or a day
 * @param options.day  h: UTC days (0 h), or days of Seoul (9 h) for an exchange that counts from midnight there; which of them one counts is for its own documents to say
 * @param options.nowMs  epoch milliseconds
 * @returns the day that has begun, its first instant, and the close; null close where no bar ends at that instant
 * @throws AppError INVALID_INPUT when the bar's length is not above 0 or the instant is no number
 *
 * Convention: days have 24 hours, since neither UTC nor Seoul keeps daylight time. Daily UTC bars hold no price of 15:00 UTC, so days of Seoul need bars of an hour or less.
 * Worked: hourly bars, the one of 2025-03-01T14:00Z closing at 7: at 2025-03-01T16:00Z the day of Seoul is 2025-03-02, began at 15:00Z, previous close 7
 */
export function previousCoinClose(bars: readonly { startMs: number; close: number }[], { barMs, day, nowMs }: { barMs: number; day: CoinDay; nowMs: number }): { date: TradingDate; beganAt: Date; close: number | null } {
  if (!(barMs > 0) || !Number.isFinite(nowMs)) throw new AppError("INVALID_INPUT", "A bar is longer than nothing, and now is an instant", { field: "barMs" });
  const shift = COIN_DAY_HOURS[day] * HOUR_MS;
  const date = utcDate(new Date(nowMs + shift));
  const beganMs = Date.parse(`${date}T00:00:00Z`) - shift;
  return { date, beganAt: new Date(beganMs), close: bars.find(({ startMs }) => startMs + barMs === beganMs)?.close ?? null };
}


/** Whether a session lies between two dates, so that the close of the first is not the one before the second. Not said of currencies, whose holidays nobody sets, nor outside of the years known. */
export function isGapBetween(calendar: Calendar, earlier: TradingDate, later: TradingDate): boolean {
  const known = KNOWN_YEARS[calendar];
  if (calendar === "FX" || (known && (yearOf(earlier) < known.first || yearOf(later) > known.last))) return false;
  return earlier < later && nextSession(calendar, earlier).date < later;
}
