import type { z } from "zod";
import type { ErrorCode } from "@/server/domain/app-error";
import { notAhead } from "@/server/domain/ingestion/vendor-instant";
import { utcDate } from "@/server/domain/calendar/trading-date";
import type { BarSeries, Capabilities, IntradayInterval, VendorProvenance } from "../capabilities";
import { newestNews, newsSpan } from "../news-span";
import { notOffered } from "../not-offered";
import { walkPages } from "../page-walk";
import { usSymbol, usSymbols } from "../us-listing";
import type { Query, VendorClient, VendorHttp } from "../vendor-client";
import { polygonBars, polygonDividends, polygonNews, polygonSnapshots, polygonSplits, polygonTicker, toBars, toDividend, toNewsRows, toProfile, toSnapshotQuote, toSplit } from "./polygon-payload";

const SPANS: Record<IntradayInterval, string> = { M1: "1/minute", M5: "5/minute", M15: "15/minute", H1: "1/hour" };
const MOST_BARS = 50_000;
const MAX_BYTES = 32 * 1024 * 1024;
const MOST_NEWS = 1_000;
/** The hosts that its "next page" names: the same service under its old and its new name. */
const OWN_HOSTS = ["api.polygon.io", "api.massive.com"];

type Polygon = Pick<Capabilities, "quotes" | "dailyBars" | "intradayBars" | "news" | "dividends" | "splits" | "profile">;

