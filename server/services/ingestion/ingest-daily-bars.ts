import { AppError } from "@/server/domain/app-error";
import { lastClosedSession, sessionOn, toCalendar, type Calendar } from "@/server/domain/calendar/session-on";
import { addDays, utcDate, type TradingDate } from "@/server/domain/calendar/trading-date";
import { dueSplits } from "@/server/domain/market/due-splits";
import { joinVerdict, type JoinVerdict, type SharedClose } from "@/server/domain/market/join-levels";
import type { BarRow, SplitRow } from "@/server/providers/capabilities";
import { applySplit, loadOpenSplits, storeSplits } from "@/server/services/market/corporate-actions";
import { dropFigures } from "@/server/services/market/drop-figures";
import { DAILY_SUBJECT, loadStoredCloses, lockInstrument, replaceSimulated, storeVendorBars, type BarTx, type LockedInstrument } from "@/server/services/market/vendor-bars";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";
import { dateOfBar, recordRefused, soundBars } from "./sound-bars";

/** Of an instrument without recorded bars. */
const FIRST_DAYS = 5 * 366;
/** Asked for again before the last stored day, so that levels can be compared and late corrections are found: some ten sessions. */
const OVERLAP_DAYS = 15;
const STORE_TIMEOUT_MS = 60_000;

type Target = { id: string; currency: string; calendar: Calendar; kind: string; lastRecorded: TradingDate | null };
type Arrived = { bars: readonly BarRow[]; splits: readonly SplitRow[] };
type Stored = { changed: number; refusal: string | null };

async function loadTarget(ctx: IngestCtx, symbol: string): Promise<Target> {
  const [row] = await ctx.db.$queryRaw<(Omit<Target, "calendar" | "lastRecorded"> & { calendar: string; lastRecorded: Date | null })[]>`
    SELECT i.id::text AS id, i.currency, i.calendar, i.kind::text AS kind, CASE WHEN i.price_origin = 'RECORDED' THEN (SELECT time FROM price_bar b WHERE b.instrument_id = i.id AND b.interval = 'D1' ORDER BY time DESC LIMIT 1) END AS "lastRecorded"
    FROM instrument i WHERE i.symbol = ${symbol}`;
  if (!row) throw new AppError("NOT_FOUND", `No instrument has the symbol ${symbol}`, { field: "symbol" });
  return { ...row, calendar: toCalendar(row.calendar), lastRecorded: row.lastRecorded && utcDate(row.lastRecorded) };
}

/** Stored and arriving closes of the sessions that both have, oldest first, and whether all stored ones are a vendor's. */
async function sharedCloses(tx: BarTx, held: LockedInstrument, bars: readonly BarRow[]): Promise<{ shared: SharedClose[]; isVendors: boolean }> {
  const arriving = new Map<string, number>(bars.map((bar) => [dateOfBar(bar), bar.close]));
  const stored = await loadStoredCloses(tx, held, [...arriving.keys()]);
  return { shared: stored.map(({ date, close }) => ({ date, stored: close, arriving: arriving.get(date)! })), isVendors: held.adjustedFor === "splits" || stored.every((bar) => bar.isVendors) };
}

async function verdictNow(tx: BarTx, held: LockedInstrument, bars: readonly BarRow[]): Promise<{ verdict: JoinVerdict; shared: SharedClose[] }> {
  const { shared, isVendors } = await sharedCloses(tx, held, bars);
  return { shared, verdict: joinVerdict(shared, { stored: isVendors ? "splits" : "unknown" }) };
}

