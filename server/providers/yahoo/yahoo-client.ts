import { AppError, type ErrorCode } from "@/server/domain/app-error";
import { addDays, tradingDate } from "@/server/domain/calendar/trading-date";
import type { BarRow, Capabilities, DayRange, QuoteRow } from "../capabilities";
import { notOffered } from "../not-offered";
import type { VendorClient, VendorHttp } from "../vendor-client";
import { INTERVALS, priceUnit, toDailyBars, toDividends, toIntradayBars, toMovers, toProfileRow, toQuote, toSplits, toSymbols, toTrending, yahooChart, yahooQuotes, yahooScreen, yahooSearch, yahooSummary, yahooSymbol, yahooTrending, type YahooChart } from "./yahoo-payload";
import { askYahoo } from "./yahoo-session";

type YahooCapabilities = Pick<Capabilities, "quotes" | "dailyBars" | "intradayBars" | "profile" | "dividends" | "splits" | "symbolSearch" | "movers">;
type ChartQuestion = { symbol: string; from: Date; to: Date; interval: "1d" | "1m" | "5m" | "15m" | "1h"; granularity: readonly string[] };
type Asked = { chart: YahooChart; unit: { currency: string; parts: 1 | 100 }; url: URL | undefined };

const DAY_MS = 86_400_000;
/** Symbols of one question; the address stays below two thousand characters. */
const QUOTES_AT_ONCE = 100;
const EVENTS = "div|split";
const SCREENS = { gainers: "day_gainers", losers: "day_losers", "most-active": "most_actives" } as const;

/** 404 with a reason of its own is a symbol that Yahoo does not have. */
const meaningOf = (status: number, body: string): ErrorCode | null => (status === 404 && /"code"\s*:\s*"Not Found"/.test(body) ? "NOT_FOUND" : null);

export function createYahoo({ client }: { client: VendorClient }): YahooCapabilities {
  return {
    quotes: {
      fetchQuotes: ({ symbols }, options) =>
        client.run("quotes", options, async (http) => {
          const bySymbol = new Map(symbols.map((symbol) => [yahooSymbol(symbol), symbol]));
          const wanted = [...bySymbol.keys()];
          const rows: QuoteRow[] = [];
          for (let at = 0; at < wanted.length; at += QUOTES_AT_ONCE) rows.push(...(await quotesOf(http, wanted.slice(at, at + QUOTES_AT_ONCE), bySymbol)));
          return rows;
        }),
    },
    dailyBars: {
      fetchDailyBars: (query, options) =>
        client.run("dailyBars", options, async (http) => {
          const { from, to } = rangeOf(query, http);
          const found = await chartOrNone(http, dailyQuestion(query.symbol, from, to));
          if (found === null) return { symbol: query.symbol, currency: null, bars: [] };
          const { chart, unit, url } = found;
          return { symbol: query.symbol, currency: unit.currency, bars: toDailyBars(chart, { unit, from, to, now: http.now(), provenance: http.provenance({ url }) }) };
        }),
    },
    intradayBars: {
      async fetchIntradayBars({ symbol, interval, from, to }, options) {
        const { name, granularity, daysAtOnce, daysKept } = INTERVALS[interval];
        if (Date.parse(from) < client.deps.now().getTime() - daysKept * DAY_MS) throw notOffered("yahoo", `keeps bars of ${name} for ${daysKept} days`);
        return client.run("intradayBars", options, async (http) => {
          const until = to ?? http.now().toISOString();
          const bars = new Map<string, BarRow>();
          let currency: string | null = null;
          for (let start = Date.parse(from); start < Date.parse(until); start += daysAtOnce * DAY_MS) {
            const end = Math.min(start + daysAtOnce * DAY_MS, Date.parse(until));
            const found = await chartOrNone(http, { symbol, from: new Date(start), to: new Date(end + 1_000), interval: name, granularity });
            if (found === null) continue;
            const { chart, unit, url } = found;
            if (currency !== null && currency !== unit.currency) throw http.invalid("currency", `tells ${symbol} in ${currency} and in ${unit.currency}`);
            currency = unit.currency;
            for (const bar of toIntradayBars(chart, { unit, interval, from, to: until, now: http.now(), provenance: http.provenance({ url }) })) bars.set(bar.time, bar);
          }
          return { symbol, currency, bars: [...bars.values()].toSorted((a, b) => (a.time < b.time ? -1 : 1)) };
        });
      },
    },
    profile: {
      fetchProfile: ({ symbol }, options) =>
        client.run("profile", options, async (http) => {
          const { answer, url } = await askYahoo(http, (yahoo, call) => yahoo.quoteSummary(encodeURIComponent(yahooSymbol(symbol)), { modules: ["price", "assetProfile"] }, call), { meaningOf });
          const found = http.shape(answer, yahooSummary);
          checkSymbol(http, found.price.symbol, symbol);
          return toProfileRow(found, { symbol, provenance: http.provenance({ url }) });
        }),
    },
    dividends: {
      fetchDividends: (query, options) =>
        client.run("dividends", options, async (http) => {
          const { from, to } = rangeOf(query, http);
          const found = await chartOrNone(http, eventQuestion(http, query.symbol, from));
          if (found === null) return [];
          const { chart, unit, url } = found;
          // Of shares that are quoted in pence, some dividends are told in pence and some in pounds.
          if (unit.parts !== 1) throw http.invalid("currency", `does not say in which unit the dividends of ${query.symbol} are`);
          return toDividends(chart, { symbol: query.symbol, unit, from, to, provenance: http.provenance({ url }) });
        }),
    },
    splits: {
      fetchSplits: (query, options) =>
        client.run("splits", options, async (http) => {
          const { from, to } = rangeOf(query, http);
          const found = await chartOrNone(http, eventQuestion(http, query.symbol, from));
          return found === null ? [] : toSplits(found.chart, { symbol: query.symbol, from, to, provenance: http.provenance({ url: found.url }) });
        }),
    },
    symbolSearch: {
      searchSymbols: ({ text, limit }, options) =>
        client.run("symbolSearch", options, async (http) => {
          const { answer, url } = await askYahoo(http, (yahoo, call) => yahoo.search(text, { quotesCount: limit, newsCount: 0 }, call));
          return toSymbols(http.shape(answer, yahooSearch), http.provenance({ url })).slice(0, limit);
        }),
    },
    movers: {
      fetchMovers: ({ list, limit }, options) =>
        client.run("movers", options, async (http) => {
          if (list === "trending") {
            const { answer, url } = await askYahoo(http, (yahoo, call) => yahoo.trendingSymbols("US", { count: limit }, call));
            return toTrending(http.shape(answer, yahooTrending), http.provenance({ url })).slice(0, limit);
          }
          const { answer, url } = await askYahoo(http, (yahoo, call) => yahoo.screener({ scrIds: SCREENS[list], count: limit }, undefined, call));
          return toMovers(http.shape(answer, yahooScreen), { now: http.now(), provenance: http.provenance({ url }) }).slice(0, limit);
        }),
    },
  };
}