export function createPolygon({ client, apiKey }: { client: VendorClient; apiKey: string | undefined }): Polygon {
  const options = { headers: { authorization: `Bearer ${apiKey ?? ""}` }, maxBytes: MAX_BYTES, meaningOf: (status: number): ErrorCode | null => (status === 404 ? "NOT_FOUND" : null) };
  const listed = (symbol: string): string => {
    const theirs = usSymbol(symbol, ".");
    if (theirs === null) throw notOffered(client.id, `${symbol} is not listed in the United States`);
    return theirs;
  };

  /** All pages. The next one's address is taken only for its path and query: it is the vendor's word, and our key goes with it. */
  async function everyPage<Answer extends { next_url?: string | undefined }, Row>(http: VendorHttp, { url, schema, rowsOf, keyOf }: { url: URL; schema: z.ZodType<Answer>; rowsOf: (answer: Answer) => readonly Row[]; keyOf: (row: Row) => string }): Promise<Row[]> {
    return walkPages({
      provider: client.id, first: url, keyOf,
      async page(at: URL) {
        const answer: Answer = await http.json(at, schema, options);
        if (answer.next_url === undefined) return { rows: rowsOf(answer), next: null };
        const named = new URL(answer.next_url);
        if (!OWN_HOSTS.includes(named.hostname)) throw http.invalid("next-page", "names a next page at another host");
        return { rows: rowsOf(answer), next: http.url("api", named.pathname, Object.fromEntries(named.searchParams)) };
      },
    });
  }

  async function barsOf(http: VendorHttp, { symbol, theirs, span, from, to }: { symbol: string; theirs: string; span: string; from: string; to: string }): Promise<BarSeries> {
    const url = http.url("api", `/v2/aggs/ticker/${encodeURIComponent(theirs)}/range/${span}/${from}/${to}`, { adjusted: true, sort: "asc", limit: MOST_BARS });
    const rowsOf = ({ ticker, results = [] }: z.infer<typeof polygonBars>) => {
      if (ticker !== theirs) throw http.invalid("symbol", `sent ${ticker.slice(0, 12)} for ${theirs}`);
      return results;
    };
    const results = await everyPage(http, { url, schema: polygonBars, rowsOf, keyOf: ({ t }) => String(t) });
    if (results.some(({ t }, at) => at > 0 && t <= results[at - 1]!.t)) throw http.invalid("order", "sent bars out of order");
    const checked = (asOf: string) => http.provenance({ url, asOf: notAhead(asOf, { now: http.now(), provider: client.id }) });
    return { symbol, currency: null, bars: toBars(results, { daily: span === "1/day", provenance: checked }) };
  }

  return {
    dailyBars: {
      async fetchDailyBars({ symbol, from, to }, call) {
        const theirs = listed(symbol);
        return client.run("dailyBars", call, (http) => barsOf(http, { symbol, theirs, span: "1/day", from, to: to ?? utcDate(http.now()) }));
      },
    },
    intradayBars: {
      async fetchIntradayBars({ symbol, interval, from, to }, call) {
        const theirs = listed(symbol);
        return client.run("intradayBars", call, (http) => barsOf(http, { symbol, theirs, span: SPANS[interval], from: String(newsSpan({ from }).fromMs), to: String(to === undefined ? http.now().getTime() : newsSpan({ to }).toMs) }));
      },
    },
    quotes: {
      fetchQuotes: ({ symbols }, call) =>
        client.run("quotes", call, async (http) => {
          const ours = usSymbols(symbols, ".");
          if (ours.size === 0) return [];
          const url = http.url("api", "/v2/snapshot/locale/us/markets/stocks/tickers", { tickers: [...ours.keys()].join(",") });
          const { tickers } = await http.json(url, polygonSnapshots, options);
          const provenance = (asOf: string): VendorProvenance => http.provenance({ url, asOf: notAhead(asOf, { now: http.now(), provider: client.id }) });
          return tickers.flatMap((ticker) => {
            const symbol = ours.get(ticker.ticker);
            if (symbol === undefined) throw http.invalid("symbol", "sent a symbol that it was not asked for");
            return toSnapshotQuote(ticker, { symbol, provenance }) ?? [];
          });
        }),
    },
    news: {
      async fetchNews({ symbols = [], text, from, to, limit }, call) {
        if (text) throw notOffered(client.id, "its news cannot be searched by words");
        return client.run("news", call, async (http) => {
          const read = async (ticker: string | undefined) => {
            const span: Query = { "published_utc.gte": from, "published_utc.lte": to };
            const url = http.url("api", "/v2/reference/news", { ticker, ...span, order: "desc", sort: "published_utc", limit: Math.min(limit, MOST_NEWS) });
            return toNewsRows(await http.json(url, polygonNews, options), (asOf) => http.provenance({ url, asOf: notAhead(asOf, { now: http.now(), provider: client.id }) }));
          };
          const answers = await Promise.all(symbols.length === 0 ? [read(undefined)] : [...usSymbols(symbols, ".").keys()].map(read));
          return newestNews(answers.flat(), { from, to, limit });
        });
      },
    },
    dividends: {
      async fetchDividends({ symbol, from, to }, call) {
        const theirs = listed(symbol);
        return client.run("dividends", call, async (http) => {
          const url = http.url("api", "/v3/reference/dividends", { ticker: theirs, "ex_dividend_date.gte": from, "ex_dividend_date.lte": to, sort: "ex_dividend_date", order: "asc", limit: 1_000 });
          const rows = await everyPage(http, { url, schema: polygonDividends, rowsOf: ({ results }) => results, keyOf: (row) => `${row.ex_dividend_date} ${row.dividend_type} ${row.cash_amount} ${row.pay_date}` });
          if (rows.some(({ ticker }) => ticker !== theirs)) throw http.invalid("symbol", `sent dividends of another company than ${theirs}`);
          return rows.map((row) => toDividend(row, { symbol, provenance: http.provenance({ url }) })).sort((a, b) => (a.exDate < b.exDate ? -1 : 1));
        });
      },
    },
    splits: {
      async fetchSplits({ symbol, from, to }, call) {
        const theirs = listed(symbol);
        return client.run("splits", call, async (http) => {
          const url = http.url("api", "/v3/reference/splits", { ticker: theirs, "execution_date.gte": from, "execution_date.lte": to, sort: "execution_date", order: "asc", limit: 1_000 });
          const rows = await everyPage(http, { url, schema: polygonSplits, rowsOf: ({ results }) => results, keyOf: ({ execution_date: date }) => date });
          if (rows.some(({ ticker }) => ticker !== theirs)) throw http.invalid("symbol", `sent splits of another company than ${theirs}`);
          return rows.map((row) => toSplit(row, { symbol, provenance: http.provenance({ url }) })).sort((a, b) => (a.exDate < b.exDate ? -1 : 1));
        });
      },
    },
    profile: {
      async fetchProfile({ symbol }, call) {
        const theirs = listed(symbol);
        return client.run("profile", call, async (http) => {
          const url = http.url("api", `/v3/reference/tickers/${encodeURIComponent(theirs)}`);
          const answer = await http.json(url, polygonTicker, options);
          if (answer.results.ticker !== theirs) throw http.invalid("symbol", `sent ${answer.results.ticker.slice(0, 12)} for ${theirs}`);
          return toProfile(answer, { symbol, provenance: http.provenance({ url }) });
        });
      },
    },
  };
}
