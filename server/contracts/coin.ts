import { z } from "zod";
import { isoDate, pageInput, pageOf, provenance } from "./common";

export const KRW_EXCHANGES = ["upbit", "bithumb"] as const;
export const krwExchange = z.enum(KRW_EXCHANGES);
export type KrwExchange = z.infer<typeof krwExchange>;
/** Code of a coin on the exchanges. */
export const coinCode = z.string().trim().toUpperCase().regex(/^[A-Z0-9]{1,16}$/, "A coin's code has up to 16 letters and digits");
const amount = z.number().nullable();

export const PREMIUM_FAULTS = ["no-rate", "no-foreign-price", "prices-not-aligned", "rate-not-aligned"] as const;
/** known: listed by code and name; unknown: no contradiction, but no proof; other-coin: the exchange names another coin; far-from-board: the prices are too far apart to be of one coin. */
export const COIN_MATCHES = ["known", "unknown", "other-coin", "far-from-board"] as const;
export type CoinMatch = (typeof COIN_MATCHES)[number];

/** Premiums are fractions: 0.02 is 2 % dearer in Korea. Null with its reason where there is none. */
export const premium = z.object({
  exchange: krwExchange,
  coin: z.string(),
  /** Of the won price. */
  at: z.iso.datetime(),
  krwPrice: z.number(),
  /** In dollar coins abroad. */
  usdPrice: amount,
  /** Against the banks' rate. */
  bank: amount,
  bankFault: z.enum(PREMIUM_FAULTS).nullable(),
  /** Against the won price of the dollar coin on the same exchange. */
  implied: amount,
  impliedFault: z.enum(PREMIUM_FAULTS).nullable(),
  /** Of the dollar coin itself against the banks' rate. */
  dollarCoin: amount,
  bankRate: amount,
  impliedRate: amount,
  match: z.enum(COIN_MATCHES),
  provenance,
});
export type PremiumDto = z.infer<typeof premium>;

export const coinMarket = z.object({
  exchange: krwExchange,
  market: z.string(),
  coin: z.string(),
  nameEn: z.string().nullable(),
  nameKo: z.string().nullable(),
  warning: z.string().nullable(),
  /** When the exchange was last known to list it: a month or a day. */
  listedAsOf: z.string(),
  /** In won; null where none was ever fetched. */
  price: amount,
  change24h: amount,
  high24h: amount,
  low24h: amount,
  /** In coins. */
  volume24h: amount,
  /** In won. */
  value24h: amount,
  /** When the price was paid. */
  at: z.iso.datetime().nullable(),
  /** The newest one that is stored, however old. */
  premium: premium.nullable(),
  provenance,
});
export type CoinMarketDto = z.infer<typeof coinMarket>;

export const fxRate = z.object({ base: z.string(), quote: z.string(), rate: z.number(), /** An instant, or a day where the source gives no time. */ asOf: z.string(), source: z.string().nullable(), provenance });
export type FxRateDto = z.infer<typeof fxRate>;

export const COIN_FEEDS = ["crypto-board", "crypto-fx", "crypto-details", "crypto-derivatives"] as const;
/** What became of asking a vendor: `downSince` is when the first of the attempts failed that followed the last success. */
export const coinFeed = z.object({ feed: z.enum(COIN_FEEDS), vendor: z.string(), lastSuccessAt: z.iso.datetime().nullable(), downSince: z.iso.datetime().nullable() });
export type CoinFeedDto = z.infer<typeof coinFeed>;

/** The banks' rate, and who is asked for what is shown. */
const surroundings = { bankRate: fxRate.nullable(), /** Won per dollar coin by exchange. */ dollarCoins: z.array(z.object({ exchange: krwExchange, price: z.number(), at: z.iso.datetime() })), feeds: z.array(coinFeed) };
export const coinBoard = z.object({ items: z.array(coinMarket), ...surroundings });
export type CoinBoardDto = z.infer<typeof coinBoard>;

export const COIN_SORTS = ["value", "change", "premium", "name"] as const;
export const listCoinsInput = pageInput.extend({ exchange: krwExchange.nullish(), search: z.string().trim().max(60).nullish(), sort: z.enum(COIN_SORTS).default("value") });
export type ListCoinsInput = z.infer<typeof listCoinsInput>;
export const coinPage = pageOf(coinMarket);

export const listPremiumsInput = z.object({ exchange: krwExchange.nullish(), symbol: coinCode.nullish() });
export type ListPremiumsInput = z.infer<typeof listPremiumsInput>;
export const premiumList = z.object({ items: z.array(premium), /** Of the board's coins that are not suspicious. */ median: amount, ...surroundings });
export type PremiumListDto = z.infer<typeof premiumList>;

export const premiumBand = z.object({ count: z.number().int(), mean: z.number(), lower: z.number(), median: z.number(), upper: z.number(), from: z.iso.datetime(), to: z.iso.datetime(), /** Share of the readings inside. */ inside: z.number() });
export const premiumHistoryInput = z.object({ symbol: coinCode, exchange: krwExchange.nullish() });
export type PremiumHistoryInput = z.infer<typeof premiumHistoryInput>;
export const premiumHistory = z.object({
  exchange: krwExchange.nullable(),
  /** Exchanges of which readings are stored. */
  exchanges: z.array(krwExchange),
  /** Oldest first; at most a few hundred, of which each is the last reading of its stretch. */
  points: z.array(z.object({ at: z.iso.datetime(), bank: amount, implied: amount, krwPrice: z.number() })),
  /** Last stored price of each day in UTC of the year that ends with the newest one, oldest first. */
  wonPrices: z.array(z.object({ date: isoDate, price: z.number() })),
  /** Of all readings of the year that ends with the newest one; null with too few. */
  band: premiumBand.nullable(),
  provenance: provenance.nullable(),
});
export type PremiumHistoryDto = z.infer<typeof premiumHistory>;

