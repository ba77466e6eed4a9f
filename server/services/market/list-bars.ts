import type { z } from "zod";
import type { BarsDto, listBarsInput } from "@/server/contracts/market";
import { AppError } from "@/server/domain/app-error";
import { CALENDARS, type Calendar } from "@/server/domain/calendar/session-on";
import { addDays, parseTradingDate, utcDate, type TradingDate } from "@/server/domain/calendar/trading-date";
import { missingSessions } from "@/server/domain/market/missing-sessions";
import { BAR_LENGTHS, BAR_MINUTES, isIntraday, resampleBars, type BarLength, type ResampledBar, type TimedBar } from "@/server/domain/market/resample-bars";
import type { Ctx } from "@/server/services/ctx";
import { priceProvenance } from "./last-quotes";
import { decodeCursor, encodeCursor } from "./list-cursor";
import { nearSymbols } from "./near-symbols";
import type { StoredInterval } from "./vendor-bars";

type ListBarsInput = z.infer<typeof listBarsInput>;
type BarRow = TimedBar & { provider: string };
type MadeBar = ResampledBar & { provider: string };

const STORED = { "1m": "M1", "5m": "M5", "15m": "M15", "1h": "H1", "1d": "D1" } as const satisfies Partial<Record<BarLength, StoredInterval>>;
type StoredLength = keyof typeof STORED;
/** More stored bars are not read for one answer; a page may end sooner then, and its cursor goes on. */
const MOST_READ = 60_000;
const DAY_MS = 86_400_000;
const FIRST_TIME = "0001-01-01T00:00:00Z";
const LAST_TIME = "9999-12-31T00:00:00Z";

/** `from` included, `before` not. */
type Range = { from: string; before: string };

