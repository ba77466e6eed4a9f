import { AppError } from "@/server/domain/app-error";
import { sessionOn, toCalendar } from "@/server/domain/calendar/session-on";
import { tradingDate, utcDate } from "@/server/domain/calendar/trading-date";

const MAX_KEPT = 5_000;

export type TradingWindow = { date: string; opensAt: number; closesAt: number };

/** When instruments trade. `calendar` is the instrument's own: a market identifier code, or 24/7 for coins. Times are epoch milliseconds. */
export type SessionClock = {
  /** The session under way at an instant; null while that market is closed. */
  sessionAt: (calendar: string, atMs: number) => TradingWindow | null;
  /** When the session of a date closed or will close; null when none is known for it. */
  closeOf: (calendar: string, date: string) => number | null;
};

/** Reads the session calendars. Where none is kept (an unknown market, a year beyond those known) nothing is claimed to trade. */
export function createSessionClock(): SessionClock {
  const found = new Map<string, TradingWindow | null>();

  const windowOf = (calendar: string, date: string): TradingWindow | null => {
    const key = `${calendar} ${date}`;
    const kept = found.get(key);
    if (kept !== undefined) return kept;
    if (found.size >= MAX_KEPT) found.clear();
    const window = lookUp(calendar, date);
    found.set(key, window);
    return window;
  };

  return {
    sessionAt(calendar, atMs) {
      // Every kept session lies inside the UTC day of its date.
      const window = windowOf(calendar, utcDate(new Date(atMs)));
      return window && atMs >= window.opensAt && atMs < window.closesAt ? window : null;
    },
    closeOf: (calendar, date) => windowOf(calendar, date)?.closesAt ?? null,
  };
}

function lookUp(calendar: string, date: string): TradingWindow | null {
  try {
    const session = sessionOn(toCalendar(calendar), tradingDate(date));
    return session && { date, opensAt: session.opensAt.getTime(), closesAt: session.closesAt.getTime() };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
