/*
 * What vendors can do, one small capability each, and what they give: plain JSON. Instants are ISO 8601 in UTC, days YYYY-MM-DD, ratios
 * and rates fractions, currencies ISO 4217 (coins: their code). Market data are numbers, as stored; statements, dividends and per-share
 * figures are decimal strings, as stored. What a vendor does not say is null, never 0 or "".
 */

export const VENDOR_IDS = [
  "yahoo", "sec", "fred", "treasury", "world-bank", "coingecko", "bithumb", "upbit", "binance", "finnhub", "polygon", "alpha-vantage", "alpaca", "fmp", "newsapi", "rss", "x", "truth-social",
] as const;
export type VendorId = (typeof VENDOR_IDS)[number];

/** `asOf` is the instant or day that the vendor says the figure is of, or else when it was received; `url` carries no key. */
export type VendorProvenance = { provider: VendorId; asOf: string; url: string | null; accession: string | null };
export type Sourced = { provenance: VendorProvenance };

/** `signal` ends the call. `withinMs` bounds it with all of its attempts, at each vendor. */
export type CallOptions = { signal?: AbortSignal; withinMs?: number };
/** Both ends included; `to` is today unless given. */
export type DayRange = { from: string; to?: string };

export type QuoteRow = Sourced & {
  symbol: string;
  currency: string;
  price: number;
  /** When the price was paid. */
  at: string;
  open: number | null;
  high: number | null;
  low: number | null;
  /** Official close of the session before. */
  previousClose: number | null;
  volume: number | null;
  bid: number | null;
  ask: number | null;
  marketCap: number | null;
  name: string | null;
};
/** Symbols that a vendor does not know are left out; one that answers wrongly throws. */
export type QuoteSource = { fetchQuotes(query: { symbols: readonly string[] }, options?: CallOptions): Promise<QuoteRow[]> };

/** Prices are adjusted for splits and not for dividends. Daily bars carry the trading day at midnight UTC, others the start of the bar. */
export type BarRow = Sourced & { time: string; open: number; high: number; low: number; close: number; volume: number };
/** Oldest first, each time once. `currency` is the one the vendor told, or null: the caller compares it with the instrument's. */
export type BarSeries = { symbol: string; currency: string | null; bars: BarRow[] };
export type DailyBarSource = { fetchDailyBars(query: { symbol: string } & DayRange, options?: CallOptions): Promise<BarSeries> };
export type IntradayInterval = "M1" | "M5" | "M15" | "H1";
export type IntradayBarSource = { fetchIntradayBars(query: { symbol: string; interval: IntradayInterval; from: string; to?: string }, options?: CallOptions): Promise<BarSeries> };

export type ProfileRow = Sourced & {
  symbol: string; name: string; exchange: string | null; currency: string | null; country: string | null; sector: string | null; industry: string | null;
  cik: string | null; website: string | null; headquarters: string | null; founded: string | null; employees: number | null; description: string | null; marketCap: number | null;
};
/** @throws AppError NOT_FOUND for a symbol that the vendor does not know */
export type ProfileSource = { fetchProfile(query: { symbol: string }, options?: CallOptions): Promise<ProfileRow> };

export const STATEMENT_LINES = [
  "revenue", "costOfRevenue", "operatingIncome", "depreciation", "interestExpense", "incomeTax", "netIncome", "totalAssets", "totalLiabilities", "equity", "totalDebt", "cash",
  "operatingCashFlow", "capex", "dividendsPaid", "epsBasic", "epsDiluted", "sharesDiluted", "sharesOutstanding",
] as const;
/** Decimal strings in whole units of `currency`; income and cash flow cover the period alone, never the year to date. */
export type StatementRow = Sourced & Record<(typeof STATEMENT_LINES)[number], string | null> & {
  periodKind: "QUARTER" | "YEAR"; fiscalYear: number; /** Q1 to Q4, or FY. */ fiscalPeriod: string; periodStart: string | null; periodEnd: string; filedOn: string | null; currency: string;
  /** Form and period, as "10-Q 2025-09-30". */
  reference: string; note: string | null;
};
export type StatementSource = { fetchStatements(query: { symbol: string; cik: string | null }, options?: CallOptions): Promise<StatementRow[]> };

