import type { ErrorCode } from "@/server/domain/app-error";
import type { Capabilities } from "../capabilities";
import { newestTick } from "../newest-tick";
import { notOffered } from "../not-offered";
import { openSocket } from "../open-socket";
import type { VendorClient } from "../vendor-client";
import { createVendorStream, type StreamProtocol } from "../vendor-stream";
import { binanceFunding, binanceInterest, binanceMark, binanceRatios, binanceTickers, readBinanceTick, toCoinTickers, toDerivative } from "./binance-payload";

/** Of all symbols some 600 kB. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Five messages a second are taken, pings and answers to them too; one message may name so many streams without being too long. */
const STREAMS_AT_ONCE = 200;

export function createBinance(client: VendorClient): Pick<Capabilities, "coinBoard" | "derivatives" | "quoteStream"> {
  const ask = (method: string, symbols: readonly string[]) =>
    Array.from({ length: Math.ceil(symbols.length / STREAMS_AT_ONCE) }, (_, i) =>
      JSON.stringify({ method, params: symbols.slice(i * STREAMS_AT_ONCE, (i + 1) * STREAMS_AT_ONCE).map((symbol) => `${symbol.toLowerCase()}@miniTicker`), id: i + 1 }));
  const protocol: StreamProtocol = {
    connect: () => openSocket(client.url("live", "")),
    subscribe: (symbols) => ask("SUBSCRIBE", symbols),
    unsubscribe: (symbols) => ask("UNSUBSCRIBE", symbols),
    read: (text) => readBinanceTick(text, { now: client.deps.now() }),
    // Binance pings by frames, which nobody hears: a question with an answer keeps a quiet line from looking dead.
    ping: { text: '{"method":"LIST_SUBSCRIPTIONS","id":0}', everyMs: 25_000 },
  };

  return {
    coinBoard: {
      async fetchCoinBoard({ quoteCurrency, coins }, options) {
        if (quoteCurrency !== "USDT") throw notOffered(client.id, `is read for USDT, not for ${quoteCurrency}`);
        return client.run("coinBoard", options, async (http) => {
          const url = http.url("api", "/api/v3/ticker/24hr", { type: "MINI" });
          const tickers = await http.json(url, binanceTickers, { maxBytes: MAX_BYTES, meaningOf });
          if (new Set(tickers.map(({ symbol }) => symbol)).size < tickers.length) throw http.invalid("duplicate", "sent a market twice");
          const rows = toCoinTickers(tickers, { quoteCurrency, now: http.now(), provenance: http.provenance({ url }) });
          if (rows.length === 0) throw http.invalid("currency", `sent no market in ${quoteCurrency}`);
          return coins ? rows.filter(({ coin }) => coins.includes(coin)) : rows;
        });
      },
    },
    derivatives: {
      fetchDerivatives: ({ coin }, options) =>
        client.run("derivatives", options, async (http) => {
          const symbol = `${coin}USDT`;
          const at = (path: string, query: Record<string, string | number> = { symbol }) => http.url("futures", path, query);
          const url = at("/fapi/v1/premiumIndex");
          // Alone at first: a coin without a perpetual is said so once.
          const mark = await http.json(url, binanceMark, { meaningOf });
          const [interest, funding, ratios] = await Promise.all([
            http.json(at("/fapi/v1/openInterest"), binanceInterest, { meaningOf }),
            http.json(at("/fapi/v1/fundingInfo", {}), binanceFunding, { meaningOf }),
            http.json(at("/futures/data/globalLongShortAccountRatio", { symbol, period: "5m", limit: 1 }), binanceRatios, { meaningOf }),
          ]);
          for (const told of [mark, interest, ...ratios]) if (told.symbol !== symbol) throw http.invalid("symbol", `sent ${told.symbol} in place of ${symbol}`);
          return [toDerivative({ mark, interest, funding, ratios }, { coin, now: http.now(), provenance: http.provenance({ url }) })];
        }),
    },
    quoteStream: { openQuoteStream: (listener) => createVendorStream(protocol, newestTick(listener), client.deps) },
  };
}

/** 418 follows on too many 429; 451 refuses a country, which is no fault of the answer's form. */
function meaningOf(status: number, body: string): ErrorCode | null {
  if (status === 418) return "RATE_LIMITED";
  if (status === 451) return "UPSTREAM_UNAVAILABLE";
  return status === 400 && /"code":\s*-1121\b/.test(body) ? "NOT_FOUND" : null;
}
