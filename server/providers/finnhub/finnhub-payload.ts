import { z } from "zod";
import { vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import { decimalText } from "../decimal-text";
import type { EarningsRow, EconomicEventRow, IpoRow, NewsRow, QuoteRow, TickRow, VendorProvenance } from "../capabilities";
import { plainWords, webAddress } from "../plain-words";

const price = z.number().min(0);
const figure = z.number().nullish();
const seconds = z.int().min(0);

/** GET /quote. A symbol that Finnhub does not have is all zeros. It echoes no symbol and tells no currency: shares listed in the United States are quoted in dollars. */
export const finnhubQuote = z.object({ c: price, h: price, l: price, o: price, pc: price, t: seconds });

export function toQuote(quote: z.infer<typeof finnhubQuote>, { symbol, provenance }: { symbol: string; provenance: (asOf: string) => VendorProvenance }): QuoteRow | null {
  const at = vendorInstant(quote.t);
  if (quote.c === 0 || at === null) return null;
  const known = (value: number) => (value === 0 ? null : value);
  return {
    symbol, currency: "USD", price: quote.c, at, open: known(quote.o), high: known(quote.h), low: known(quote.l), previousClose: known(quote.pc), volume: null, bid: null, ask: null, marketCap: null, name: null,
    provenance: provenance(at),
  };
}

/** GET /company-news and /news. `related` is one symbol or several with commas; `datetime` is in seconds. */
export const finnhubNews = z.array(
  z.object({ category: z.string(), datetime: seconds, headline: z.string(), id: z.int(), image: z.string(), related: z.string(), source: z.string(), summary: z.string(), url: z.string() }),
);

/** Articles without a headline or an address are none. The symbol that was asked for is one of those it speaks of. */
export function toNews(articles: z.infer<typeof finnhubNews>, { symbol, provenance }: { symbol: string | null; provenance: (asOf: string) => VendorProvenance }): NewsRow[] {
  return articles.flatMap((article) => {
    const headline = plainWords(article.headline, 500);
    const articleUrl = webAddress(article.url);
    const publishedAt = vendorInstant(article.datetime);
    if (headline === null || articleUrl === null || publishedAt === null) return [];
    const related = article.related.split(",").map((name) => name.trim()).filter((name) => name !== "");
    const summary = plainWords(article.summary);
    return [{
      externalId: String(article.id), headline, summary: summary === headline ? null : summary, articleUrl, source: plainWords(article.source, 120) ?? "Finnhub", author: null, imageUrl: webAddress(article.image), publishedAt,
      // "English" by Finnhub's own description of the feed, which the answer does not repeat.
      language: null, symbols: [...new Set([...(symbol === null ? [] : [symbol]), ...related])], topics: article.category === "" || article.category === "company news" || article.category === "company" ? [] : [article.category],
      sentiment: null, symbolSentiment: [], provenance: provenance(publishedAt),
    }];
  });
}

const HOURS = { bmo: "before-open", amc: "after-close", dmh: "during" } as const;

/** GET /calendar/earnings. `year` and `quarter` are the company's fiscal ones. */
export const finnhubEarnings = z.object({
  earningsCalendar: z.array(z.object({ date: z.iso.date(), epsActual: figure, epsEstimate: figure, hour: z.string().nullish(), quarter: z.int().nullish(), revenueActual: figure, revenueEstimate: figure, symbol: z.string().min(1), year: z.int().nullish() })),
});

export const toEarnings = ({ earningsCalendar }: z.infer<typeof finnhubEarnings>, provenance: VendorProvenance): EarningsRow[] =>
  earningsCalendar.map(({ symbol, date, hour, year, quarter, ...told }) => ({
    symbol, date, when: HOURS[hour as keyof typeof HOURS] ?? null, fiscalYear: year || null, fiscalQuarter: quarter && quarter <= 4 ? quarter : null, epsEstimate: decimalText(told.epsEstimate), epsActual: decimalText(told.epsActual),
    revenueEstimate: decimalText(told.revenueEstimate), revenueActual: decimalText(told.revenueActual), currency: null, provenance,
  }));

/** GET /calendar/ipo. `price` is one price or "17.00-19.00". */
export const finnhubIpos = z.object({
  ipoCalendar: z.array(
    z.object({
      date: z.iso.date(), exchange: z.string().nullish(), name: z.string().min(1), numberOfShares: figure, price: z.string().regex(/^(\d+(\.\d+)?(\s*-\s*\d+(\.\d+)?)?)?$/, "Not a price or a range").nullish(),
      status: z.enum(["expected", "priced", "filed", "withdrawn"]).nullish(), symbol: z.string().nullish(), totalSharesValue: figure,
    }),
  ),
});

export const toIpos = ({ ipoCalendar }: z.infer<typeof finnhubIpos>, provenance: VendorProvenance): IpoRow[] =>
  ipoCalendar.map(({ symbol, name, date, exchange, price: told, numberOfShares, totalSharesValue, status }) => {
    const [low, high] = (told ?? "").split("-").map((part) => part.trim());
    return {
      symbol: symbol || null, name, date, exchange: exchange || null, priceLow: low || null, priceHigh: high || low || null, shares: decimalText(numberOfShares || null), totalValue: decimalText(totalSharesValue || null), currency: null,
      status: status ?? null, provenance,
    };
  });

const IMPORTANCES = ["low", "medium", "high"] as const;

/** GET /calendar/economic. `time` has no zone: it is UTC, as the hours of the figures show (Australia's 11:30 in Sydney stands as 01:30). */
export const finnhubEconomic = z.object({
  economicCalendar: z.array(
    z.object({ actual: figure, country: z.string().regex(/^[A-Z]{2}$/), estimate: figure, event: z.string().min(1), impact: z.string().nullish(), prev: figure, time: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?$/, "Not a time"), unit: z.string().nullish() }),
  ),
});

/** Null where a time is no time. Figures are in `unit`, as told. */
export function toEconomicEvents({ economicCalendar }: z.infer<typeof finnhubEconomic>, provenance: VendorProvenance): EconomicEventRow[] | null {
  const rows = economicCalendar.map(({ event, country, time, impact, unit, actual, estimate, prev }) => ({
    externalId: null, name: event, country, at: vendorInstant(`${time.replace(" ", "T")}Z`), importance: IMPORTANCES.find((known) => known === impact?.toLowerCase()) ?? null, unit: unit || null,
    actual: decimalText(actual), estimate: decimalText(estimate), previous: decimalText(prev), period: null, seriesId: null, provenance,
  }));
  return rows.every((row): row is typeof row & { at: string } => row.at !== null) ? rows : null;
}

const finnhubMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ping") }),
  z.object({ type: z.literal("error"), msg: z.string() }),
  z.object({ type: z.literal("trade"), data: z.array(z.object({ s: z.string().min(1), p: z.number().positive(), t: z.number().positive(), v: z.number().min(0) })) }),
]);

/** Trades of one message of the stream; throws for what it cannot read and for an error that it tells. */
export function readTrades(text: string, ours: ReadonlyMap<string, string>): TickRow[] {
  const message = finnhubMessage.parse(JSON.parse(text));
  if (message.type === "error") throw new Error(message.msg);
  if (message.type === "ping") return [];
  return message.data.flatMap(({ s, p, t, v }) => {
    const at = vendorInstant(t);
    const symbol = ours.get(s);
    return at === null || symbol === undefined ? [] : [{ provider: "finnhub" as const, symbol, currency: "USD", price: p, volume: v, change24h: null, at }];
  });
}