export const coinInput = z.object({ symbol: coinCode });
export type CoinInput = z.infer<typeof coinInput>;

const coinHead = { symbol: z.string(), nameEn: z.string().nullable(), nameKo: z.string().nullable() };

export const GUIDANCE_RULES = ["volatility-budget", "loss-limit", "premium-place", "exit-size", "funding-cost"] as const;
export const GUIDANCE_INPUTS = ["volatilityPerYear", "volatilityBudget", "maxDrawdown", "lossLimit", "premium", "bandLower", "bandUpper", "value24h", "shareOfValue", "fundingRate", "fundingHours"] as const;
export const guidance = z.object({
  rule: z.enum(GUIDANCE_RULES),
  /** A fraction of the portfolio, an amount of won, or a fraction a year, by the rule; null where an input is missing. */
  value: amount,
  unit: z.enum(["fraction", "krw", "fraction-per-year", "place"]),
  /** Of `premium-place`. */
  place: z.enum(["below", "inside", "above"]).nullable(),
  inputs: z.array(z.object({ name: z.enum(GUIDANCE_INPUTS), value: amount, unit: z.enum(["fraction", "krw", "hours"]), provenance })),
});
export type GuidanceDto = z.infer<typeof guidance>;

export const coinInvestment = z.object({
  ...coinHead,
  markets: z.array(coinMarket),
  history: premiumHistory,
  bankRate: fxRate.nullable(),
  derivatives: z.array(z.object({
    exchange: z.string(), market: z.string(), at: z.iso.datetime(), markPrice: amount, indexPrice: amount, /** markPrice / indexPrice - 1. */ basis: amount, fundingRate: amount, fundingHours: amount,
    /** Simple, fundingRate x 8,760 / fundingHours. */ fundingPerYear: amount, nextFundingAt: z.iso.datetime().nullable(), openInterest: amount, openInterestValue: amount, longShortRatio: amount, provenance,
  })),
  risk: z.object({
    /** Instrument whose daily bars are read. */
    symbol: z.string(), from: isoDate, to: isoDate, days: z.number().int(),
    volatility: z.array(z.object({ days: z.number().int(), perYear: amount })),
    /** Negative fraction; with the days of its top and bottom. */
    maxDrawdown: z.object({ value: z.number(), from: isoDate, to: isoDate }).nullable(),
    /** Of the newest close below the highest of the window, 0 or negative. */
    drawdown: amount,
    provenance,
  }).nullable(),
  /** Won that changed hands in 24 hours on the exchanges shown. */
  liquidity: z.object({ value24h: z.number(), provenance }).nullable(),
  guidance: z.array(guidance),
  feeds: z.array(coinFeed),
});
export type CoinInvestmentDto = z.infer<typeof coinInvestment>;

export const COIN_FEATURES = ["consensus", "supplyCapped", "genesis", "openSource"] as const;
export const COIN_QUESTIONS = ["where-traded", "when-begun", "how-secured", "how-many", "how-large", "where-code"] as const;
const values = z.record(z.string(), z.union([z.string(), z.number()]));
export const coinConcept = z.object({
  ...coinHead,
  background: z.object({ name: z.string(), description: z.string().nullable(), genesisDate: z.string().nullable(), consensus: z.string().nullable(), homepage: z.string().nullable(), whitepaper: z.string().nullable(), provenance }).nullable(),
  /** As the vendor names them; null where it was not asked. */
  categories: z.array(z.string()).nullable(),
  features: z.array(z.object({ code: z.enum(COIN_FEATURES), values, provenance })),
  /** Only questions that stored figures answer. */
  faq: z.array(z.object({ code: z.enum(COIN_QUESTIONS), values, provenance })),
  feeds: z.array(coinFeed),
});
export type CoinConceptDto = z.infer<typeof coinConcept>;

export const coinEcosystem = z.object({
  ...coinHead,
  development: z.object({ stars: amount, forks: amount, contributors: amount, commits4Weeks: amount, issuesOpen: amount, issuesClosed: amount, /** closed / (open + closed). */ issuesClosedShare: amount, repositories: z.array(z.string()), provenance }).nullable(),
  community: z.object({ twitterFollowers: amount, redditSubscribers: amount, telegramMembers: amount, provenance }).nullable(),
  maturity: z.object({
    /** Since the genesis date. */ ageYears: amount, rank: amount, marketCap: amount, currency: z.string().nullable(), /** circulating / max. */ issuedShare: amount, /** price / all-time high - 1. */ fromAllTimeHigh: amount,
    krwExchanges: z.array(krwExchange), provenance: provenance.nullable(),
  }),
  /** Coins that share one of its categories, largest first; null where its categories are not known. */
  competition: z.object({ category: z.string(), items: z.array(z.object({ symbol: z.string(), name: z.string(), marketCap: amount, currency: z.string().nullable(), /** Of the market value of those listed. */ share: amount, provenance })) }).nullable(),
  feeds: z.array(coinFeed),
});
export type CoinEcosystemDto = z.infer<typeof coinEcosystem>;
