import { z } from "zod";
import { newYorkDay } from "@/server/domain/ingestion/new-york-instant";
import { vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { BarRow, DividendRow, NewsRow, ProfileRow, QuoteRow, SplitRow, VendorProvenance } from "../capabilities";
import { decimalText } from "../decimal-text";
import { plainWords, webAddress } from "../plain-words";

const amount = z.number().min(0);
const day = z.iso.date();
/** Plans with quotes of fifteen minutes ago say so in their status. */
const status = z.enum(["OK", "DELAYED"]);
const nextUrl = z.url().optional();
/** An answer without a row leaves the list out; a count beside none would be a list under another name. */
const listOf = <Row extends z.ZodType>(row: Row) => z.array(row).optional();

/** GET /v2/aggs/ticker/{ticker}/range/…. `t` is the start of the bar in milliseconds: of a daily one, midnight in New York. */
export const polygonBars = z
  .object({ ticker: z.string(), adjusted: z.literal(true), resultsCount: z.int().min(0), status, next_url: nextUrl, results: listOf(z.object({ t: z.int().positive(), o: amount, h: amount, l: amount, c: amount, v: amount })) })
  .refine(({ results = [], resultsCount }) => results.length === resultsCount, "Another count of bars than told");

export const toBars = (results: NonNullable<z.infer<typeof polygonBars>["results"]>, { daily, provenance }: { daily: boolean; provenance: (asOf: string) => VendorProvenance }): BarRow[] =>
  results.map(({ t, o, h, l, c, v }) => {
    const start = vendorInstant(t)!;
    const time = daily ? `${newYorkDay(start)}T00:00:00.000Z` : start;
    return { time, open: o, high: h, low: l, close: c, volume: v, provenance: provenance(time) };
  });

const bar = z.object({ o: amount, h: amount, l: amount, c: amount, v: amount });

/** GET /v2/snapshot/locale/us/markets/stocks/tickers. Trades and quotes come with some plans alone; between midnight and the first trade the day is all zeros. */
export const polygonSnapshots = z.object({
  status,
  tickers: z.array(
    z.object({
      ticker: z.string().min(1), day: bar, prevDay: bar.optional(), updated: amount, min: bar.extend({ t: amount }).optional(), lastTrade: z.object({ p: amount, t: z.number().positive() }).optional(), lastQuote: z.object({ P: amount, p: amount }).optional(),
    }),
  ),
});

/** Nanoseconds since 1970, which JSON rounds to about a quarter of a microsecond. */
const fromNanoseconds = (told: number): string | null => vendorInstant(Math.floor(told / 1e6));

/** Null for a share that was not traded since midnight: there is no price of which a time is known. */
export function toSnapshotQuote({ day: today, prevDay, min, lastTrade, lastQuote }: z.infer<typeof polygonSnapshots>["tickers"][number], { symbol, provenance }: { symbol: string; provenance: (asOf: string) => VendorProvenance }): QuoteRow | null {
  const last = lastTrade && lastTrade.p > 0 ? { price: lastTrade.p, at: fromNanoseconds(lastTrade.t) } : min && min.c > 0 && min.t > 0 ? { price: min.c, at: vendorInstant(min.t) } : null;
  if (last === null || last.at === null) return null;
  const known = (value: number | undefined) => value || null;
  return {
    symbol, currency: "USD", price: last.price, at: last.at, open: known(today.o), high: known(today.h), low: known(today.l), previousClose: known(prevDay?.c), volume: today.c > 0 ? today.v : null, bid: known(lastQuote?.p), ask: known(lastQuote?.P),
    marketCap: null, name: null, provenance: provenance(last.at),
  };
}

/** GET /v2/reference/news. Its words for the mood of an article come without a number, and none is made up for them. */
export const polygonNews = z.object({
  status,
  next_url: nextUrl,
  results: listOf(
    z.object({
      id: z.string().min(1), publisher: z.object({ name: z.string().min(1) }), title: z.string().min(1), author: z.string().nullish(), published_utc: z.string().refine((text) => vendorInstant(text) !== null, "Not an instant"), article_url: z.url(), tickers: z.array(z.string()).optional(),
      image_url: z.string().nullish(), description: z.string().nullish(), keywords: z.array(z.string()).nullish(),
    }),
  ),
});

export const toNewsRows = ({ results = [] }: z.infer<typeof polygonNews>, provenance: (asOf: string) => VendorProvenance): NewsRow[] =>
  results.flatMap((article) => {
    const publishedAt = vendorInstant(article.published_utc)!;
    const headline = plainWords(article.title, 500);
    const articleUrl = webAddress(article.article_url);
    if (headline === null || articleUrl === null) return [];
    return [{
      externalId: article.id, headline, summary: plainWords(article.description), articleUrl, source: article.publisher.name, author: plainWords(article.author, 120), imageUrl: webAddress(article.image_url), publishedAt, language: null,
      symbols: [...new Set(article.tickers ?? [])], topics: article.keywords ?? [], sentiment: null, symbolSentiment: [], provenance: provenance(publishedAt),
    }];
  });

/** GET /v3/reference/dividends. CD is regular cash, SC special; LT and ST are distributed gains. */
export const polygonDividends = z.object({
  status, next_url: nextUrl,
  results: z.array(z.object({ ticker: z.string(), ex_dividend_date: day, pay_date: day.nullish(), record_date: day.nullish(), declaration_date: day.nullish(), cash_amount: z.number().positive(), currency: z.string().length(3).optional(), dividend_type: z.string() })),
});

export const toDividend = (row: z.infer<typeof polygonDividends>["results"][number], { symbol, provenance }: { symbol: string; provenance: VendorProvenance }): DividendRow => ({
  symbol, exDate: row.ex_dividend_date, payDate: row.pay_date ?? null, recordDate: row.record_date ?? null, declaredOn: row.declaration_date ?? null, amount: decimalText(row.cash_amount)!, currency: row.currency?.toUpperCase() ?? null,
  kind: row.dividend_type === "CD" ? "regular" : row.dividend_type === "SC" ? "special" : null, provenance: { ...provenance, asOf: row.ex_dividend_date },
});

/** GET /v3/reference/splits. */
export const polygonSplits = z.object({ status, next_url: nextUrl, results: z.array(z.object({ ticker: z.string(), execution_date: day, split_from: z.number().positive(), split_to: z.number().positive() })) });

export const toSplit = (row: z.infer<typeof polygonSplits>["results"][number], { symbol, provenance }: { symbol: string; provenance: VendorProvenance }): SplitRow => ({
  symbol, exDate: row.execution_date, from: decimalText(row.split_from)!, to: decimalText(row.split_to)!, provenance: { ...provenance, asOf: row.execution_date },
});

/** GET /v3/reference/tickers/{ticker}. Its industry is that of the SEC's register. */
export const polygonTicker = z.object({
  status,
  results: z.object({
    ticker: z.string(), name: z.string().min(1), primary_exchange: z.string().optional(), currency_name: z.string().optional(), locale: z.string(), cik: z.string().regex(/^\d{1,10}$/).optional(), market_cap: z.number().min(0).optional(), description: z.string().optional(), sic_description: z.string().optional(),
    homepage_url: z.string().optional(), total_employees: z.int().min(0).optional(), address: z.object({ city: z.string().optional(), state: z.string().optional() }).optional(),
  }),
});

export const toProfile = ({ results }: z.infer<typeof polygonTicker>, { symbol, provenance }: { symbol: string; provenance: VendorProvenance }): ProfileRow => ({
  symbol, name: results.name, exchange: results.primary_exchange ?? null, currency: /^[a-z]{3}$/i.test(results.currency_name ?? "") ? results.currency_name!.toUpperCase() : null,
  // The market's country, which need not be the company's.
  country: null, sector: null, industry: results.sic_description ?? null, cik: results.cik?.padStart(10, "0") ?? null, website: webAddress(results.homepage_url),
  headquarters: [results.address?.city, results.address?.state].filter((part) => part).join(", ") || null, founded: null, employees: results.total_employees || null, description: plainWords(results.description, 4_000), marketCap: results.market_cap || null, provenance,
});
