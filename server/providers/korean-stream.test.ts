import { describe, expect, it } from "vitest";
import { itSurvivesAMisbehavingStream } from "@/server/testing/it-survives-a-misbehaving-stream";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import { BITHUMB } from "./bithumb/bithumb-vendor";
import { readKoreanTick } from "./korean-stream";
import { createProviders } from "./registry";
import { UPBIT } from "./upbit/upbit-vendor";

// In the shape that both document; written by hand on 2026-11-21.
const tick = ({ symbol, price, atMs }: { symbol: string; price: number; atMs: number }) =>
  JSON.stringify({ type: "ticker", code: symbol, opening_price: 1, high_price: 2, low_price: 0.5, trade_price: price, prev_closing_price: 1, change: "RISE", signed_change_rate: 0.5, trade_volume: 0.1, acc_trade_volume_24h: 12.5, acc_trade_price_24h: 25, trade_timestamp: atMs, timestamp: atMs + 3, stream_type: "REALTIME" });
/** Each request takes the place of the one before: the last counts. */
const subscribed = (heard: readonly string[]) => {
  const last = heard.findLast((text) => text !== "PING");
  return last ? (JSON.parse(last) as [unknown, { codes: string[] }])[1].codes : [];
};
const faults = {
  "an error": '{"error":{"name":"WRONG_FORMAT","message":"Format is wrong"}}',
  "a price as text": tick({ symbol: "KRW-BTC", price: 1, atMs: Date.now() }).replace('"trade_price":1', '"trade_price":"1"'),
  "a price of zero": tick({ symbol: "KRW-BTC", price: 0, atMs: Date.now() }),
  "a field renamed": tick({ symbol: "KRW-BTC", price: 1, atMs: Date.now() }).replace("trade_timestamp", "traded_at"),
  "another type": tick({ symbol: "KRW-BTC", price: 1, atMs: Date.now() }).replace('"ticker"', '"orderbook"'),
};

for (const definition of [UPBIT, BITHUMB]) {
  itSurvivesAMisbehavingStream(`${definition.name} stream`, {
    source: ({ url, deps }) => createProviders({ ...vendorFixture(definition.id, { url, deps }), vendors: [definition] }).of(definition.id, "quoteStream")!,
    symbols: ["KRW-BTC", "KRW-ETH"],
    tick,
    subscribed,
    quiet: ['{"status":"UP"}'],
    faults,
  });
}

describe("readKoreanTick", () => {
  it("reads the time of the trade, the volume of 24 hours, and the currency of the market", () => {
    const now = new Date("2026-11-21T00:00:00Z");
    expect(readKoreanTick(tick({ symbol: "BTC-ETH", price: 0.03, atMs: now.getTime() - 1 }), { provider: "upbit", now })).toEqual([{ provider: "upbit", symbol: "BTC-ETH", currency: "BTC", price: 0.03, volume: 12.5, change24h: null, at: "2026-11-20T23:59:59.999Z" }]);
  });
});
