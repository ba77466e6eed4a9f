import { CALENDARS } from "@/server/domain/calendar/session-on";
import { utcDate, type TradingDate } from "@/server/domain/calendar/trading-date";
import type { TimedBar } from "@/server/domain/market/resample-bars";
import { seriesFaults, type SeriesFault } from "@/server/domain/market/series-faults";
import { seriesScore } from "@/server/domain/market/series-score";
import { splitFactor } from "@/server/domain/market/split-factor";
import { timeOrderedIds } from "@/server/platform/time-ordered-ids";
import type { FiguresCtx } from "@/server/services/ctx";

type CheckCtx = Pick<FiguresCtx, "db" | "now" | "cache">;
type Checked = { id: string; symbol: string; currency: string; calendar: string };
export type CheckReport = { series: number; faults: number; changed: number; after: string | null };

/** Bars looked at, newest first: three years of days. */
const BARS = 756;
const SYMBOLS = 40;
const INTERVALS = ["D1", "M1"] as const;
type Interval = (typeof INTERVALS)[number];

async function loadBars(ctx: CheckCtx, { id }: Checked, interval: Interval): Promise<TimedBar[]> {
  const rows = await ctx.db.$queryRaw<(Omit<TimedBar, "time"> & { time: Date })[]>`
    SELECT time, open, high, low, close, volume FROM price_bar WHERE instrument_id = ${id}::uuid AND interval = ${interval}::bar_interval ORDER BY time DESC LIMIT ${BARS}`;
  return rows.map((row) => ({ ...row, time: row.time.getTime() })).reverse();
}

async function faultsOf(ctx: CheckCtx, instrument: Checked, { interval, bars }: { interval: Interval; bars: readonly TimedBar[] }): Promise<SeriesFault[]> {
  const isDaily = interval === "D1";
  const [splits, quote, taken] = await Promise.all([
    isDaily ? ctx.db.stockSplit.findMany({ where: { instrumentId: instrument.id }, select: { exDate: true, from: true, to: true } }) : [],
    isDaily ? ctx.db.latestQuote.findUnique({ where: { instrumentId: instrument.id }, select: { at: true, currency: true, bid: true, ask: true } }) : null,
    ctx.db.quarantinedBar.findMany({ where: { instrumentId: instrument.id, interval, restoredAt: null }, select: { time: true } }),
  ]);
  return seriesFaults({
    calendar: CALENDARS.find((known) => known === instrument.calendar) ?? "24/7", currency: instrument.currency, bars, now: ctx.now(), isDaily,
    splits: new Map<TradingDate, number>(splits.map(({ exDate, from, to }) => [utcDate(exDate), splitFactor({ from: Number(from), to: Number(to) })])),
    quote: quote && { ...quote, at: quote.at.getTime() }, excused: taken.map(({ time }) => utcDate(time)),
  });
}

/** Writes what is found, once for each fault: found again it is seen again, gone it is resolved, back it is open again; one that a person ignores stays ignored. */
async function storeFaults(ctx: CheckCtx, { id }: Checked, { interval, bars, faults }: { interval: Interval; bars: number; faults: readonly SeriesFault[] }): Promise<number> {
  const now = ctx.now();
  const ids = timeOrderedIds(now, faults.length);
  const at = (pick: (fault: SeriesFault) => number) => faults.map((fault) => new Date(pick(fault)).toISOString());
  return ctx.db.$transaction(async (tx) => {
    const changed = await tx.$executeRaw`
      INSERT INTO bar_issue AS i (id, instrument_id, interval, kind, time, last_time, count, measure, note, first_seen_at, last_seen_at)
      SELECT a.id, ${id}::uuid, ${interval}::bar_interval, a.kind, a.time, a.last_time, a.count, a.measure, a.note, ${now}::timestamptz, ${now}::timestamptz
      FROM unnest(${ids}::uuid[], ${faults.map(({ kind }) => kind)}::text[], ${at(({ time }) => time)}::timestamptz[], ${at(({ lastTime }) => lastTime)}::timestamptz[], ${faults.map(({ count }) => count)}::int[],
                  ${faults.map(({ measure }) => measure)}::float8[], ${faults.map(({ note }) => note)}::text[]) AS a (id, kind, time, last_time, count, measure, note)
      ON CONFLICT (instrument_id, interval, kind, time) DO UPDATE SET last_time = excluded.last_time, count = excluded.count, measure = excluded.measure, note = excluded.note, last_seen_at = excluded.last_seen_at,
        status = CASE WHEN i.status = 'RESOLVED' THEN 'OPEN' ELSE i.status END`;
    const resolved = await tx.$executeRaw`UPDATE bar_issue SET status = 'RESOLVED' WHERE instrument_id = ${id}::uuid AND interval = ${interval}::bar_interval AND status = 'OPEN'
      AND NOT EXISTS (SELECT FROM unnest(${faults.map(({ kind }) => kind)}::text[], ${at(({ time }) => time)}::timestamptz[]) AS a (kind, time) WHERE a.kind = bar_issue.kind AND a.time = bar_issue.time)`;
    const ignored = await tx.barIssue.findMany({ where: { instrumentId: id, interval, status: "IGNORED", lastSeenAt: now }, select: { kind: true, time: true } });
    const dismissed = new Set(ignored.map(({ kind, time }) => `${kind} ${time.getTime()}`));
    const counted = faults.filter(({ kind, time }) => !dismissed.has(`${kind} ${time}`));
    const figures = { score: seriesScore(counted), bars, issues: counted.length, checkedAt: now };
    await tx.barSeriesScore.upsert({ where: { instrumentId_interval: { instrumentId: id, interval } }, create: { instrumentId: id, interval, ...figures }, update: figures });
    return changed + resolved;
  });
}

/**
 * Looks through the newest three years of stored days, and the newest minutes, of some instruments in the order of their symbols, and keeps what is wrong with them and a
 * score of each series. Nothing is taken out: that is a person's decision.
 *
 * @returns `after` is where the next call goes on; null at the end
 */
export async function checkSeries(ctx: CheckCtx, { after = "", symbols = null }: { after?: string; symbols?: readonly string[] | null } = {}): Promise<CheckReport> {
  const instruments = await ctx.db.$queryRaw<Checked[]>`
    SELECT id::text AS id, symbol, currency, calendar FROM instrument WHERE symbol COLLATE "C" > ${after} AND (${symbols}::text[] IS NULL OR symbol = ANY(${symbols}::text[])) ORDER BY symbol COLLATE "C" LIMIT ${SYMBOLS}`;
  const report: CheckReport = { series: 0, faults: 0, changed: 0, after: instruments.length === SYMBOLS ? instruments.at(-1)!.symbol : null };
  for (const instrument of instruments) {
    for (const interval of INTERVALS) {
      const bars = await loadBars(ctx, instrument, interval);
      if (bars.length === 0) continue;
      const faults = await faultsOf(ctx, instrument, { interval, bars });
      report.changed += await storeFaults(ctx, instrument, { interval, bars: bars.length, faults });
      report.series += 1;
      report.faults += faults.length;
    }
  }
  ctx.cache.drop("market:sanity");
  return report;
}