/** Principal of long-term debt that falls due in the `year` from the period's end on (1 is the next twelve months, null is after the fifth); decimal string. Known since `filedOn`. */
export type DebtMaturityRow = Sourced & { periodEnd: string; filedOn: string; currency: string; year: number | null; amount: string };
/** Of each annual report that has the table, oldest first. */
export type DebtMaturitySource = { fetchDebtMaturities(query: { symbol: string; cik: string | null }, options?: CallOptions): Promise<DebtMaturityRow[]> };

export type DividendRow = Sourced & { symbol: string; exDate: string; payDate: string | null; recordDate: string | null; declaredOn: string | null; amount: string; currency: string | null; kind: "regular" | "special" | null };
export type DividendSource = { fetchDividends(query: { symbol: string } & DayRange, options?: CallOptions): Promise<DividendRow[]> };
/** One share before becomes `to / from` shares after; both decimal strings. */
export type SplitRow = Sourced & { symbol: string; exDate: string; from: string; to: string };
export type SplitSource = { fetchSplits(query: { symbol: string } & DayRange, options?: CallOptions): Promise<SplitRow[]> };

export type SymbolRow = Sourced & { symbol: string; name: string; kind: "EQUITY" | "ETF" | "INDEX" | "CRYPTO" | "FX" | "COMMODITY" | null; exchange: string | null; currency: string | null };
export type SymbolSearchSource = { searchSymbols(query: { text: string; limit: number }, options?: CallOptions): Promise<SymbolRow[]> };

export type MoverList = "gainers" | "losers" | "most-active" | "trending";
/** Best first; `change` is a fraction of the previous close. */
export type MoverRow = Sourced & { symbol: string; name: string | null; price: number | null; change: number | null; volume: number | null; currency: string | null };
export type MoverSource = { fetchMovers(query: { list: MoverList; limit: number }, options?: CallOptions): Promise<MoverRow[]> };

/** `knownAt` is the day since which the value was public where the vendor says so; else null, and the day of the call is what is known. */
export type MacroRow = Sourced & { date: string; value: number; knownAt: string | null };
/** Oldest first, in the unit of the series as published. @throws AppError NOT_FOUND for a series that the vendor does not have */
export type MacroSource = { fetchSeries(query: { seriesId: string; from?: string; to?: string }, options?: CallOptions): Promise<MacroRow[]> };
/** Every value that was ever public, by date and then by the day it was known. */
export type MacroVintageSource = { fetchVintages(query: { seriesId: string; from?: string; to?: string; knownFrom?: string; knownTo?: string }, options?: CallOptions): Promise<(MacroRow & { knownAt: string })[]> };
export type MacroInfoRow = Sourced & { seriesId: string; name: string; unit: string; frequency: "DAILY" | "WEEKLY" | "MONTHLY" | "QUARTERLY" | "ANNUAL"; seasonallyAdjusted: boolean | null; updatedAt: string | null; notes: string | null };
export type MacroInfoSource = { fetchSeriesInfo(query: { seriesId: string }, options?: CallOptions): Promise<MacroInfoRow> };
/** One indicator over countries (ISO 3166 alpha-3) and years. */
export type CountryMacroRow = Sourced & { indicator: string; country: string; countryName: string; date: string; value: number };
export type CountryMacroSource = { fetchCountryMacro(query: { indicator: string; countries: readonly string[]; fromYear: number; toYear: number }, options?: CallOptions): Promise<CountryMacroRow[]> };

/** Par yield as a fraction a year; `months` to maturity. */
export type YieldRow = Sourced & { date: string; months: number; yieldPerYear: number };
export type YieldCurveSource = { fetchYieldCurve(query: DayRange, options?: CallOptions): Promise<YieldRow[]> };

