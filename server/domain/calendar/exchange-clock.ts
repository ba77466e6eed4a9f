import { AppError } from "@/server/domain/app-error";
import { isXkrxPublished, xkrxHolidays } from "./holidays/xkrx";
import { xnysHolidays } from "./holidays/xnys";
import { nextSession, previousSession, sessionOn, type Calendar, type Session } from "./session-on";
import { addDays, utcDate, yearOf, type TradingDate } from "./trading-date";

/** Why a market is closed at an instant; `holiday` carries its name as the calendar has it. */
export type ClosedBecause = { code: "beforeOpen" | "afterClose" | "weekend" } | { code: "holiday"; name: string };

export type ExchangeClock = {
  calendar: Calendar;
  isOpen: boolean;
  /** Of the session under way, or of the next one. */
  isHalfDay: boolean;
  /** When the session under way began; null while closed, and for what never closes. */
  openedAt: Date | null;
  /** When it ends; null while closed, and for what never closes. */
  closesAt: Date | null;
  /** The next opening; null while open, and where the calendar is not known that far. */
  opensAt: Date | null;
  closedBecause: ClosedBecause | null;
  /** `published`: the exchange's own list of days; `rule`: the rules as published, not held against the list; `convention`: no exchange sets it. */
  certainty: "published" | "rule" | "convention";
};


/**
 * Whether a market is open at an instant, and when that changes.
 *
 * @param calendar  whose regular hours; pre-market and after-hours trading count as closed
 * @param now  any instant of the years that the calendar is known for
 * @returns instants in UTC: sessions that follow each other without a break (currencies from Monday to Friday) are one
 * @throws AppError INVALID_INPUT outside of the years known
 *
 * Convention: an exchange's date is that of its UTC day, within which all of its kept sessions lie. An instant of opening is open, one of closing closed.
 * Worked: XNYS 2025-07-03T17:00Z (a half day) -> closed, afterClose, opens 2025-07-07T13:30Z, since the fourth is a holiday and a weekend follows
 */
export function exchangeClock(calendar: Calendar, now: Date): ExchangeClock {
  const certainty = certaintyOf(calendar, utcDate(now));
  if (calendar === "24/7") return { calendar, isOpen: true, isHalfDay: false, openedAt: null, closesAt: null, opensAt: null, closedBecause: null, certainty };
  const date = utcDate(now);
  const today = sessionOn(calendar, date);
  if (today && now >= today.opensAt && now < today.closesAt) {
    return { calendar, isOpen: true, isHalfDay: today.isHalfDay, openedAt: runFrom(calendar, today, -1).opensAt, closesAt: runFrom(calendar, today, 1).closesAt, opensAt: null, closedBecause: null, certainty };
  }
  const next = today && now < today.opensAt ? today : orUnknown(() => nextSession(calendar, date));
  return { calendar, isOpen: false, isHalfDay: next?.isHalfDay ?? false, openedAt: null, closesAt: null, opensAt: next?.opensAt ?? null, closedBecause: reasonOf(calendar, date, today, now), certainty };
}

/** The first or last of the sessions that touch each other. */
function runFrom(calendar: Calendar, session: Session, step: 1 | -1): Session {
  if (calendar !== "FX") return session;
  const other = step === 1 ? nextSession(calendar, session.date) : previousSession(calendar, session.date);
  const touches = step === 1 ? other.opensAt.getTime() === session.closesAt.getTime() : other.closesAt.getTime() === session.opensAt.getTime();
  return touches ? runFrom(calendar, other, step) : session;
}

function reasonOf(calendar: Calendar, date: TradingDate, today: Session | null, now: Date): ClosedBecause {
  if (today) return { code: now < today.opensAt ? "beforeOpen" : "afterClose" };
  const name = (calendar === "XKRX" ? xkrxHolidays : xnysHolidays)(yearOf(date)).get(date);
  if (calendar !== "FX" && name !== undefined) return { code: "holiday", name };
  return { code: "weekend" };
}

function certaintyOf(calendar: Calendar, date: TradingDate): ExchangeClock["certainty"] {
  if (calendar === "FX" || calendar === "24/7") return "convention";
  return calendar !== "XKRX" || isXkrxPublished(date) ? "published" : "rule";
}

function orUnknown<T>(find: () => T): T | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** The newest session that has begun by an instant: the one that a price of now belongs to, also after its close, on a weekend and before the next opening. */
export function newestBegunSession(calendar: Calendar, now: Date): Session {
  const tomorrow = addDays(utcDate(now), 1);
  let session = previousSession(calendar, tomorrow);
  while (session.opensAt.getTime() > now.getTime()) session = previousSession(calendar, session.date);
  return session;
}