/** Decides under the instrument's lock what of the bars may be stored, and stores it. */
async function storeArrived(tx: BarTx, symbol: string, { bars, splits, runId, now }: Arrived & { runId: string; now: Date }): Promise<Stored> {
  const held = await lockInstrument(tx, symbol);
  if (!held || bars.length === 0) return { changed: 0, refusal: null };
  const actions = await storeSplits(tx, held, { splits, runId });
  const [any] = await tx.$queryRaw<{ found: boolean }[]>`SELECT EXISTS (SELECT FROM price_bar WHERE instrument_id = ${held.id}::uuid AND interval = 'D1' AND origin = 'RECORDED') AS found`;
  if (!any?.found) {
    await replaceSimulated(tx, held);
    return { changed: actions + (await storeVendorBars(tx, held, { interval: "D1", bars, runId })), refusal: null };
  }
  let { verdict, shared } = await verdictNow(tx, held, bars);
  let changed = actions;
  for (const split of verdict.kind === "join" ? [] : dueSplits(shared, await loadOpenSplits(tx, held))) changed += await applySplit(tx, held, { ...split, runId, now });
  if (verdict.kind !== "join") ({ verdict, shared } = await verdictNow(tx, held, bars));
  if (verdict.kind === "refused") return { changed, refusal: verdict.reason };
  if (verdict.kind === "scaled") return { changed, refusal: `levels of shared sessions differ by the factor ${verdict.factor.toPrecision(4)}, and no split says why` };
  const { from } = verdict;
  return { changed: changed + (await storeVendorBars(tx, held, { interval: "D1", bars: bars.filter((bar) => dateOfBar(bar) >= from), runId })), refusal: null };
}

/** A day on which nobody traded has no bar, whatever a vendor fills in. */
const isSession = (calendar: Calendar, bar: BarRow) => sessionOn(calendar, dateOfBar(bar)) !== null;

/** Splits since the first bar asked for, where a vendor tells them; without them levels that differ are refused, so that nothing goes wrong without them. */
async function fetchSplits(ctx: IngestCtx, symbol: string, from: string): Promise<SplitRow[]> {
  if (ctx.providers.vendorsWith("splits").length === 0) return [];
  try {
    return await ctx.providers.source("splits").fetchSplits({ symbol, from });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.info({ event: "splits not told", symbol, reason: error.message });
    return [];
  }
}

/**
 * Brings the daily bars of one instrument since its last stored session, of sessions that are over. The first ones take the place of simulated ones, all at once; later
 * ones are joined with what is stored only where levels match, after the splits that explain why they do not. Run again, nothing changes.
 *
 * @throws AppError NOT_FOUND for a symbol that is not stored; of the vendors when none answers
 */
export async function ingestDailyBars(ctx: IngestCtx, { symbol }: { symbol: string }): Promise<RunReport> {
  const target = await loadTarget(ctx, symbol);
  const now = ctx.now();
  const until = lastClosedSession(target.calendar, now).date;
  const from = target.lastRecorded ? addDays(target.lastRecorded, -OVERLAP_DAYS) : addDays(until, -FIRST_DAYS);
  const [vendor = "none"] = ctx.providers.vendorsWith("dailyBars");
  return recordedRun(ctx, { provider: vendor, subject: DAILY_SUBJECT, scope: symbol }, async (runId) => {
    const series = await ctx.providers.source("dailyBars").fetchDailyBars({ symbol, from, to: until });
    const { bars, refused } = soundBars(series, { currency: target.currency, isWanted: (bar) => dateOfBar(bar) >= from && dateOfBar(bar) <= until && isSession(target.calendar, bar) });
    const isShare = target.kind === "EQUITY" || target.kind === "ETF";
    const splits = isShare && bars.length > 0 ? await fetchSplits(ctx, symbol, from) : [];
    const { changed, refusal } = await ctx.db.$transaction((tx) => storeArrived(tx, symbol, { bars, splits, runId, now }), { timeout: STORE_TIMEOUT_MS });
    await recordRefused(ctx, { runId, file: symbol, refused: refusal === null ? refused : [...refused, { at: series.bars.length, reason: refusal, raw: `${bars.length} bars from ${from}` }] });
    if (changed > 0) dropFigures(ctx);
    const last = bars.at(-1);
    return { received: series.bars.length, changed, rejected: refused.length + (refusal === null ? 0 : bars.length), ...(last ? { provider: last.provenance.provider, asOf: new Date(last.time) } : {}) };
  });
}