/** A vendor's own score: -1 to 1, with its words for the method; null where it gives none. */
export type VendorSentiment = { score: number; confidence: number | null; label: string | null; method: string };
export type NewsRow = Sourced & {
  /** The vendor's id of the article, or else its address. */
  externalId: string; headline: string; summary: string | null; articleUrl: string; source: string; author: string | null; imageUrl: string | null; publishedAt: string; language: string | null;
  symbols: string[]; topics: string[]; sentiment: VendorSentiment | null; symbolSentiment: { symbol: string; relevance: number | null; sentiment: VendorSentiment }[];
};
/** Newest first. Without `symbols` and `text`, the market's news. */
export type NewsSource = { fetchNews(query: { symbols?: readonly string[]; text?: string; from?: string; to?: string; limit: number }, options?: CallOptions): Promise<NewsRow[]> };

export type EarningsRow = Sourced & { symbol: string; date: string; when: "before-open" | "during" | "after-close" | null; fiscalYear: number | null; fiscalQuarter: number | null; epsEstimate: string | null; epsActual: string | null; revenueEstimate: string | null; revenueActual: string | null; currency: string | null };
export type EarningsCalendarSource = { fetchEarnings(query: { from: string; to: string; symbol?: string }, options?: CallOptions): Promise<EarningsRow[]> };
export type IpoRow = Sourced & { symbol: string | null; name: string; date: string; exchange: string | null; priceLow: string | null; priceHigh: string | null; shares: string | null; totalValue: string | null; currency: string | null; status: "expected" | "priced" | "filed" | "withdrawn" | null };
export type IpoCalendarSource = { fetchIpos(query: { from: string; to: string }, options?: CallOptions): Promise<IpoRow[]> };
export type EconomicEventRow = Sourced & { externalId: string | null; name: string; country: string; at: string; importance: "low" | "medium" | "high" | null; unit: string | null; actual: string | null; estimate: string | null; previous: string | null; period: string | null; seriesId: string | null };
export type EconomicCalendarSource = { fetchEconomicEvents(query: { from: string; to: string; countries?: readonly string[] }, options?: CallOptions): Promise<EconomicEventRow[]> };

/** `items` are those of an 8-K ("2.02"), else empty. */
export type FilingRow = Sourced & { cik: string; company: string; form: string; filedOn: string; acceptedAt: string | null; reportDate: string | null; accession: string; primaryDocument: string | null; documentUrl: string; items: string[] };
/** Newest first. Without `cik`, the newest of everybody. */
export type FilingSource = { fetchFilings(query: { cik?: string; forms?: readonly string[]; from?: string; limit: number }, options?: CallOptions): Promise<FilingRow[]> };
/** `value` in whole dollars, `shares` as reported; decimal strings. */
export type HoldingRow = Sourced & { issuer: string; titleOfClass: string; cusip: string; value: string; shares: string | null; shareKind: "SH" | "PRN" | null; putCall: "PUT" | "CALL" | null };
export type HoldingReport = { managerCik: string; manager: string; periodEnd: string; filedOn: string; accession: string; holdings: HoldingRow[] };
/** The newest 13F of a manager, or the one of that quarter's end. */
export type HoldingSource = { fetchHoldings(query: { managerCik: string; periodEnd?: string }, options?: CallOptions): Promise<HoldingReport> };

/**
 * `change24h` is a fraction and, as high and low, of the last 24 hours; null where the vendor counts from its day's begin. Volumes cover 24
 * hours: `volume` in coins, `value` in the quote currency. `market` is what its stream subscribes to.
 */
