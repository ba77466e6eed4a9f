import { z } from "zod";
import { notAhead, vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { CoinDetailRow, CoinMarketRow, DerivativeRow, FxRow, VendorProvenance } from "../capabilities";
import { plainWords, webAddress } from "../plain-words";

type Told = { now: Date; provenance: VendorProvenance };

const figure = z.number().nullable();
/** Amounts of which CoinGecko writes 0 where it knows none. */
const known = (value: number | null | undefined): number | null => value || null;
const code = (symbol: string): string => symbol.toUpperCase();

/** GET /coins/markets. The change is in percent. */
export const coinGeckoMarkets = z.array(
  z.object({
    id: z.string().min(1), symbol: z.string().min(1), name: z.string(), image: z.string().nullable(), current_price: figure, market_cap: figure, market_cap_rank: z.int().nullable(), total_volume: figure,
    price_change_percentage_24h: figure, circulating_supply: figure, total_supply: figure, max_supply: figure, ath: figure, last_updated: z.string().nullable(),
  }),
);
export type CoinGeckoMarket = z.infer<typeof coinGeckoMarkets>[number];

export function toCoinMarket(told: CoinGeckoMarket, { currency, now, provenance }: Told & { currency: string }): CoinMarketRow {
  const at = vendorInstant(told.last_updated);
  if (at !== null) notAhead(at, { now, provider: provenance.provider });
  const change = told.price_change_percentage_24h;
  return {
    id: told.id, coin: code(told.symbol), name: told.name, rank: told.market_cap_rank, price: known(told.current_price), currency: currency.toUpperCase(), marketCap: known(told.market_cap),
    volume24h: told.total_volume, circulating: known(told.circulating_supply), total: known(told.total_supply), max: known(told.max_supply), change24h: change === null ? null : change / 100,
    allTimeHigh: known(told.ath), imageUrl: webAddress(told.image), at, provenance: { ...provenance, asOf: at ?? provenance.asOf },
  };
}

const count = z.int().min(0).nullish();

/** GET /coins/{id}. Texts that are not known are empty. */
export const coinGeckoDetail = z.object({
  id: z.string(), symbol: z.string().min(1), name: z.string(), description: z.object({ en: z.string() }), categories: z.array(z.string().nullable()), genesis_date: z.iso.date().nullable(), hashing_algorithm: z.string().nullable(),
  links: z.object({ homepage: z.array(z.string().nullable()), whitepaper: z.string().nullish(), repos_url: z.object({ github: z.array(z.string()), bitbucket: z.array(z.string()) }) }),
  developer_data: z.object({ forks: count, stars: count, total_issues: count, closed_issues: count, pull_request_contributors: count, commit_count_4_weeks: count }).nullish(),
  // What X tells of followers is not among it since 2025-05-15 (https://status.coingecko.com/info_notices/290171).
  community_data: z.object({ reddit_subscribers: count, telegram_channel_user_count: count }).nullish(),
  market_cap_rank: z.int().nullable(), last_updated: z.string(),
});

/** A coin without repositories has no development to speak of, rather than none: its zeros are left out. */
export function toCoinDetail(told: z.infer<typeof coinGeckoDetail>, { now, provenance }: Told): CoinDetailRow {
  const updatedAt = vendorInstant(told.last_updated);
  if (updatedAt !== null) notAhead(updatedAt, { now, provider: provenance.provider });
  const { github, bitbucket } = told.links.repos_url;
  const repositories = [...github, ...bitbucket].flatMap((address) => webAddress(address) ?? []);
  const { developer_data: work, community_data: people } = told;
  const issues = work?.total_issues != null && work.closed_issues != null ? work.total_issues - work.closed_issues : null;
  return {
    id: told.id, coin: code(told.symbol), name: told.name, description: plainWords(told.description.en, 4_000), categories: told.categories.filter((name): name is string => name !== null && name !== ""),
    genesisDate: told.genesis_date, consensus: told.hashing_algorithm || null, homepage: webAddress(told.links.homepage[0]), whitepaper: webAddress(told.links.whitepaper), repositories,
    development: work && repositories.length > 0
      ? { stars: work.stars ?? null, forks: work.forks ?? null, contributors: work.pull_request_contributors ?? null, commits4Weeks: work.commit_count_4_weeks ?? null, issuesOpen: issues !== null && issues >= 0 ? issues : null, issuesClosed: work.closed_issues ?? null }
      : null,
    community: people ? { twitterFollowers: null, redditSubscribers: known(people.reddit_subscribers), telegramMembers: known(people.telegram_channel_user_count) } : null,
    marketCapRank: told.market_cap_rank, updatedAt, provenance: { ...provenance, asOf: updatedAt ?? provenance.asOf },
  };
}

/** GET /derivatives: the contracts of all exchanges. Funding is in percent, for hours that are not told; open interest in dollars; the price is the last one, not the mark. */
export const coinGeckoDerivatives = z.array(
  z.object({ market: z.string().min(1), symbol: z.string().min(1), index_id: z.string(), contract_type: z.string().min(1), index: figure, funding_rate: figure, open_interest: figure, last_traded_at: z.int().nullable() }),
).min(1);

/** Perpetuals of one coin. Of a hundred exchanges some clock is wrong: a contract without a time, or with one ahead, is left out. */
export function toDerivatives(told: z.infer<typeof coinGeckoDerivatives>, { coin, now, provenance }: Told & { coin: string }): { rows: DerivativeRow[]; leftOut: number } {
  const contracts = told.filter(({ index_id: index, contract_type: kind }) => code(index) === coin && kind === "perpetual");
  const rows = contracts.flatMap((contract) => {
    const at = vendorInstant(contract.last_traded_at);
    return at === null || Date.parse(at) > now.getTime() + 5 * 60_000 ? [] : [{
      coin, market: contract.symbol, exchange: contract.market, markPrice: null, indexPrice: known(contract.index), fundingRate: contract.funding_rate === null ? null : contract.funding_rate / 100, fundingHours: null,
      nextFundingAt: null, openInterest: null, openInterestValue: known(contract.open_interest), longShortRatio: null, at, provenance: { ...provenance, asOf: at },
    }];
  });
  return { rows, leftOut: contracts.length - rows.length };
}

/** GET /simple/price of bitcoin in several currencies, with `include_last_updated_at`. */
export const coinGeckoPrices = z.object({ bitcoin: z.object({ last_updated_at: z.int().positive() }).catchall(z.number().positive()) });

/** One price in two currencies is the rate between them that CoinGecko reckons with. */
export function toFxRows({ bitcoin: { last_updated_at: stamp, ...prices } }: z.infer<typeof coinGeckoPrices>, { base, quotes, now, provenance }: Told & { base: string; quotes: readonly string[] }): FxRow[] {
  const at = notAhead(vendorInstant(stamp)!, { now, provider: provenance.provider });
  const priceIn = (currency: string) => (prices as Record<string, number>)[currency.toLowerCase()];
  const one = priceIn(base);
  return quotes.flatMap((quote) => {
    const other = priceIn(quote);
    return one === undefined || other === undefined ? [] : [{ base, quote, rate: other / one, at, provenance: { ...provenance, asOf: at } }];
  });
}
