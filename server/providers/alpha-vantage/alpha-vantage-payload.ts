import { z } from "zod";
import { sessionOn } from "@/server/domain/calendar/session-on";
import { tradingDate } from "@/server/domain/calendar/trading-date";
import { newYorkInstant } from "@/server/domain/ingestion/new-york-instant";
import { vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import { plainNumber } from "@/server/domain/market/plain-number";
import type { BarRow, FxRow, NewsRow, ProfileRow, QuoteRow, VendorProvenance, VendorSentiment } from "../capabilities";
import { plainWords, webAddress } from "../plain-words";

/** Every figure is text. */
const figure = z.string().transform((text, check) => {
  const value = plainNumber(text);
  if (Number.isFinite(value)) return value;
  check.addIssue({ code: "custom", message: "Not a number" });
  return z.NEVER;
});
const amount = figure.pipe(z.number().min(0));
const share = figure.pipe(z.number().min(0).max(1));
const score = z.number().min(-1).max(1);

export type Complaint = "busy" | "plan" | "key" | "unknown-symbol" | "other";

/**
 * What an answer complains of, or null. Alpha Vantage says everything with a good status: quotas and plans as "Note" or "Information", which both
 * advertise its paid plans, and faults as "Error Message".
 */
export function complaintOf(answer: Readonly<Record<string, unknown>>): { complaint: Complaint; words: string } | null {
  const told = answer["Note"] ?? answer["Information"] ?? answer["Error Message"];
  if (told === undefined) return null;
  const words = String(told).slice(0, 200);
  if (/premium endpoint|premium plan.*feature|entitlement/i.test(words)) return { complaint: "plan", words };
  if (/rate limit|call frequency|requests? per|sparingly/i.test(words)) return { complaint: "busy", words };
  if (/apikey is invalid|api key is invalid|missing.*api ?key/i.test(words)) return { complaint: "key", words };
  return { complaint: "Error Message" in answer && /invalid api call|invalid inputs/i.test(words) ? "unknown-symbol" : "other", words };
}

const quote = z.object({ "01. symbol": z.string(), "02. open": amount, "03. high": amount, "04. low": amount, "05. price": amount, "06. volume": amount, "07. latest trading day": z.iso.date(), "08. previous close": amount });
const nothing = z.strictObject({}).transform(() => null);
/** GLOBAL_QUOTE. A symbol that is not known is an empty object. */
export const alphaQuote = z.object({ "Global Quote": z.union([quote, nothing]) });

/** It tells the day alone: the price is that of the day's close, or of now while that day is not over. Null for a day without a session. */
export function toAlphaQuote(told: z.infer<typeof quote>, { symbol, now, provenance }: { symbol: string; now: Date; provenance: (asOf: string) => VendorProvenance }): QuoteRow | null {
  const day = told["07. latest trading day"];
  const session = day > now.toISOString().slice(0, 10) ? null : sessionOn("XNYS", tradingDate(day));
  if (session === null || session.opensAt > now) return null;
  const at = new Date(Math.min(session.closesAt.getTime(), now.getTime())).toISOString();
  return {
    symbol, currency: "USD", price: told["05. price"], at, open: told["02. open"], high: told["03. high"], low: told["04. low"], previousClose: told["08. previous close"] || null, volume: told["06. volume"], bid: null, ask: null, marketCap: null, name: null,
    provenance: provenance(at),
  };
}

const clock = z.string().refine((text) => newYorkInstant(text) !== null, "Not a time in New York");
/** TIME_SERIES_INTRADAY: by the start of each bar on the clock of New York, newest first; the name of the list has the interval in it. */
export const alphaIntraday = (interval: string) =>
  z.object({
    "Meta Data": z.object({ "2. Symbol": z.string(), "4. Interval": z.literal(interval), "6. Time Zone": z.literal("US/Eastern") }),
    [`Time Series (${interval})`]: z.record(clock, z.object({ "1. open": amount, "2. high": amount, "3. low": amount, "4. close": amount, "5. volume": amount })),
  });
type AlphaBar = { "1. open": number; "2. high": number; "3. low": number; "4. close": number; "5. volume": number };

export const toAlphaBars = (series: Readonly<Record<string, AlphaBar>>, provenance: (asOf: string) => VendorProvenance): BarRow[] =>
  Object.entries(series)
    .map(([told, bar]) => {
      const time = newYorkInstant(told)!;
      return { time, open: bar["1. open"], high: bar["2. high"], low: bar["3. low"], close: bar["4. close"], volume: bar["5. volume"], provenance: provenance(time) };
    })
    .sort((a, b) => (a.time < b.time ? -1 : 1));

/** SPLITS: all that the share ever had. */
export const alphaSplits = z.object({ symbol: z.string(), data: z.array(z.object({ effective_date: z.iso.date(), split_factor: amount })) });

const METHOD = "Alpha Vantage news sentiment";
/** NEWS_SENTIMENT. `time_published` is taken for UTC, which the vendor does not write. */
export const alphaNews = z.object({
  items: z.string(),
  feed: z.array(
    z.object({
      title: z.string(), url: z.string(), time_published: z.string().regex(/^\d{8}T\d{4}(\d{2})?$/), authors: z.array(z.string()), summary: z.string(), banner_image: z.string().nullable(), source: z.string(), topics: z.array(z.object({ topic: z.string() })),
      overall_sentiment_score: score.nullable(), overall_sentiment_label: z.string().nullable(), ticker_sentiment: z.array(z.object({ ticker: z.string(), relevance_score: share, ticker_sentiment_score: figure.pipe(score), ticker_sentiment_label: z.string() })),
    }),
  ),
});

const sentiment = (told: number, label: string | null): VendorSentiment => ({ score: told, confidence: null, label, method: METHOD });

export function toAlphaNews({ feed }: z.infer<typeof alphaNews>, provenance: (asOf: string) => VendorProvenance): NewsRow[] {
  return feed.flatMap((article) => {
    const [, year, month, day, hour, minute, second = "00"] = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?$/.exec(article.time_published)!;
    const publishedAt = vendorInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    const headline = plainWords(article.title, 500);
    const articleUrl = webAddress(article.url);
    if (headline === null || articleUrl === null || publishedAt === null) return [];
    // Coins and currencies stand beside shares as CRYPTO:BTC and FOREX:USD.
    const shares = article.ticker_sentiment.filter(({ ticker }) => !ticker.includes(":"));
    return [{
      externalId: articleUrl, headline, summary: plainWords(article.summary), articleUrl, source: plainWords(article.source, 120) ?? new URL(articleUrl).hostname, author: plainWords(article.authors.join(", "), 120), imageUrl: webAddress(article.banner_image), publishedAt, language: null,
      symbols: [...new Set(shares.map(({ ticker }) => ticker))], topics: article.topics.map(({ topic }) => topic), sentiment: article.overall_sentiment_score === null ? null : sentiment(article.overall_sentiment_score, article.overall_sentiment_label),
      symbolSentiment: shares.map((told) => ({ symbol: told.ticker, relevance: told.relevance_score, sentiment: sentiment(told.ticker_sentiment_score, told.ticker_sentiment_label) })), provenance: provenance(publishedAt),
    }];
  });
}

/** CURRENCY_EXCHANGE_RATE. */
export const alphaRate = z.object({
  "Realtime Currency Exchange Rate": z.object({
    "1. From_Currency Code": z.string(), "3. To_Currency Code": z.string(), "5. Exchange Rate": figure.pipe(z.number().positive()), "6. Last Refreshed": z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/), "7. Time Zone": z.literal("UTC"),
  }),
});