export type CoinTickerRow = Sourced & {
  coin: string; quoteCurrency: string; market: string; price: number;
  /** Of the vendor's day before, which ended at `previousCloseAt`: days begin at 00:00 UTC for some and 00:00 in Seoul for others. */
  previousClose: number | null; previousCloseAt: string | null;
  change24h: number | null; high24h: number | null; low24h: number | null; volume24h: number | null; value24h: number | null; at: string;
  nameEn: string | null; nameKo: string | null;
  /** What the exchange warns of, in its own words; null where it tells nothing of the kind. */
  warnings: string[] | null;
};
/** All markets of one quote currency, or those of some coins. */
export type CoinBoardSource = { fetchCoinBoard(query: { quoteCurrency: "KRW" | "USDT" | "USD" | "BTC"; coins?: readonly string[] }, options?: CallOptions): Promise<CoinTickerRow[]> };
export type CoinMarketRow = Sourced & { id: string; coin: string; name: string; rank: number | null; price: number | null; currency: string; marketCap: number | null; volume24h: number | null; circulating: number | null; total: number | null; max: number | null; change24h: number | null; allTimeHigh: number | null; imageUrl: string | null; at: string | null };
/** By market value, largest first. */
export type CoinMarketSource = { fetchCoinMarkets(query: { currency: string; limit: number; ids?: readonly string[] }, options?: CallOptions): Promise<CoinMarketRow[]> };
export type CoinDetailRow = Sourced & {
  id: string; coin: string; name: string; description: string | null; categories: string[]; genesisDate: string | null; consensus: string | null; homepage: string | null; whitepaper: string | null; repositories: string[];
  development: { stars: number | null; forks: number | null; contributors: number | null; commits4Weeks: number | null; issuesOpen: number | null; issuesClosed: number | null } | null;
  community: { twitterFollowers: number | null; redditSubscribers: number | null; telegramMembers: number | null } | null;
  marketCapRank: number | null; updatedAt: string | null;
};
/** By the vendor's id, or by the coin's code. */
export type CoinDetailSource = { fetchCoinDetail(query: { coin: string; id?: string }, options?: CallOptions): Promise<CoinDetailRow> };
/** `fundingRate` is a fraction for `fundingHours`; `openInterest` in coins. */
export type DerivativeRow = Sourced & { coin: string; market: string; exchange: string; markPrice: number | null; indexPrice: number | null; fundingRate: number | null; fundingHours: number | null; nextFundingAt: string | null; openInterest: number | null; openInterestValue: number | null; longShortRatio: number | null; at: string };
export type DerivativeSource = { fetchDerivatives(query: { coin: string }, options?: CallOptions): Promise<DerivativeRow[]> };
/** Units of `quote` for one `base`; `at` is the instant, or the day alone of a rate that is fixed once a day. */
export type FxRow = Sourced & { base: string; quote: string; rate: number; at: string };
export type FxSource = { fetchFxRates(query: { base: string; quotes: readonly string[] }, options?: CallOptions): Promise<FxRow[]> };

export type SocialPostRow = Sourced & { externalId: string; network: "x" | "truth-social"; author: string; authorName: string | null; text: string; postedAt: string; postUrl: string; language: string | null; likes: number | null; reposts: number | null; replies: number | null; quotes: number | null; views: number | null; repostOf: string | null };
/** Newest first. */
export type SocialSource = { fetchPosts(query: { handles: readonly string[]; sinceId?: string; from?: string; limit: number }, options?: CallOptions): Promise<SocialPostRow[]> };

export type StreamPhase = "connecting" | "open" | "waiting" | "closed";
/** `phase` changes by itself: a stream that is cut off connects again, with jitter, and asks anew for all that it is subscribed to. */
export type StreamHandle = { subscribe(symbols: readonly string[]): void; unsubscribe(symbols: readonly string[]): void; symbols(): string[]; phase(): StreamPhase; close(): void };
export type StreamListener<Row> = { onRow(row: Row): void; onPhase?(phase: StreamPhase): void; /** Of what came that could not be read, and of each lost connection. */ onFault?(fault: { reason: string }): void };
export type TickRow = { provider: VendorId; symbol: string; currency: string; price: number; volume: number | null; change24h: number | null; at: string };
/** Opens at the first subscription. `close` ends it for good. */
export type QuoteStream = { openQuoteStream(listener: StreamListener<TickRow>): StreamHandle };
export type TradeStream = { openTradeStream(listener: StreamListener<TickRow>): StreamHandle };