async function loadStored(ctx: Ctx, instrumentId: string, { length, range, limit }: { length: StoredLength; range: Range; limit: number }): Promise<BarRow[]> {
  const rows = await ctx.db.$queryRaw<(Omit<BarRow, "time"> & { time: Date })[]>`
    SELECT time, open, high, low, close, volume, provider FROM price_bar
    WHERE instrument_id = ${instrumentId}::uuid AND interval = ${STORED[length]}::bar_interval AND time >= ${range.from}::timestamptz AND time < ${range.before}::timestamptz
    ORDER BY time DESC LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, time: row.time.getTime() })).reverse();
}

/** What a bar of a length is made of, longest first: weeks and months of days, others of what is not longer than they are. */
const partsOf = (interval: BarLength): StoredLength[] =>
  (["1d", "1h", "15m", "5m", "1m"] as const).filter((length) => BAR_LENGTHS.indexOf(length) <= BAR_LENGTHS.indexOf(interval) && (BAR_LENGTHS.indexOf(interval) <= BAR_LENGTHS.indexOf("1d") || length === "1d"));

/** The most bars of a length within one of another. */
const partsIn = (interval: BarLength, length: StoredLength): number => {
  const minutes = isIntraday(interval) ? BAR_MINUTES[interval] : 24 * 60;
  const days = { "1w": 7, "1mo": 31 }[interval as "1w"] ?? 1;
  return isIntraday(length) ? Math.ceil(minutes / BAR_MINUTES[length]) : days;
};

/** Whole weeks and months, so that no bar is cut. */
function wholePeriods(interval: BarLength, { from, to }: { from: TradingDate | null; to: TradingDate | null }): Range {
  const monday = (date: TradingDate) => addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
  const first = (date: TradingDate) => `${date.slice(0, 7)}-01` as TradingDate;
  const start = interval === "1w" ? monday : interval === "1mo" ? first : (date: TradingDate) => date;
  const after = interval === "1w" ? (date: TradingDate) => addDays(monday(date), 7) : interval === "1mo" ? (date: TradingDate) => first(addDays(first(date), 31)) : (date: TradingDate) => addDays(date, 1);
  return { from: from ? `${start(from)}T00:00:00Z` : FIRST_TIME, before: to ? `${after(to)}T00:00:00Z` : LAST_TIME };
}

/**
 * The newest bars of a range from what is stored: bars of the length itself, and where there are none, bars made of shorter ones. A session's bar that is stored is never
 * made anew; the running session, which has none yet, is made of its minutes.
 */
async function madeBars(ctx: Ctx, instrument: { id: string; calendar: Calendar }, { interval, range, limit }: { interval: BarLength; range: Range; limit: number }): Promise<MadeBar[]> {
  const { id, calendar } = instrument;
  const asOf = ctx.now();
  const byTime = new Map<number, MadeBar>();
  for (const length of partsOf(interval)) {
    // Of days that are stored, only what came after the last of them is made of anything shorter.
    const newest = interval === "1d" && byTime.size > 0 ? Math.max(...byTime.keys()) + DAY_MS : null;
    const within = newest === null ? range : { ...range, from: later(range.from, new Date(newest).toISOString()) };
    if (within.from >= within.before) continue;
    const rows = await loadStored(ctx, id, { length, range: within, limit: Math.min(MOST_READ, (limit + 1) * partsIn(interval, length)) });
    const providers = new Map(rows.map(({ time, provider }) => [time, provider]));
    const made = resampleBars(rows, { calendar, from: length, to: interval, asOf });
    // The oldest may be cut by the number of rows that are read.
    const whole = rows.length === Math.min(MOST_READ, (limit + 1) * partsIn(interval, length)) && length !== interval ? made.slice(1) : made;
    for (const bar of whole) if (!byTime.has(bar.time)) byTime.set(bar.time, { ...bar, provider: providers.get(bar.time) ?? rows.at(-1)!.provider });
  }
  return [...byTime.values()].sort((a, b) => a.time - b.time);
}

const later = (a: string, b: string) => (Date.parse(a) > Date.parse(b) ? a : b);

/** Sessions within the answer that have no bar: missing, or taken out as doubtful. */
async function gapsOf(ctx: Ctx, instrument: { id: string; calendar: Calendar }, { interval, bars }: { interval: BarLength; bars: readonly MadeBar[] }): Promise<BarsDto["gaps"]> {
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return [];
  const dateOf = (time: number) => utcDate(new Date(time));
  // The last week or month reaches beyond the day that names it.
  const days = interval === "1w" || interval === "1mo" ? await loadStored(ctx, instrument.id, { length: "1d", range: { from: new Date(first.time).toISOString(), before: new Date(last.time + 32 * DAY_MS).toISOString() }, limit: MOST_READ }) : bars;
  const present = days.map(({ time }) => dateOf(time));
  if (!present[0]) return [];
  const runs = missingSessions(instrument.calendar, present, { from: present[0], to: present.at(-1)! });
  if (runs.length === 0) return [];
  const taken = await ctx.db.quarantinedBar.findMany({ where: { instrumentId: instrument.id, restoredAt: null, interval: isIntraday(interval) ? "M1" : "D1", time: { gte: new Date(first.time), lte: new Date(last.time) } }, select: { time: true } });
  const doubtful = new Set(taken.map(({ time }) => utcDate(time)));
  return runs.map((run) => ({ ...run, reason: run.sessions === 1 && doubtful.has(run.from) ? ("quarantined" as const) : ("missing" as const) }));
}

const dateOr = (text: string | null | undefined): TradingDate | null => (text ? parseTradingDate(text) : null);

/** Bars of one instrument as columns, oldest first: the newest `limit` of the range, with the sessions that are missing among them; the cursor leads to older ones. */
export async function listBars(ctx: Ctx, { symbol, interval, from, to, limit, cursor }: ListBarsInput): Promise<BarsDto> {
  if (from && to && from > to) throw new AppError("INVALID_INPUT", "The range ends before it begins", { field: "from" });
  const instrument = await ctx.db.instrument.findUnique({ where: { symbol } });
  if (!instrument) throw new AppError("NOT_FOUND", `No instrument has the symbol ${symbol}`, { field: "symbol", suggestions: await nearSymbols(ctx, symbol) });
  const list = `bars ${symbol} ${interval}`;
  const range = wholePeriods(interval, { from: dateOr(from), to: dateOr(to) });
  if (cursor) range.before = new Date(Math.min(Date.parse(range.before), cursorTime(cursor, list))).toISOString();

  const calendar = CALENDARS.find((known) => known === instrument.calendar) ?? "24/7";
  const found = await madeBars(ctx, { id: instrument.id, calendar }, { interval, range, limit });
  const bars = found.slice(-limit);
  const gaps = await gapsOf(ctx, { id: instrument.id, calendar }, { interval, bars });
  const [oldest, last] = [bars[0], bars.at(-1)];
  const time = bars.map((bar) => new Date(bar.time).toISOString());
  return {
    symbol,
    interval,
    currency: instrument.currency,
    calendar: instrument.calendar,
    time,
    open: bars.map(({ open }) => open),
    high: bars.map(({ high }) => high),
    low: bars.map(({ low }) => low),
    close: bars.map(({ close }) => close),
    volume: bars.map(({ volume }) => volume),
    provenance: priceProvenance({ origin: instrument.priceOrigin, provider: last?.provider ?? instrument.provider, date: time.at(-1) ?? null }),
    isLastPartial: last?.isPartial ?? false,
    gaps,
    nextCursor: oldest && found.length > limit ? encodeCursor({ list, key: oldest.time, id: "" }) : null,
  };
}

function cursorTime(cursor: string, list: string): number {
  const { key } = decodeCursor(cursor, list);
  if (typeof key !== "number" || Math.abs(key) > 8e15) throw new AppError("INVALID_INPUT", "This cursor is not one of this list; start again without it", { field: "cursor" });
  return key;
}
