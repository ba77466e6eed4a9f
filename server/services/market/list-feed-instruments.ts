import type { Ctx } from "@/server/services/ctx";

export type DailyBar = { date: string; open: number; high: number; low: number; close: number; volume: number };

/** What a price feed starts from: an instrument and its newest stored sessions, oldest first. */
export type FeedInstrument = { symbol: string; kind: string; currency: string; calendar: string; isRecorded: boolean; bars: readonly DailyBar[] };

type Row = { symbol: string; kind: string; currency: string; calendar: string; origin: string; date: string | null; open: number; high: number; low: number; close: number; volume: number };

/** Every instrument with its last `sessions` daily bars; one without bars is listed with none, so that its symbol is known. */
export async function listFeedInstruments(ctx: Pick<Ctx, "db">, { sessions }: { sessions: number }): Promise<FeedInstrument[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT i.symbol, i.kind::text AS kind, i.currency, i.calendar, i.price_origin::text AS origin,
           to_char(b.time AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, b.open, b.high, b.low, b.close, b.volume
    FROM instrument i
    LEFT JOIN LATERAL (
      SELECT p.time, p.open, p.high, p.low, p.close, p.volume
      FROM price_bar p
      WHERE p.instrument_id = i.id AND p.interval = 'D1' AND p.origin = i.price_origin
      ORDER BY p.time DESC
      LIMIT ${sessions}
    ) b ON true
    ORDER BY i.symbol, b.time`;
  const instruments = new Map<string, Omit<FeedInstrument, "bars"> & { bars: DailyBar[] }>();
  for (const { symbol, kind, currency, calendar, origin, date, ...prices } of rows) {
    const instrument = instruments.get(symbol) ?? { symbol, kind, currency, calendar, isRecorded: origin === "RECORDED", bars: [] };
    instruments.set(symbol, instrument);
    if (date !== null) instrument.bars.push({ date, ...prices });
  }
  return [...instruments.values()];
}
