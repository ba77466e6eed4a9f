import type { CoinMarketDto, CoinMatch, KrwExchange, PREMIUM_FAULTS, PremiumDto } from "@/server/contracts/coin";
import type { Provenance } from "@/server/contracts/common";
import { sqlPart } from "@/server/platform/sql-part";
import type { FiguresCtx } from "@/server/services/ctx";

type Fault = (typeof PREMIUM_FAULTS)[number];
export type PremiumColumns = { at: Date; krw_price: number; usd_price: number | null; bank_rate: number | null; bank_rate_source: string | null; implied_rate: number | null; bank: number | null; implied: number | null; dollar_coin: number | null; fault: string | null; implied_fault: string | null; match: string; provider: string };
type MarketColumns = {
  exchange: KrwExchange; market: string; coin: string; name_en: string | null; name_ko: string | null; warning: string | null; listed_as_of: string; list_provider: string;
  price: number | null; change_24h: number | null; high_24h: number | null; low_24h: number | null; volume_24h: number | null; value_24h: number | null; ticker_at: Date | null;
};
type Row = MarketColumns & { [K in keyof PremiumColumns]: PremiumColumns[K] | null };

export const sourceOf = (basis: Provenance["basis"], provider: string, asOf: string | null, reference: string | null = null): Provenance => ({ basis, provider, asOf, reference, formula: null, n: null, rSquared: null, stdError: null });

export function toPremium(exchange: KrwExchange, coin: string, row: PremiumColumns): PremiumDto {
  const at = row.at.toISOString();
  return {
    exchange, coin, at, krwPrice: row.krw_price, usdPrice: row.usd_price, bank: row.bank, bankFault: row.fault as Fault | null, implied: row.implied, impliedFault: row.implied_fault as Fault | null, dollarCoin: row.dollar_coin, bankRate: row.bank_rate,
    impliedRate: row.implied_rate, match: row.match as CoinMatch, provenance: sourceOf("computed", row.provider, at, row.bank_rate_source),
  };
}

function toMarket(row: Row): CoinMarketDto {
  const at = row.ticker_at?.toISOString() ?? null;
  return {
    exchange: row.exchange, market: row.market, coin: row.coin, nameEn: row.name_en, nameKo: row.name_ko, warning: row.warning, listedAsOf: row.listed_as_of, price: row.price, change24h: row.change_24h, high24h: row.high_24h, low24h: row.low_24h,
    volume24h: row.volume_24h, value24h: row.value_24h, at, premium: row.at === null ? null : toPremium(row.exchange, row.coin, row as PremiumColumns),
    provenance: at === null ? sourceOf("recorded", row.list_provider, row.listed_as_of) : sourceOf("recorded", row.exchange, at),
  };
}

/** Won markets, of one coin or of all, each with its newest price and its newest premium, if there ever was one. */
export async function loadCoinMarkets(ctx: Pick<FiguresCtx, "db">, { coin = null }: { coin?: string | null } = {}): Promise<CoinMarketDto[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT m.exchange, m.market, m.coin, m.name_en, m.name_ko, m.warning, m.listed_as_of, m.provider AS list_provider, t.price, t.change_24h, t.high_24h, t.low_24h, t.volume_24h, t.value_24h, t.at AS ticker_at,
           p.at, p.krw_price, p.usd_price, p.bank_rate, p.bank_rate_source, p.implied_rate, p.bank, p.implied, p.dollar_coin, p.fault, p.implied_fault, p.match, p.provider
    FROM crypto_market m
    LEFT JOIN crypto_ticker t ON t.exchange = m.exchange AND t.market = m.market
    LEFT JOIN LATERAL (SELECT * FROM coin_premium WHERE exchange = m.exchange AND coin = m.coin AND usd_price IS NOT NULL ORDER BY at DESC LIMIT 1) p ON true
    WHERE m.quote = 'KRW' AND ${coin === null ? sqlPart`true` : sqlPart`m.coin = ${coin}`}
    ORDER BY t.value_24h DESC NULLS LAST, p.at IS NULL, m.coin, m.exchange DESC`;
  return rows.map(toMarket);
}
