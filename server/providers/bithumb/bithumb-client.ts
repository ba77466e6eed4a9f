import type { Capabilities } from "../capabilities";
import { createKoreanStream } from "../korean-stream";
import { notOffered } from "../not-offered";
import type { VendorClient } from "../vendor-client";
import { bithumbBoard, bithumbMarkets, toCoinTickers } from "./bithumb-payload";

const QUOTES: readonly string[] = ["KRW", "BTC"];

export function createBithumb(client: VendorClient): Pick<Capabilities, "coinBoard" | "quoteStream"> {
  return {
    coinBoard: {
      async fetchCoinBoard({ quoteCurrency, coins }, options) {
        if (!QUOTES.includes(quoteCurrency)) throw notOffered(client.id, `has no market in ${quoteCurrency}`);
        return client.run("coinBoard", options, async (http) => {
          const url = http.url("api", `/public/ticker/ALL_${quoteCurrency}`);
          // The older endpoint has all tickers at once, the newer one their names.
          const [board, markets] = await Promise.all([http.json(url, bithumbBoard), http.json(http.url("api", "/v1/market/all", { isDetails: true }), bithumbMarkets)]);
          if (!("data" in board)) throw http.invalid("status", `answers ${board.status}: ${board.message}`);
          const rows = toCoinTickers(board.data, { quoteCurrency, markets, now: http.now(), provenance: http.provenance({ url }) });
          // The table names no currency: that most of it is listed in the one asked for is what can be seen.
          if (rows.filter(({ nameEn }) => nameEn !== null).length * 2 <= rows.length || rows.length === 0) throw http.invalid("currency", `sent coins that it does not list in ${quoteCurrency}`);
          return coins ? rows.filter(({ coin }) => coins.includes(coin)) : rows;
        });
      },
    },
    quoteStream: createKoreanStream(client),
  };
}
