import { CALENDARS } from "@/server/domain/calendar/session-on";
import { resampleBars, type TimedBar } from "@/server/domain/market/resample-bars";
import type { FiguresCtx } from "@/server/services/ctx";
import { INTRADAY_SUBJECT, lockInstrument } from "./vendor-bars";

/** Days for which a vendor's minutes are kept; older ones become hours. */
export const MINUTE_DAYS = 30;
const DAY_MS = 86_400_000;
const STORE_TIMEOUT_MS = 60_000;

export type RollUpReport = { instruments: number; hours: number; minutes: number };

type MinuteRow = Omit<TimedBar, "time"> & { time: Date; provider: string; runId: string };

/** Whole UTC days alone, so that no hour is made of a part of its minutes. */
async function rollUpInstrument(ctx: Pick<FiguresCtx, "db">, symbol: string, before: Date): Promise<{ hours: number; minutes: number }> {
  return ctx.db.$transaction(async (tx) => {
    const held = await lockInstrument(tx, symbol);
    if (!held) return { hours: 0, minutes: 0 };
    const rows = await tx.$queryRaw<MinuteRow[]>`
      SELECT b.time, b.open, b.high, b.low, b.close, b.volume, b.provider, b.run_id::text AS "runId" FROM price_bar b JOIN ingestion_run r ON r.id = b.run_id AND r.subject = ${INTRADAY_SUBJECT}
      WHERE b.instrument_id = ${held.id}::uuid AND b.interval = 'M1' AND b.time < ${before}::timestamptz ORDER BY b.time`;
    if (rows.length === 0) return { hours: 0, minutes: 0 };
    const calendar = CALENDARS.find((known) => known === held.calendar) ?? "24/7";
    const hours = resampleBars(rows.map((row) => ({ ...row, time: row.time.getTime() })), { calendar, from: "1m", to: "1h", asOf: before });
    const column = (pick: (bar: TimedBar) => number) => hours.map(pick);
    const stored = await tx.$executeRaw`
      INSERT INTO price_bar (instrument_id, interval, time, open, high, low, close, volume, origin, provider, run_id)
      SELECT ${held.id}::uuid, 'H1', a.time, a.open, a.high, a.low, a.close, a.volume, 'RECORDED', ${rows.at(-1)!.provider}, ${rows.at(-1)!.runId}::uuid
      FROM unnest(${hours.map(({ time }) => new Date(time).toISOString())}::timestamptz[], ${column(({ open }) => open)}::float8[], ${column(({ high }) => high)}::float8[], ${column(({ low }) => low)}::float8[], ${column(({ close }) => close)}::float8[], ${column(({ volume }) => volume)}::float8[]) AS a (time, open, high, low, close, volume)
      ON CONFLICT DO NOTHING`;
    const minutes = await tx.$executeRaw`
      DELETE FROM price_bar b USING ingestion_run r WHERE r.id = b.run_id AND r.subject = ${INTRADAY_SUBJECT} AND b.instrument_id = ${held.id}::uuid AND b.interval = 'M1' AND b.time < ${before}::timestamptz`;
    return { hours: stored, minutes };
  }, { timeout: STORE_TIMEOUT_MS });
}

/** Makes hours of a vendor's minutes that are too old to keep. What a person imported or entered is never touched; run again, nothing changes. */
export async function rollUpMinutes(ctx: Pick<FiguresCtx, "db" | "now" | "cache">): Promise<RollUpReport> {
  const today = Math.floor(ctx.now().getTime() / DAY_MS) * DAY_MS;
  const before = new Date(today - MINUTE_DAYS * DAY_MS);
  const due = await ctx.db.$queryRaw<{ symbol: string }[]>`
    SELECT i.symbol FROM instrument i WHERE EXISTS (SELECT FROM price_bar b JOIN ingestion_run r ON r.id = b.run_id AND r.subject = ${INTRADAY_SUBJECT} WHERE b.instrument_id = i.id AND b.interval = 'M1' AND b.time < ${before}::timestamptz) ORDER BY i.symbol`;
  const report: RollUpReport = { instruments: due.length, hours: 0, minutes: 0 };
  for (const { symbol } of due) {
    const { hours, minutes } = await rollUpInstrument(ctx, symbol, before);
    report.hours += hours;
    report.minutes += minutes;
  }
  if (due.length > 0) ctx.cache.drop("market:");
  return report;
}
