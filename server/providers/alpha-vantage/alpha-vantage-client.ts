import { z } from "zod";
import { AppError } from "@/server/domain/app-error";
import { newYorkDay } from "@/server/domain/ingestion/new-york-instant";
import { notAhead } from "@/server/domain/ingestion/vendor-instant";
import type { Capabilities, IntradayInterval, QuoteRow } from "../capabilities";
import { newestNews, newsSpan } from "../news-span";
import { notOffered } from "../not-offered";
import { usSymbol, usSymbols } from "../us-listing";
import type { Query, VendorClient, VendorHttp } from "../vendor-client";
import { alphaIntraday, alphaNews, alphaOverview, alphaQuote, alphaRate, alphaSplits, complaintOf, toAlphaBars, toAlphaNews, toAlphaProfile, toAlphaQuote, toFxRow } from "./alpha-vantage-payload";

const SPANS: Record<IntradayInterval, string> = { M1: "1min", M5: "5min", M15: "15min", H1: "60min" };
/** How far back one answer reaches. */
const INTRADAY_DAYS = 30;
const DAY_MS = 86_400_000;
const MOST_NEWS = 1_000;

type AlphaVantage = Pick<Capabilities, "quotes" | "intradayBars" | "news" | "fx" | "profile">;

export function createAlphaVantage({ client, apiKey }: { client: VendorClient; apiKey: string | undefined }): AlphaVantage {
  const at = (http: VendorHttp, query: Query) => http.url("api", "/query", { ...query, apikey: apiKey });
  const asOf = (http: VendorHttp, url: URL) => (instant: string) => http.provenance({ url, asOf: notAhead(instant, { now: http.now(), provider: client.id }) });
  const listed = (symbol: string): string => {
    const theirs = usSymbol(symbol, ".");
    if (theirs === null) throw notOffered(client.id, `${symbol} is not listed in the United States`);
    return theirs;
  };

  async function ask<S extends z.ZodType>(http: VendorHttp, url: URL, schema: S): Promise<z.infer<S>> {
    const answer = await http.json(url, z.record(z.string(), z.unknown()));
    const complained = complaintOf(answer);
    if (complained === null) return http.shape(answer, schema);
    const { complaint, words } = complained;
    // Its words repeat the key: `invalid` takes it out.
    const { message } = http.invalid(complaint, words);
    if (complaint === "busy") throw new AppError("RATE_LIMITED", message, { provider: client.id, reason: "too-many-calls" });
    if (complaint === "plan" || complaint === "key") throw new AppError("UPSTREAM_UNAVAILABLE", message, { provider: client.id, reason: "key-refused" });
    if (complaint === "unknown-symbol") throw new AppError("NOT_FOUND", message, { provider: client.id });
    throw http.invalid("refusal", words);
  }

  return {
    quotes: {
      fetchQuotes: ({ symbols }, options) =>
        client.run("quotes", options, async (http) => {
          const rows: QuoteRow[] = [];
          for (const [theirs, symbol] of usSymbols(symbols, ".")) {
            const url = at(http, { function: "GLOBAL_QUOTE", symbol: theirs });
            const { "Global Quote": told } = await ask(http, url, alphaQuote);
            if (told === null) continue;
            if (told["01. symbol"] !== theirs) throw http.invalid("symbol", `sent another symbol than ${theirs}`);
            const row = toAlphaQuote(told, { symbol, now: http.now(), provenance: asOf(http, url) });
            if (row === null) throw http.invalid("day", "names a trading day on which there was no session yet");
            rows.push(row);
          }
          return rows;
        }),
    },
    intradayBars: {
      async fetchIntradayBars({ symbol, interval, from, to }, options) {
        const theirs = listed(symbol);
        const { fromMs, toMs } = newsSpan({ from, to });
        if (fromMs < client.deps.now().getTime() - INTRADAY_DAYS * DAY_MS) throw notOffered(client.id, `bars within the day reach ${INTRADAY_DAYS} days back`);
        return client.run("intradayBars", options, async (http) => {
          const span = SPANS[interval];
          const url = at(http, { function: "TIME_SERIES_INTRADAY", symbol: theirs, interval: span, outputsize: "full", adjusted: false });
          const answer = await ask(http, url, alphaIntraday(span));
          const meta = answer["Meta Data"] as { "2. Symbol": string };
          if (meta["2. Symbol"] !== theirs) throw http.invalid("symbol", `sent another symbol than ${theirs}`);
          const series = answer[`Time Series (${span})`] as Parameters<typeof toAlphaBars>[0];
          const bars = toAlphaBars(series, asOf(http, url)).filter(({ time }) => Date.parse(time) >= fromMs && Date.parse(time) <= toMs);
          // Adjusted, it would take dividends out as well; as traded, the prices are right as long as no split lies between.
          const { data } = bars.length === 0 ? { data: [] } : await ask(http, at(http, { function: "SPLITS", symbol: theirs }), alphaSplits);
          if (data.some(({ effective_date: day }) => day > newYorkDay(bars[0]!.time))) throw new AppError("UPSTREAM_UNAVAILABLE", `${client.id}: a split lies within these days, and its prices are as traded`, { provider: client.id, reason: "split" });
          return { symbol, currency: null, bars };
        });
      },
    },
    news: {
      async fetchNews({ symbols = [], text, from, to, limit }, options) {
        if (text) throw notOffered(client.id, "its news cannot be searched by words");
        return client.run("news", options, async (http) => {
          const { fromMs, toMs } = newsSpan({ from, to });
          const minute = (ms: number) => (Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 16).replace(/[-:]/g, "") : undefined);
          // Several tickers at once would be articles that speak of all of them.
          const wanted = symbols.length === 0 ? [undefined] : [...usSymbols(symbols, ".").keys()];
          const answers = [];
          for (const tickers of wanted) {
            const url = at(http, { function: "NEWS_SENTIMENT", tickers, time_from: minute(fromMs), time_to: minute(toMs), sort: "LATEST", limit: Math.min(Math.max(limit, 50), MOST_NEWS) });
            answers.push(...toAlphaNews(await ask(http, url, alphaNews), asOf(http, url)));
          }
          return newestNews(answers, { from, to, limit });
        });
      },
    },
    fx: {
      fetchFxRates: ({ base, quotes }, options) =>
        client.run("fx", options, async (http) => {
          const rows = [];
          for (const quote of new Set(quotes)) {
            const url = at(http, { function: "CURRENCY_EXCHANGE_RATE", from_currency: base, to_currency: quote });
            const row = toFxRow(await ask(http, url, alphaRate), asOf(http, url));
            if (row === null) throw http.invalid("time", "sent a time that is none");
            if (row.base !== base || row.quote !== quote) throw http.invalid("currency", `sent ${row.base}/${row.quote} for ${base}/${quote}`);
            rows.push(row);
          }
          return rows;
        }),
    },
    profile: {
      async fetchProfile({ symbol }, options) {
        const theirs = listed(symbol);
        return client.run("profile", options, async (http) => {
          const url = at(http, { function: "OVERVIEW", symbol: theirs });
          const told = await ask(http, url, alphaOverview);
          if (told === null) throw new AppError("NOT_FOUND", `${client.id}: does not know ${theirs}`, { provider: client.id });
          if (told.Symbol !== theirs) throw http.invalid("symbol", `sent another symbol than ${theirs}`);
          return toAlphaProfile(told, { symbol, provenance: http.provenance({ url }) });
        });
      },
    },
  };
}
