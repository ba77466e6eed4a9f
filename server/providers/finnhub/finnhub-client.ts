import { addDays, tradingDate, utcDate } from "@/server/domain/calendar/trading-date";
import { notAhead } from "@/server/domain/ingestion/vendor-instant";
import type { Capabilities, EarningsRow, NewsRow, VendorProvenance } from "../capabilities";
import { inDayHalves } from "../day-halves";
import { newestNews } from "../news-span";
import { notOffered } from "../not-offered";
import { openSocket } from "../open-socket";
import { usSymbol, usSymbols } from "../us-listing";
import type { Query, VendorClient, VendorHttp } from "../vendor-client";
import { createVendorStream, type StreamSocket } from "../vendor-stream";
import { finnhubEarnings, finnhubEconomic, finnhubIpos, finnhubNews, finnhubQuote, readTrades, toEarnings, toEconomicEvents, toIpos, toNews, toQuote } from "./finnhub-payload";

/** What the earnings calendar gives at most in one answer: more days are asked for in halves. */
const MOST_EARNINGS = 1_500;
const NEWS_DAYS = 7;

type Finnhub = Pick<Capabilities, "quotes" | "news" | "earningsCalendar" | "ipoCalendar" | "economicCalendar" | "tradeStream">;

export function createFinnhub({ client, apiKey, connect = openSocket }: { client: VendorClient; apiKey: string | undefined; connect?: (url: URL) => StreamSocket }): Finnhub {
  const headers = { "x-finnhub-token": apiKey ?? "" };
  const ask = (http: VendorHttp, path: string, query: Query) => {
    const url = http.url("api", path, query);
    const provenance = (asOf?: string): VendorProvenance => http.provenance({ url, ...(asOf !== undefined && { asOf: notAhead(asOf, { now: http.now(), provider: client.id }) }) });
    return { url, provenance };
  };

  async function earningsOf(http: VendorHttp, from: string, to: string, symbol: string | undefined): Promise<EarningsRow[]> {
    const { url, provenance } = ask(http, "/calendar/earnings", { from, to, symbol });
    const rows = toEarnings(await http.json(url, finnhubEarnings, { headers }), provenance());
    if (rows.some(({ date, symbol: told }) => date < from || date > to || (symbol !== undefined && told !== symbol))) throw http.invalid("range", "sent earnings of other days or another company than it was asked for");
    return rows;
  }

  return {
    quotes: {
      fetchQuotes: ({ symbols }, options) =>
        client.run("quotes", options, async (http) => {
          const rows = await Promise.all(
            [...usSymbols(symbols, ".")].map(async ([theirs, symbol]) => {
              const { url, provenance } = ask(http, "/quote", { symbol: theirs });
              return toQuote(await http.json(url, finnhubQuote, { headers }), { symbol, provenance });
            }),
          );
          return rows.filter((row) => row !== null);
        }),
    },
    news: {
      async fetchNews({ symbols = [], text, from, to, limit }, options) {
        if (text) throw notOffered(client.id, "its news cannot be searched by words");
        return client.run("news", options, async (http) => {
          const today = utcDate(http.now());
          const days = { from: from?.slice(0, 10) ?? addDays(to ? tradingDate(to.slice(0, 10)) : today, -NEWS_DAYS), to: to?.slice(0, 10) ?? today };
          const read = async (path: string, query: Query, symbol: string | null): Promise<NewsRow[]> => {
            const { url, provenance } = ask(http, path, query);
            return toNews(await http.json(url, finnhubNews, { headers }), { symbol, provenance });
          };
          const answers = symbols.length === 0 ? [await read("/news", { category: "general" }, null)] : await Promise.all([...usSymbols(symbols, ".")].map(([theirs, symbol]) => read("/company-news", { symbol: theirs, ...days }, symbol)));
          return newestNews(joined(answers.flat()), { from, to, limit });
        });
      },
    },
    earningsCalendar: {
      fetchEarnings({ from, to, symbol }, options) {
        const theirs = symbol === undefined ? undefined : (usSymbol(symbol, ".") ?? symbol);
        return client.run("earningsCalendar", options, (http) => inDayHalves({ from, to, most: MOST_EARNINGS, read: (first, last) => earningsOf(http, first, last, theirs) }));
      },
    },
    ipoCalendar: {
      fetchIpos: ({ from, to }, options) =>
        client.run("ipoCalendar", options, async (http) => {
          const { url, provenance } = ask(http, "/calendar/ipo", { from, to });
          const rows = toIpos(await http.json(url, finnhubIpos, { headers }), provenance());
          if (rows.some(({ date }) => date < from || date > to)) throw http.invalid("range", "sent listings of other days than it was asked for");
          return rows;
        }),
    },
    economicCalendar: {
      fetchEconomicEvents: ({ from, to, countries }, options) =>
        client.run("economicCalendar", options, async (http) => {
          const { url, provenance } = ask(http, "/calendar/economic", { from, to });
          const rows = toEconomicEvents(await http.json(url, finnhubEconomic, { headers }), provenance());
          if (rows === null) throw http.invalid("time", "sent a time that is none");
          return rows.filter(({ country, at }) => (countries === undefined || countries.includes(country)) && at.slice(0, 10) >= from && at.slice(0, 10) <= to);
        }),
    },
    tradeStream: {
      openTradeStream(listener) {
        const ours = new Map<string, string>();
        const said = (type: "subscribe" | "unsubscribe", symbols: readonly string[]) =>
          [...usSymbols(symbols, ".")].map(([theirs, symbol]) => {
            ours.set(theirs, symbol);
            return JSON.stringify({ type, symbol: theirs });
          });
        return createVendorStream(
          {
            connect: () => connect(client.url("live", "/", { token: apiKey })),
            subscribe: (symbols) => said("subscribe", symbols),
            unsubscribe: (symbols) => said("unsubscribe", symbols),
            read: (text) => readTrades(text, ours),
          },
          listener,
          client.deps,
        );
      },
    },
  };
}

/** One article that is told under several companies belongs to all of them. */
function joined(rows: readonly NewsRow[]): NewsRow[] {
  const byId = new Map<string, NewsRow>();
  for (const row of rows) {
    const before = byId.get(row.externalId);
    byId.set(row.externalId, before ? { ...before, symbols: [...new Set([...before.symbols, ...row.symbols])] } : row);
  }
  return [...byId.values()];
}
