import { KRW_EXCHANGES, type KrwExchange, type PremiumHistoryDto, type PremiumHistoryInput } from "@/server/contracts/coin";
import { premiumBand } from "@/server/domain/market/premium-band";
import type { Ctx } from "@/server/services/ctx";
import { sourceOf } from "./coin-rows";

const YEAR_MS = 365 * 86_400_000;
const INSIDE = 0.9;
const MOST_POINTS = 400;
/** Lengths of a stretch that is drawn as one point. */
const STRETCHES_S = [300, 1_800, 3_600, 21_600, 86_400] as const;

type Span = { exchange: KrwExchange; first: Date | null; last: Date; newest: Date | null };
type Point = { at: Date; bank: number | null; implied: number | null; krw_price: number };

/** A coin's premium over the year that ends with the newest reading, the band that held most of its readings, and its won price by day. Readings that were suspicious are in neither of the first two. */
export async function getPremiumHistory(ctx: Ctx, { symbol, exchange = null }: PremiumHistoryInput): Promise<PremiumHistoryDto> {
  const spans = await ctx.db.$queryRaw<Span[]>`
    SELECT exchange, min(at) FILTER (WHERE bank IS NOT NULL OR implied IS NOT NULL) AS first, max(at) AS last, max(at) FILTER (WHERE bank IS NOT NULL) AS newest FROM coin_premium WHERE coin = ${symbol} AND exchange = ANY(${[...KRW_EXCHANGES]}::text[]) AND match IN ('known', 'unknown') GROUP BY exchange ORDER BY newest DESC NULLS LAST, exchange DESC`;
  const exchanges = KRW_EXCHANGES.filter((one) => spans.some((span) => span.exchange === one));
  const span = exchange === null ? spans[0] : spans.find((one) => one.exchange === exchange);
  if (!span) return { exchange, exchanges, points: [], wonPrices: [], band: null, provenance: null };
  const yearAgo = span.last.getTime() - YEAR_MS;
  const from = new Date(Math.max(span.first?.getTime() ?? yearAgo, yearAgo));
  const seconds = (span.last.getTime() - from.getTime()) / 1_000;
  const stretch = STRETCHES_S.find((length) => seconds / length <= MOST_POINTS) ?? STRETCHES_S.at(-1)!;
  const [points, readings, wonPrices] = await Promise.all([
    // The last of each stretch.
    ctx.db.$queryRaw<Point[]>`
      SELECT at, bank, implied, krw_price FROM (
        SELECT DISTINCT ON (place) at, bank, implied, krw_price
        FROM (SELECT *, floor(extract(epoch FROM at) / ${stretch}::float8) AS place FROM coin_premium WHERE exchange = ${span.exchange} AND coin = ${symbol} AND at >= ${from} AND match IN ('known', 'unknown') AND (bank IS NOT NULL OR implied IS NOT NULL)) placed
        ORDER BY place, at DESC
      ) kept ORDER BY at`,
    ctx.db.coinPremium.findMany({ where: { exchange: span.exchange, coin: symbol, at: { gte: from }, bank: { not: null }, match: { in: ["known", "unknown"] } }, select: { at: true, bank: true, provider: true }, orderBy: { at: "asc" } }),
    ctx.db.$queryRaw<{ date: string; price: number }[]>`
      SELECT DISTINCT ON (date) to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, krw_price AS price FROM coin_premium WHERE exchange = ${span.exchange} AND coin = ${symbol} AND at >= ${new Date(yearAgo)} ORDER BY date, at DESC`,
  ]);
  const newest = readings.at(-1);
  const band = newest ? premiumBand(readings.map(({ at, bank }) => ({ at: at.toISOString(), premium: bank! })), { now: newest.at.toISOString(), windowMs: YEAR_MS, inside: INSIDE }) : null;
  return {
    exchange: span.exchange, exchanges, points: points.map(({ at, bank, implied, krw_price }) => ({ at: at.toISOString(), bank, implied, krwPrice: krw_price })), wonPrices, band: band && { ...band, inside: INSIDE },
    provenance: newest ? { ...sourceOf("computed", newest.provider, newest.at.toISOString()), n: readings.length } : null,
  };
}
