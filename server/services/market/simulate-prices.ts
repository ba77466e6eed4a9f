import { AppError } from "@/server/domain/app-error";
import { lastClosedSession, nextSession, sessionDates, toCalendar, type Calendar } from "@/server/domain/calendar/session-on";
import { tradingDate } from "@/server/domain/calendar/trading-date";
import { createBarSimulator, type DailyBar, type SimulatedKind } from "@/server/domain/market/simulate-bars";
import type { FiguresCtx } from "@/server/services/ctx";

/** First simulated day. It stays where it is, so that every machine has the same bar on the same date. */
export const SIMULATION_START = tradingDate("2023-11-20");
export const SIMULATION_SEED = "nexus-alpha-1";
const PROVIDER = "simulator";
const ROWS_PER_WRITE = 20_000;

type Target = { id: string; symbol: string; kind: SimulatedKind; calendar: string; origin: "SIMULATED" | "RECORDED"; group: string | null; lastDate: string | null; lastClose: number | null };
type Row = DailyBar & { instrumentId: string };
export type SimulationReport = { instruments: number; extended: number; rows: number; asOf: string | null };

const loadTargets = (ctx: FiguresCtx, symbols: readonly string[] | null) =>
  ctx.db.$queryRaw<Target[]>`
    SELECT i.id::text AS id, i.symbol, i.kind::text AS kind, i.calendar, i.price_origin::text AS origin, coalesce(s.code, CASE WHEN i.kind = 'CRYPTO' THEN 'CRYPTO' END) AS "group",
           to_char(last.time AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "lastDate", last.close AS "lastClose"
    FROM instrument i
    LEFT JOIN company c ON c.id = i.company_id
    LEFT JOIN sector s ON s.id = c.sector_id
    LEFT JOIN LATERAL (SELECT time, close FROM price_bar WHERE instrument_id = i.id AND interval = 'D1' ORDER BY time DESC LIMIT 1) last ON true
    WHERE (${symbols}::text[] IS NULL AND i.price_origin = 'SIMULATED') OR i.symbol = ANY(${symbols}::text[])
    ORDER BY i.symbol`;

/**
 * Writes bars column by column. A bar that another process wrote meanwhile is the same bar and stays; an instrument that an import has made
 * recorded meanwhile gets none. The lock keeps the origin as it was read until the bars are in.
 */
const insertBars = (ctx: FiguresCtx, rows: readonly Row[], runId: string) =>
  ctx.db.$executeRaw`
    WITH simulated AS MATERIALIZED (
      SELECT id FROM instrument WHERE id = ANY(${[...new Set(rows.map(({ instrumentId }) => instrumentId))]}::uuid[]) AND price_origin = 'SIMULATED' ORDER BY id FOR SHARE
    )
    INSERT INTO price_bar (instrument_id, interval, time, open, high, low, close, volume, origin, provider, run_id)
    SELECT instrument_id, 'D1', date::timestamp AT TIME ZONE 'UTC', open, high, low, close, volume, 'SIMULATED', ${PROVIDER}, ${runId}::uuid
    FROM unnest(${rows.map(({ instrumentId }) => instrumentId)}::uuid[], ${rows.map(({ date }) => date)}::date[], ${rows.map(({ open }) => String(open))}::float8[], ${rows.map(({ high }) => String(high))}::float8[],
                ${rows.map(({ low }) => String(low))}::float8[], ${rows.map(({ close }) => String(close))}::float8[], ${rows.map(({ volume }) => String(volume))}::float8[])
      AS bar (instrument_id, date, open, high, low, close, volume)
    WHERE instrument_id IN (SELECT id FROM simulated)
    ON CONFLICT DO NOTHING`;

/** Sessions after a date, or all since the start, up to the last closed one. Most instruments ask for the same, so it is worked out once. */
function rememberSessions(now: Date): (calendar: Calendar, lastDate: string | null) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (calendar, lastDate) => {
    const key = `${calendar} ${lastDate}`;
    const until = lastClosedSession(calendar, now).date;
    // What reaches beyond today is left as it is; its next session may lie beyond the years that a calendar knows.
    if (lastDate && lastDate >= until) return [];
    const from = lastDate ? nextSession(calendar, tradingDate(lastDate)).date : SIMULATION_START;
    const dates = known.get(key) ?? sessionDates(calendar, from, until);
    known.set(key, dates);
    return dates;
  };
}

/**
 * Gives every instrument without recorded prices simulated daily bars up to its last closed session. Running it again adds only the
 * sessions that closed since. Asked for an instrument whose prices are recorded it refuses.
 */
export async function simulatePrices(ctx: FiguresCtx, { symbols = null, seed = SIMULATION_SEED }: { symbols?: readonly string[] | null; seed?: string } = {}): Promise<SimulationReport> {
  const targets = await loadTargets(ctx, symbols);
  const recorded = targets.filter(({ origin }) => origin === "RECORDED").map(({ symbol }) => symbol);
  if (recorded.length > 0) throw new AppError("RULE_VIOLATED", `Recorded prices are not mixed with simulated ones: ${recorded.join(", ")}`, { field: "symbols", symbols: recorded });

  const now = ctx.now();
  const simulate = createBarSimulator(seed);
  const sessionsAfter = rememberSessions(now);
  const plans = targets.map((target) => {
    const calendar = toCalendar(target.calendar);
    return { ...target, calendar, dates: sessionsAfter(calendar, target.lastDate) };
  });
  const due = plans.filter(({ dates }) => dates.length > 0);
  const asOf = plans.reduce<string | null>((latest, { dates, lastDate }) => [latest, lastDate, dates.at(-1) ?? null].reduce((a, b) => (a !== null && (b === null || a > b) ? a : b)), null);
  if (due.length === 0) return { instruments: targets.length, extended: 0, rows: 0, asOf };

  const received = due.reduce((sum, { dates }) => sum + dates.length, 0);
  const run = await ctx.db.ingestionRun.create({ data: { provider: PROVIDER, subject: "prices", scope: `simulated daily bars, seed ${seed}`, startedAt: now, asOf: asOf ? new Date(asOf) : null, received } });
  let changed = 0;
  try {
    let waiting: Row[] = [];
    for (const { id, symbol, kind, group, calendar, dates, lastClose } of due) {
      waiting.push(...simulate({ symbol, kind, group, calendar }, { dates, previousClose: lastClose }).map((bar) => ({ ...bar, instrumentId: id })));
      if (waiting.length < ROWS_PER_WRITE) continue;
      changed += await insertBars(ctx, waiting, run.id);
      waiting = [];
    }
    if (waiting.length > 0) changed += await insertBars(ctx, waiting, run.id);
    await ctx.db.ingestionRun.update({ where: { id: run.id }, data: { status: "SUCCEEDED", finishedAt: ctx.now(), changed } });
  } catch (cause) {
    await ctx.db.ingestionRun.update({ where: { id: run.id }, data: { status: "FAILED", finishedAt: ctx.now(), changed, error: String(cause).slice(0, 2_000) } });
    throw cause;
  }
  ctx.cache.drop("market:");
  ctx.log.info({ instruments: targets.length, extended: due.length, rows: changed, durationMs: ctx.now().getTime() - now.getTime() }, "prices simulated");
  return { instruments: targets.length, extended: due.length, rows: changed, asOf };
}
