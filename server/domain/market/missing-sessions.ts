import { XNYS_YEARS } from "@/server/domain/calendar/holidays/xnys";
import { sessionDates, type Calendar } from "@/server/domain/calendar/session-on";
import { tradingDate, type TradingDate } from "@/server/domain/calendar/trading-date";

/** Sessions one after another, first and last included. */
export type SessionRun = { from: TradingDate; to: TradingDate; sessions: number };

const FIRST_KNOWN = tradingDate(`${XNYS_YEARS.first}-01-01`);
const LAST_KNOWN = tradingDate(`${XNYS_YEARS.last}-12-31`);

/**
 * Sessions of the calendar that have no bar, as runs of such, oldest first. Of an exchange only the years are looked at whose holidays are known.
 *
 * @param present  days that have a bar, in any order
 * @param from, to  the days to look at, both included
 */
export function missingSessions(calendar: Calendar, present: Iterable<TradingDate>, { from, to }: { from: TradingDate; to: TradingDate }): SessionRun[] {
  const isExchange = calendar === "XNYS" || calendar === "XNAS";
  const has = new Set(present);
  const runs: SessionRun[] = [];
  let open: SessionRun | null = null;
  for (const date of sessionDates(calendar, isExchange && from < FIRST_KNOWN ? FIRST_KNOWN : from, isExchange && to > LAST_KNOWN ? LAST_KNOWN : to)) {
    if (has.has(date)) open = null;
    else if (open) Object.assign(open, { to: date, sessions: open.sessions + 1 });
    else runs.push((open = { from: date, to: date, sessions: 1 }));
  }
  return runs;
}
