import type { ErrorCode } from "@/server/domain/app-error";
import type { Capabilities } from "../capabilities";
import { createKoreanStream } from "../korean-stream";
import { notOffered } from "../not-offered";
import type { VendorClient, VendorHttp } from "../vendor-client";
import { toCoinTicker, upbitMarkets, upbitTickers, type UpbitMarket, type UpbitTicker } from "./upbit-payload";

const QUOTES: readonly string[] = ["KRW", "BTC", "USDT"];
/** Markets in one address: it grows by a dozen characters with each. */
const CHUNK = 100;
/** Assumed: a market just listed has no ticker before its first trade, but never so many at once. */
const MOST_MISSING = 0.1;

export function createUpbit(client: VendorClient): Pick<Capabilities, "coinBoard" | "quoteStream"> {
  /** The tickers of some markets, each once, and of no other. */
  async function tickersOf(http: VendorHttp, markets: readonly UpbitMarket[]): Promise<{ url: URL; tickers: UpbitTicker[] }> {
    const url = http.url("api", "/v1/ticker", { markets: markets.map(({ market }) => market).join(",") });
    const tickers = await http.json(url, upbitTickers, { meaningOf });
    const [asked, sent] = [new Set(markets.map(({ market }) => market)), new Set(tickers.map(({ market }) => market))];
    if (sent.size < tickers.length) throw http.invalid("duplicate", "sent a market twice");
    for (const market of sent) if (!asked.has(market)) throw http.invalid("market", `sent ${market}, which was not asked for`);
    if (sent.size < asked.size * (1 - MOST_MISSING)) throw http.invalid("half", `sent ${sent.size} of ${asked.size} markets`);
    return { url, tickers };
  }

  return {
    coinBoard: {
      async fetchCoinBoard({ quoteCurrency, coins }, options) {
        if (!QUOTES.includes(quoteCurrency)) throw notOffered(client.id, `has no market in ${quoteCurrency}`);
        return client.run("coinBoard", options, async (http) => {
          const all = await http.json(http.url("api", "/v1/market/all", { is_details: true }), upbitMarkets, { meaningOf });
          const byCode = new Map(all.map((one) => [one.market, one]));
          const codes = coins ? coins.map((coin) => `${quoteCurrency}-${coin}`) : [...byCode.keys()].filter((code) => code.startsWith(`${quoteCurrency}-`));
          const wanted = [...new Set(codes)].flatMap((code) => byCode.get(code) ?? []);
          if (wanted.length === 0 && !coins) throw http.invalid("half", `lists no market in ${quoteCurrency}`);
          const chunks = Array.from({ length: Math.ceil(wanted.length / CHUNK) }, (_, i) => wanted.slice(i * CHUNK, (i + 1) * CHUNK));
          const answers = await Promise.all(chunks.map((chunk) => tickersOf(http, chunk)));
          return answers.flatMap(({ url, tickers }) => tickers.map((ticker) => toCoinTicker(ticker, byCode.get(ticker.market)!, { now: http.now(), provenance: http.provenance({ url }) })));
        });
      },
    },
    quoteStream: createKoreanStream(client),
  };
}

/** 418 is the longer form of "too many": the address is shut out for a while. */
const meaningOf = (status: number): ErrorCode | null => (status === 418 ? "RATE_LIMITED" : null);