const rangeOf = ({ from, to }: DayRange, http: VendorHttp) => ({ from, to: to ?? addDays(tradingDate(http.now().toISOString().slice(0, 10)), 1) });
const midnight = (day: string, daysLater: number) => new Date(Date.parse(`${day}T00:00:00Z`) + daysLater * DAY_MS);

/** A day more on both sides: bars carry the time of the opening on the exchange's clock. */
const dailyQuestion = (symbol: string, from: string, to: string): ChartQuestion => ({ symbol, from: midnight(from, -1), to: midnight(to, 2), interval: "1d", granularity: ["1d"] });
/** Up to today, whatever was asked: a dividend is restated for every split after it. */
const eventQuestion = (http: VendorHttp, symbol: string, from: string): ChartQuestion => dailyQuestion(symbol, from, http.now().toISOString().slice(0, 10));

/** Null for a range before the symbol's first day, which Yahoo refuses as a bad question. */
async function chartOrNone(http: VendorHttp, question: ChartQuestion): Promise<Asked | null> {
  try {
    return await chartOf(http, question);
  } catch (error) {
    if (error instanceof AppError && error.details.status === 400 && /data doesn't exist for startdate/i.test(String(error.details.excerpt))) return null;
    throw error;
  }
}

async function chartOf(http: VendorHttp, { symbol, from, to, interval, granularity }: ChartQuestion): Promise<Asked> {
  const { answer, url } = await askYahoo(http, (yahoo, call) => yahoo.chart(encodeURIComponent(yahooSymbol(symbol)), { period1: from, period2: to, interval, events: EVENTS, includePrePost: false, return: "object" }, call), { meaningOf });
  const chart = http.shape(answer, yahooChart);
  checkSymbol(http, chart.meta.symbol, symbol);
  if (!granularity.includes(chart.meta.dataGranularity)) throw http.invalid("granularity", `sent bars of ${chart.meta.dataGranularity} for ${interval}`);
  const unit = priceUnit(chart.meta.currency);
  if (unit === null) throw http.invalid("currency", `tells no currency for ${symbol}`);
  return { chart, unit, url };
}

function checkSymbol(http: VendorHttp, told: string, asked: string): void {
  if (told.toUpperCase() !== yahooSymbol(asked).toUpperCase()) throw http.invalid("symbol", `sent ${told} for ${asked}`);
}

async function quotesOf(http: VendorHttp, wanted: readonly string[], bySymbol: ReadonlyMap<string, string>): Promise<QuoteRow[]> {
  const { answer, url } = await askYahoo(http, (yahoo, call) => yahoo.quote([...wanted], { return: "array" }, call));
  const provenance = http.provenance({ url });
  return http.shape(answer, yahooQuotes).flatMap((quote) => {
    const symbol = bySymbol.get(quote.symbol);
    if (symbol === undefined) throw http.invalid("symbol", `sent ${quote.symbol}, which was not asked for`);
    const unit = priceUnit(quote.currency);
    // What is not traded any more has neither.
    if (unit === null && quote.regularMarketPrice == null) return [];
    if (unit === null) throw http.invalid("currency", `tells no currency for ${symbol}`);
    return toQuote(quote, { symbol, unit, now: http.now(), provenance }) ?? [];
  });
}
