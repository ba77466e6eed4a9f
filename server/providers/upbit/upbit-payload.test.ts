import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { toCoinTicker, upbitMarkets, upbitTickers } from "./upbit-payload";

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8"));
const provenance = { provider: "upbit" as const, asOf: "2026-11-20T17:00:05.000Z", url: null, accession: null };
const now = new Date("2026-11-20T17:00:05Z");
const [markets, tickers] = [upbitMarkets.parse(read("markets.json")), upbitTickers.parse(read("tickers.json"))];

describe("Upbit payloads", () => {
  it("read a price with the close at 00:00 UTC before it, and claim no figure of 24 hours that is of the day", () => {
    expect(toCoinTicker(tickers[0]!, markets[0]!, { now, provenance })).toEqual({
      coin: "BTC", quoteCurrency: "KRW", market: "KRW-BTC", price: 142_000_000, previousClose: 141_000_000, previousCloseAt: "2026-11-20T00:00:00.000Z",
      change24h: null, high24h: null, low24h: null, volume24h: 1200.125, value24h: 170_000_000_000.25, at: "2026-11-20T17:00:02.000Z",
      nameEn: "Bitcoin", nameKo: "비트코인", warnings: [], provenance: { ...provenance, asOf: "2026-11-20T17:00:03.500Z" },
    });
  });

  it("tell what the exchange warns of, and that a market which is new had no close", () => {
    expect(toCoinTicker(tickers[1]!, markets[1]!, { now, provenance })).toMatchObject({ previousClose: null, previousCloseAt: null, at: "2026-11-20T00:00:00.000Z", warnings: ["WARNING", "PRICE_FLUCTUATIONS", "GLOBAL_PRICE_DIFFERENCES"] });
  });

  it("refuse a malformed answer and one of tomorrow", () => {
    expect(upbitTickers.safeParse([{ ...tickers[0], trade_timestamp: "2026-11-20" }]).success).toBe(false);
    expect(upbitMarkets.safeParse([{ ...markets[0], market_event: { warning: "NONE" } }]).success).toBe(false);
    expect(() => toCoinTicker(tickers[0]!, markets[0]!, { now: new Date("2026-11-20T16:00:00Z"), provenance })).toThrow("later than now");
  });
});
