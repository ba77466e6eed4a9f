import type { ErrorCode } from "@/server/domain/app-error";
import { addDays, tradingDate } from "@/server/domain/calendar/trading-date";
import { newYorkDay, newYorkInstant } from "@/server/domain/ingestion/new-york-instant";
import { notAhead } from "@/server/domain/ingestion/vendor-instant";
import type { BarSeries, Capabilities, IntradayInterval, QuoteRow } from "../capabilities";
import { newsSpan } from "../news-span";
import { notOffered } from "../not-offered";
import { openSocket } from "../open-socket";
import { walkPages } from "../page-walk";
import { usSymbol, usSymbols } from "../us-listing";
import type { VendorClient, VendorHttp } from "../vendor-client";
import { createVendorStream, type StreamSocket } from "../vendor-stream";
import { alpacaBars, alpacaSnapshots, readAlpacaTrades, toAlpacaBars, toAlpacaQuote } from "./alpaca-payload";

const FRAMES: Record<IntradayInterval, string> = { M1: "1Min", M5: "5Min", M15: "15Min", H1: "1Hour" };
const MOST_BARS = 10_000;
/** The free plan may read the whole market's prices once they are fifteen minutes old; one exchange's alone would not be the market's. */
const DELAY_MS = 16 * 60_000;

type Alpaca = Pick<Capabilities, "quotes" | "dailyBars" | "intradayBars" | "tradeStream">;
type Input = { client: VendorClient; keyId: string | undefined; secret: string | undefined; connect?: (url: URL) => StreamSocket };

export function createAlpaca({ client, keyId = "", secret = "", connect = openSocket }: Input): Alpaca {
  const headers = { "apca-api-key-id": keyId, "apca-api-secret-key": secret };
  const listed = (symbol: string): string => {
    const theirs = usSymbol(symbol, ".");
    if (theirs === null) throw notOffered(client.id, `${symbol} is not listed in the United States`);
    return theirs;
  };

  async function barsOf(http: VendorHttp, { symbol, theirs, timeframe, from, to }: { symbol: string; theirs: string; timeframe: string; from: string; to: number }): Promise<BarSeries> {
    const end = new Date(Math.min(to, http.now().getTime() - DELAY_MS)).toISOString();
    if (end <= from) return { symbol, currency: null, bars: [] };
    const at = (token?: string) => http.url("data", `/v2/stocks/${encodeURIComponent(theirs)}/bars`, { timeframe, start: from, end, limit: MOST_BARS, adjustment: "split", feed: "sip", sort: "asc", page_token: token });
    let currency: string | null = null;
    const rows = await walkPages({
      provider: client.id, first: undefined as string | undefined, keyOf: ({ t }) => t,
      async page(token: string | undefined) {
        const answer = await http.json(at(token), alpacaBars, { headers, meaningOf });
        if (answer.symbol !== theirs) throw http.invalid("symbol", `sent ${answer.symbol.slice(0, 12)} for ${theirs}`);
        currency = answer.currency ?? currency;
        return { rows: answer.bars ?? [], next: answer.next_page_token };
      },
    });
    if (rows.some(({ t }, index) => index > 0 && Date.parse(t) <= Date.parse(rows[index - 1]!.t))) throw http.invalid("order", "sent bars out of order");
    const provenance = (asOf: string) => http.provenance({ url: at(), asOf: notAhead(asOf, { now: http.now(), provider: client.id }) });
    return { symbol, currency, bars: toAlpacaBars(rows, { daily: timeframe === "1Day", provenance }) };
  }

  return {
    dailyBars: {
      async fetchDailyBars({ symbol, from, to }, options) {
        const theirs = listed(symbol);
        return client.run("dailyBars", options, (http) => {
          const midnight = (day: string) => newYorkInstant(`${day} 00:00:00`)!;
          const last = tradingDate(to ?? newYorkDay(http.now().toISOString()));
          return barsOf(http, { symbol, theirs, timeframe: "1Day", from: midnight(from), to: Date.parse(midnight(addDays(last, 1))) - 1 });
        });
      },
    },
    intradayBars: {
      async fetchIntradayBars({ symbol, interval, from, to }, options) {
        const theirs = listed(symbol);
        return client.run("intradayBars", options, (http) => {
          const { fromMs, toMs } = newsSpan({ from, to });
          return barsOf(http, { symbol, theirs, timeframe: FRAMES[interval], from: new Date(fromMs).toISOString(), to: toMs });
        });
      },
    },
    quotes: {
      fetchQuotes: ({ symbols }, options) =>
        client.run("quotes", options, async (http) => {
          const ours = usSymbols(symbols, ".");
          if (ours.size === 0) return [];
          const url = http.url("data", "/v2/stocks/snapshots", { symbols: [...ours.keys()].join(","), feed: "delayed_sip" });
          const answer = await http.json(url, alpacaSnapshots, { headers, meaningOf });
          const provenance = (asOf: string) => http.provenance({ url, asOf: notAhead(asOf, { now: http.now(), provider: client.id }) });
          return Object.entries(answer).flatMap(([theirs, snapshot]): QuoteRow[] => {
            const symbol = ours.get(theirs);
            if (symbol === undefined) throw http.invalid("symbol", "sent a symbol that it was not asked for");
            return snapshot === null ? [] : [toAlpacaQuote(snapshot, { symbol, provenance })];
          });
        }),
    },
    tradeStream: {
      openTradeStream(listener) {
        const ours = new Map<string, string>();
        const said = (action: "subscribe" | "unsubscribe", symbols: readonly string[]) => {
          const spoken = usSymbols(symbols, ".");
          for (const [theirs, symbol] of spoken) ours.set(theirs, symbol);
          return spoken.size === 0 ? [] : [JSON.stringify({ action, trades: [...spoken.keys()] })];
        };
        // A line that is authorised once stays so; to say it again costs an error that nobody hears.
        let authorised = false;
        return createVendorStream(
          {
            connect() {
              authorised = false;
              return connect(client.url("live", "/v2/iex"));
            },
            subscribe(symbols) {
              const first = authorised ? [] : [JSON.stringify({ action: "auth", key: keyId, secret })];
              authorised = true;
              return [...first, ...said("subscribe", symbols)];
            },
            unsubscribe: (symbols) => said("unsubscribe", symbols),
            read: (text) => readAlpacaTrades(text, ours),
            // Outside of the session nothing is traded, and pings are answered below this.
            silenceMs: 15 * 60_000,
          },
          listener,
          client.deps,
        );
      },
    },
  };
}

/** 400 and 404 of a symbol that it does not know, 422 of one that is none. */
const meaningOf = (status: number, body: string): ErrorCode | null => ((status === 400 || status === 404 || status === 422) && /symbol/i.test(body) ? "NOT_FOUND" : null);
