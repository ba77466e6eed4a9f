import type { CoinTickerRow } from "@/server/providers/capabilities";
import { utcDate } from "@/server/domain/calendar/trading-date";
import type { FiguresCtx } from "@/server/services/ctx";

/**
 * Keeps the newest price of each market and notes that the exchange lists it; returns how many prices changed. An older price never takes the place of
 * a newer one, so that answers may come in any order.
 */
export async function storeTickers(ctx: Pick<FiguresCtx, "db" | "now">, rows: readonly CoinTickerRow[], { runId, exchange }: { runId: string; exchange: string }): Promise<number> {
  const unique = [...new Map(rows.map((row) => [row.market, row])).values()];
  const given = JSON.stringify(unique.map((row) => ({
    market: row.market, coin: row.coin, quote: row.quoteCurrency, price: row.price, previous_close: row.previousClose, change_24h: row.change24h, high_24h: row.high24h, low_24h: row.low24h, volume_24h: row.volume24h, value_24h: row.value24h, at: row.at,
    name_en: row.nameEn, name_ko: row.nameKo, warning: row.warnings?.join(", ") || null,
  })));
  // An exchange that tells of no warnings does not take back those that are known.
  const warnedOf = unique.flatMap(({ market, warnings }) => (warnings === null ? [] : [market]));
  return ctx.db.$transaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO crypto_market AS m (exchange, market, coin, quote, name_en, name_ko, warning, listed_as_of, provider, run_id)
      SELECT ${exchange}, market, coin, quote, name_en, name_ko, warning, ${utcDate(ctx.now())}, ${exchange}, ${runId}::uuid
      FROM jsonb_to_recordset(${given}::jsonb) AS row (market text, coin text, quote text, name_en text, name_ko text, warning text)
      ON CONFLICT (exchange, market) DO UPDATE SET listed_as_of = excluded.listed_as_of, coin = excluded.coin, name_en = coalesce(excluded.name_en, m.name_en), name_ko = coalesce(excluded.name_ko, m.name_ko),
        warning = CASE WHEN m.market = ANY(${warnedOf}::text[]) THEN excluded.warning ELSE m.warning END, provider = excluded.provider, run_id = excluded.run_id
      WHERE (m.listed_as_of, m.coin, m.name_en, m.name_ko) IS DISTINCT FROM (excluded.listed_as_of, excluded.coin, coalesce(excluded.name_en, m.name_en), coalesce(excluded.name_ko, m.name_ko))
        OR (m.warning IS DISTINCT FROM excluded.warning AND m.market = ANY(${warnedOf}::text[]))`;
    return tx.$executeRaw`
      INSERT INTO crypto_ticker AS t (exchange, market, coin, quote, price, previous_close, change_24h, high_24h, low_24h, volume_24h, value_24h, at, run_id)
      SELECT ${exchange}, market, coin, quote, price, previous_close, change_24h, high_24h, low_24h, volume_24h, value_24h, at, ${runId}::uuid
      FROM jsonb_to_recordset(${given}::jsonb) AS row (market text, coin text, quote text, price float8, previous_close float8, change_24h float8, high_24h float8, low_24h float8, volume_24h float8, value_24h float8, at timestamptz)
      ON CONFLICT (exchange, market) DO UPDATE SET coin = excluded.coin, price = excluded.price, previous_close = excluded.previous_close, change_24h = excluded.change_24h, high_24h = excluded.high_24h, low_24h = excluded.low_24h,
        volume_24h = excluded.volume_24h, value_24h = excluded.value_24h, at = excluded.at, run_id = excluded.run_id
      WHERE excluded.at >= t.at AND (t.price, t.previous_close, t.change_24h, t.high_24h, t.low_24h, t.volume_24h, t.value_24h, t.at)
        IS DISTINCT FROM (excluded.price, excluded.previous_close, excluded.change_24h, excluded.high_24h, excluded.low_24h, excluded.volume_24h, excluded.value_24h, excluded.at)`;
  });
}
