import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { binanceMark, binanceTickers, readBinanceTick, toCoinTickers, toDerivative, type BinancePerpetual } from "./binance-payload";

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8"));
const provenance = { provider: "binance" as const, asOf: "2026-11-20T17:00:05.000Z", url: null, accession: null };
const now = new Date("2026-11-20T17:00:05Z");

describe("Binance payloads", () => {
  it("read a board with the change of 24 hours, no close of a day, and no market that did not trade", () => {
    const rows = toCoinTickers(binanceTickers.parse(read("tickers.json")), { quoteCurrency: "USDT", now, provenance });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual({
      coin: "BTC", quoteCurrency: "USDT", market: "BTCUSDT", price: 102_500, previousClose: null, previousCloseAt: null, change24h: expect.closeTo(0.025, 12), high24h: 104_000, low24h: 99_500,
      volume24h: 15_000.5, value24h: 1_530_000_000.25, at: "2026-11-20T17:00:01.000Z", nameEn: null, nameKo: null, warnings: null, provenance: { ...provenance, asOf: "2026-11-20T17:00:01.000Z" },
    });
  });

  it("read a perpetual: funding for eight hours unless said otherwise, open interest in coins and at the mark price", () => {
    const told = read("perpetual.json") as BinancePerpetual;
    expect(toDerivative(told, { coin: "BTC", now, provenance })).toEqual({
      coin: "BTC", market: "BTCUSDT", exchange: "Binance", markPrice: 102_510.4, indexPrice: 102_550.1, fundingRate: -0.000025, fundingHours: 8, nextFundingAt: "2026-11-21T00:00:00.000Z",
      openInterest: 80_000.5, openInterestValue: expect.closeTo(8_200_883_255.2, 1), longShortRatio: 1.5, at: "2026-11-20T17:00:02.000Z", provenance: { ...provenance, asOf: "2026-11-20T17:00:02.000Z" },
    });
    expect(toDerivative({ ...told, funding: [{ symbol: "BTCUSDT", fundingIntervalHours: 4 }], mark: { ...told.mark, nextFundingTime: 0 } }, { coin: "BTC", now, provenance })).toMatchObject({ fundingHours: 4, nextFundingAt: null });
  });

  it("read a tick in the currency of its market", () => {
    expect(readBinanceTick('{"e":"24hrMiniTicker","E":1795194002000,"s":"ETHBTC","c":"0.03","o":"0.02","h":"1","l":"0","v":"5","q":"1"}', { now })).toEqual([{ provider: "binance", symbol: "ETHBTC", currency: "BTC", price: 0.03, volume: 5, change24h: expect.closeTo(0.5, 12), at: "2026-11-20T17:00:02.000Z" }]);
  });

  it("refuse a malformed answer", () => {
    expect(binanceMark.safeParse({ symbol: "BTCUSDT", markPrice: "NaN", indexPrice: "1", lastFundingRate: "0", nextFundingTime: 0, time: 1 }).success).toBe(false);
    expect(binanceTickers.safeParse([{ symbol: "BTCUSDT" }]).success).toBe(false);
  });
});
