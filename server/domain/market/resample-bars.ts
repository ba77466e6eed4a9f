import { AppError } from "@/server/domain/app-error";
import { sessionOn, type Calendar, type Session } from "@/server/domain/calendar/session-on";
import { addDays, utcDate, weekday, type TradingDate } from "@/server/domain/calendar/trading-date";
import type { BarFigures } from "./bar-fault";

/** Lengths of bars, shortest first; each is made of any that stands before it. */
export const BAR_LENGTHS = ["1m", "5m", "15m", "1h", "1d", "1w", "1mo"] as const;
export type BarLength = (typeof BAR_LENGTHS)[number];

/** Of bars within a session. */
export const BAR_MINUTES = { "1m": 1, "5m": 5, "15m": 15, "1h": 60 } as const;
type Intraday = keyof typeof BAR_MINUTES;
export const isIntraday = (length: BarLength): length is Intraday => length in BAR_MINUTES;

/** `time` is the start in milliseconds UTC; of bars of a day and longer the first day at 00:00Z. */
export type TimedBar = BarFigures & { time: number };
/** `isPartial`: what the bar stands for was not over. */
export type ResampledBar = TimedBar & { isPartial: boolean };

type Resampling = { calendar: Calendar; from: BarLength; to: BarLength; /** When the bars were read. */ asOf: Date };
type Place = { start: number; /** Worked out for the last bar alone. */ endsAt: () => number };

const MINUTE_MS = 60_000;
/** No bar is longer; one that began earlier is over, whatever the calendar knows of its days. */
const LONGEST_MS = 32 * 24 * 60 * MINUTE_MS;
const dayStart = (date: TradingDate) => Date.parse(`${date}T00:00:00Z`);

const mondayOf = (date: TradingDate) => addDays(date, -((weekday(date) + 6) % 7));
const firstOfMonth = (date: TradingDate) => `${date.slice(0, 7)}-01` as TradingDate;
const lastOfMonth = (date: TradingDate) => utcDate(new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)));

/** The end of a day is that of its session; a day without one ends at midnight UTC. */
const dayEnd = (calendar: Calendar, date: TradingDate) => sessionOn(calendar, date)?.closesAt.getTime() ?? dayStart(addDays(date, 1));

/** When the last session of some days ends. */
function periodEnd(calendar: Calendar, first: TradingDate, last: TradingDate): number {
  for (let day = last; day > first; day = addDays(day, -1)) {
    const session = sessionOn(calendar, day);
    if (session) return session.closesAt.getTime();
  }
  return dayEnd(calendar, first);
}

/** Which bar a shorter one belongs to; null outside of every session. */
function placing({ calendar, from, to }: Resampling): (time: number) => Place | null {
  const sessions = new Map<TradingDate, Session | null>();
  const sessionAt = (time: number): Session | null => {
    const date = utcDate(new Date(time));
    let session = sessions.get(date);
    if (session === undefined) sessions.set(date, (session = sessionOn(calendar, date)));
    return session && time >= session.opensAt.getTime() && time < session.closesAt.getTime() ? session : null;
  };
  const dateOf = (time: number): TradingDate | null => (isIntraday(from) ? (sessionAt(time)?.date ?? null) : utcDate(new Date(time)));

  if (isIntraday(to)) {
    const length = BAR_MINUTES[to] * MINUTE_MS;
    return (time) => {
      const session = sessionAt(time);
      if (!session) return null;
      const [opens, closes] = [session.opensAt.getTime(), session.closesAt.getTime()];
      const start = opens + Math.floor((time - opens) / length) * length;
      return { start, endsAt: () => Math.min(start + length, closes) };
    };
  }
  const days = { "1d": [(date: TradingDate) => date, (date: TradingDate) => date], "1w": [mondayOf, (date: TradingDate) => addDays(mondayOf(date), 6)], "1mo": [firstOfMonth, lastOfMonth] } as const;
  const [firstOf, lastOf] = days[to];
  return (time) => {
    const date = dateOf(time);
    return date && { start: dayStart(firstOf(date)), endsAt: () => periodEnd(calendar, firstOf(date), lastOf(date)) };
  };
}

/**
 * Longer bars made of shorter ones.
 *
 *     open = open of the first,  high = max high,  low = min low,  close = close of the last,  volume = sum of volumes
 *
 * @param bars  sound bars of one instrument and one length, oldest first, each time once; prices in its currency, volume in units
 * @param options.from, options.to  lengths; `to` is `from` or longer
 * @param options.asOf  a bar that ends later is partial: only the last can be
 * @returns oldest first; a bar for each stretch with at least one bar in it, none for the others
 * @throws AppError INVALID_INPUT when `to` is shorter than `from`, or a time is not after the one before it
 *
 * Convention: bars within a session count from its opening, not from the full hour (the hours of New York are 09:30, 10:30, …), and the last one ends
 * with the session; what was traded outside of regular hours is left out. A day of coins is the UTC day. Weeks begin on Monday, months on the first.
 * A minute without a trade has no bar, and makes a longer bar neither partial nor missing.
 * Worked: 24/7, 1m to 5m: (00:03, 10 12 9 11, 5) and (00:04, 11 15 11 14, 7) -> (00:00, 10 15 9 14, 12)
 */
export function resampleBars(bars: readonly TimedBar[], options: Resampling): ResampledBar[] {
  if (BAR_LENGTHS.indexOf(options.to) < BAR_LENGTHS.indexOf(options.from)) throw new AppError("INVALID_INPUT", `Bars of ${options.to} are not made of bars of ${options.from}`, { field: "interval" });
  const placeOf = placing(options);
  const made: ResampledBar[] = [];
  let last = null as { bar: ResampledBar; endsAt: () => number } | null;
  let before = Number.NEGATIVE_INFINITY;
  for (const bar of bars) {
    if (!(bar.time > before)) throw new AppError("INVALID_INPUT", "Bars come oldest first, each time once", { field: "bars" });
    before = bar.time;
    const place = placeOf(bar.time);
    if (!place) continue;
    if (last?.bar.time === place.start) {
      last.bar.high = Math.max(last.bar.high, bar.high);
      last.bar.low = Math.min(last.bar.low, bar.low);
      last.bar.close = bar.close;
      last.bar.volume += bar.volume;
      continue;
    }
    const { open, high, low, close, volume } = bar;
    last = { bar: { time: place.start, open, high, low, close, volume, isPartial: false }, endsAt: place.endsAt };
    made.push(last.bar);
  }
  if (last) last.bar.isPartial = last.bar.time + LONGEST_MS > options.asOf.getTime() && last.endsAt() > options.asOf.getTime();
  return made;
}
