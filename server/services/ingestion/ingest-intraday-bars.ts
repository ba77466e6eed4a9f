import { AppError } from "@/server/domain/app-error";
import { sessionOn, toCalendar } from "@/server/domain/calendar/session-on";
import { dropFigures } from "@/server/services/market/drop-figures";
import { DAILY_SUBJECT, INTRADAY_SUBJECT, lockInstrument, storeVendorBars } from "@/server/services/market/vendor-bars";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";
import { dateOfBar, recordRefused, soundBars } from "./sound-bars";

const MINUTE_MS = 60_000;
/** How far back the first minutes are asked for; vendors keep no more than a week of them. */
const FIRST_MS = 5 * 24 * 60 * MINUTE_MS;
/** The last minutes may have been stored before they were complete. */
const OVERLAP_MS = 10 * MINUTE_MS;
const STORE_TIMEOUT_MS = 60_000;

/** Whether minutes of a vendor stand at the level of what is stored: its newest day came of a vendor, by way of the rule of levels. */
const isJoined = (ctx: IngestCtx, instrumentId: string) =>
  ctx.db.$queryRaw<{ joined: boolean }[]>`
    SELECT coalesce(r.subject = ${DAILY_SUBJECT}, false) AS joined FROM (SELECT run_id FROM price_bar WHERE instrument_id = ${instrumentId}::uuid AND interval = 'D1' ORDER BY time DESC LIMIT 1) newest LEFT JOIN ingestion_run r ON r.id = newest.run_id`;

/**
 * Brings the minute bars of one instrument since the last stored one, of minutes that are over and within sessions. Longer bars are made of them when they are asked for.
 *
 * @throws AppError NOT_FOUND for a symbol that is not stored; RULE_VIOLATED before daily bars of a vendor are stored: minutes would stand at another level
 */
export async function ingestIntradayBars(ctx: IngestCtx, { symbol }: { symbol: string }): Promise<RunReport> {
  const instrument = await ctx.db.instrument.findUnique({ where: { symbol }, select: { id: true, currency: true, calendar: true } });
  if (!instrument) throw new AppError("NOT_FOUND", `No instrument has the symbol ${symbol}`, { field: "symbol" });
  const [newest] = await isJoined(ctx, instrument.id);
  if (!newest?.joined) throw new AppError("RULE_VIOLATED", `Daily bars of a vendor come before the minutes of ${symbol}`, { field: "symbol" });
  const calendar = toCalendar(instrument.calendar);
  const now = ctx.now();
  const last = await ctx.db.priceBar.findFirst({ where: { instrumentId: instrument.id, interval: "M1" }, orderBy: { time: "desc" }, select: { time: true } });
  const fromMs = Math.max(now.getTime() - FIRST_MS, last ? last.time.getTime() - OVERLAP_MS : 0);
  const isWanted = (time: string) => {
    const ms = Date.parse(time);
    const session = sessionOn(calendar, dateOfBar({ time }));
    return session !== null && ms >= session.opensAt.getTime() && ms < session.closesAt.getTime() && ms >= fromMs && ms + MINUTE_MS <= now.getTime();
  };
  const [vendor = "none"] = ctx.providers.vendorsWith("intradayBars");
  return recordedRun(ctx, { provider: vendor, subject: INTRADAY_SUBJECT, scope: symbol }, async (runId) => {
    const series = await ctx.providers.source("intradayBars").fetchIntradayBars({ symbol, interval: "M1", from: new Date(fromMs).toISOString() });
    const { bars, refused } = soundBars(series, { currency: instrument.currency, isWanted: ({ time }) => isWanted(time) });
    const changed = bars.length === 0 ? 0 : await ctx.db.$transaction(async (tx) => {
      const held = await lockInstrument(tx, symbol);
      return held?.origin === "RECORDED" ? storeVendorBars(tx, held, { interval: "M1", bars, runId }) : 0;
    }, { timeout: STORE_TIMEOUT_MS });
    await recordRefused(ctx, { runId, file: symbol, refused });
    if (changed > 0) dropFigures(ctx);
    const newestBar = bars.at(-1);
    return { received: series.bars.length, changed, rejected: refused.length, ...(newestBar ? { provider: newestBar.provenance.provider, asOf: new Date(newestBar.time) } : {}) };
  });
}