export type Capabilities = {
  quotes: QuoteSource;
  dailyBars: DailyBarSource;
  intradayBars: IntradayBarSource;
  profile: ProfileSource;
  statements: StatementSource;
  debtMaturities: DebtMaturitySource;
  dividends: DividendSource;
  splits: SplitSource;
  symbolSearch: SymbolSearchSource;
  movers: MoverSource;
  macro: MacroSource;
  macroVintages: MacroVintageSource;
  macroInfo: MacroInfoSource;
  countryMacro: CountryMacroSource;
  yieldCurve: YieldCurveSource;
  news: NewsSource;
  earningsCalendar: EarningsCalendarSource;
  ipoCalendar: IpoCalendarSource;
  economicCalendar: EconomicCalendarSource;
  filings: FilingSource;
  holdings: HoldingSource;
  coinBoard: CoinBoardSource;
  coinMarkets: CoinMarketSource;
  coinDetail: CoinDetailSource;
  derivatives: DerivativeSource;
  fx: FxSource;
  social: SocialSource;
  quoteStream: QuoteStream;
  tradeStream: TradeStream;
};
export type CapabilityName = keyof Capabilities;

/** Each capability has one method; the registry makes the fallback out of it. Streams open once and look after themselves. */
export const CAPABILITY_METHODS = {
  quotes: "fetchQuotes", dailyBars: "fetchDailyBars", intradayBars: "fetchIntradayBars", profile: "fetchProfile", statements: "fetchStatements", debtMaturities: "fetchDebtMaturities", dividends: "fetchDividends", splits: "fetchSplits",
  symbolSearch: "searchSymbols", movers: "fetchMovers", macro: "fetchSeries", macroVintages: "fetchVintages", macroInfo: "fetchSeriesInfo", countryMacro: "fetchCountryMacro", yieldCurve: "fetchYieldCurve",
  news: "fetchNews", earningsCalendar: "fetchEarnings", ipoCalendar: "fetchIpos", economicCalendar: "fetchEconomicEvents", filings: "fetchFilings", holdings: "fetchHoldings", coinBoard: "fetchCoinBoard",
  coinMarkets: "fetchCoinMarkets", coinDetail: "fetchCoinDetail", derivatives: "fetchDerivatives", fx: "fetchFxRates", social: "fetchPosts", quoteStream: "openQuoteStream", tradeStream: "openTradeStream",
} as const satisfies { [K in CapabilityName]: keyof Capabilities[K] };

export const CAPABILITY_NAMES = Object.keys(CAPABILITY_METHODS) as CapabilityName[];
export type StreamName = "quoteStream" | "tradeStream";

/** Why a capability of a vendor is off: the switch, a missing key, or nothing (it is on). */
export type CapabilityStatus = {
  capability: CapabilityName;
  /** 1 is asked first. */
  priority: number;
  state: "on" | "switched-off" | "key-missing";
  missing: string[];
  breaker: "closed" | "open" | "half-open";
  /** When an open breaker lets its probe through. */
  probeAt: string | null;
  lastSuccessAt: string | null;
  lastError: { at: string; code: string; message: string } | null;
  calls: number;
  failures: number;
};
export type VendorStatus = {
  vendor: VendorId;
  name: string;
  /** Where a key is got, or where the terms of the free service stand. */
  signUpUrl: string;
  /** Settings that it reads, and whether they are set; never what they are. */
  variables: { name: string; set: boolean; required: boolean }[];
  budget: { callsLeft: number | null; waiting: number; running: number; dayLimit: number | null; dayLeft: number | null; pausedUntil: string | null };
  capabilities: CapabilityStatus[];
};

/** All vendors behind one door. */
export type Providers = {
  /** Asks the vendors that have the capability by priority, the next one when one is away or busy. Throws UPSTREAM_UNAVAILABLE with `tried` when none answers. */
  source<K extends Exclude<CapabilityName, StreamName>>(capability: K): Capabilities[K];
  /** The first vendor that can stream; null when none can. */
  stream<K extends StreamName>(capability: K): { vendor: VendorId; source: Capabilities[K] } | null;
  /** One vendor's own capability, without fallback; null when it is off: for boards that show vendors side by side. */
  of<K extends CapabilityName>(vendor: VendorId, capability: K): Capabilities[K] | null;
  /** Those that are on, by priority. */
  vendorsWith(capability: CapabilityName): VendorId[];
  status(): VendorStatus[];
};