export function toFxRow({ "Realtime Currency Exchange Rate": told }: z.infer<typeof alphaRate>, provenance: (asOf: string) => VendorProvenance): FxRow | null {
  const at = vendorInstant(`${told["6. Last Refreshed"].replace(" ", "T")}Z`);
  return at === null ? null : { base: told["1. From_Currency Code"], quote: told["3. To_Currency Code"], rate: told["5. Exchange Rate"], at, provenance: provenance(at) };
}

const word = z.string().optional();
/** OVERVIEW. What is not known is "None" or "-"; a symbol that is not known is an empty object. */
export const alphaOverview = z.union([
  z.object({ Symbol: z.string(), Name: z.string().min(1), Exchange: word, Currency: word, Country: word, Sector: word, Industry: word, Address: word, CIK: word, OfficialSite: word, FullTimeEmployees: word, Description: word, MarketCapitalization: word }),
  nothing,
]);
export type AlphaOverview = NonNullable<z.infer<typeof alphaOverview>>;

export function toAlphaProfile(told: AlphaOverview, { symbol, provenance }: { symbol: string; provenance: VendorProvenance }): ProfileRow {
  const known = (text: string | undefined) => (text === undefined || ["", "None", "-"].includes(text) ? null : text);
  const count = (text: string | undefined) => (/^\d+$/.test(text ?? "") ? Number(text) || null : null);
  return {
    symbol, name: told.Name, exchange: known(told.Exchange), currency: known(told.Currency), country: known(told.Country), sector: known(told.Sector), industry: known(told.Industry), cik: /^\d{1,10}$/.test(told.CIK ?? "") ? told.CIK!.padStart(10, "0") : null,
    website: webAddress(told.OfficialSite), headquarters: known(told.Address), founded: null, employees: count(told.FullTimeEmployees), description: plainWords(known(told.Description), 4_000), marketCap: count(told.MarketCapitalization), provenance,
  };
}
