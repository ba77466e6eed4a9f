import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingStream } from "@/server/testing/it-survives-a-misbehaving-stream";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import type { SeenRequest } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { CoinTickerRow } from "../capabilities";
import { createProviders } from "../registry";
import { BINANCE } from "./binance-vendor";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8");
// As on the day after the fixtures' times, whenever the test runs.
const on = new Date("2026-11-21T00:00:00Z").getTime() - Date.now();
const build = ({ url, deps }: VendorUnderTest) => createProviders({ ...vendorFixture("binance", { url, deps }), vendors: [BINANCE] });
const providers = ({ url, deps }: VendorUnderTest) => build({ url, deps: { ...deps, now: () => new Date(deps.now().getTime() + on) } });
const tickers = fixture("tickers.json");

itSurvivesAMisbehavingVendor("Binance board", {
  answer: { body: tickers },
  call: (vendor) => providers(vendor).of("binance", "coinBoard")!.fetchCoinBoard({ quoteCurrency: "USDT" }),
  expectGood: (result) => expect((result as CoinTickerRow[]).map(({ coin, price }) => [coin, price])).toEqual([["BTC", 102_500], ["RRRR", 1.95]]),
  secrets: [],
  drifted: {
    "an empty list": "[]",
    "an error with a good status": '{"code":-1000,"msg":"An unknown error occurred"}',
    "a field renamed": tickers.replaceAll("lastPrice", "last"),
    "prices as numbers": tickers.replace('"102500.00000000"', "102500"),
    "times as text": tickers.replaceAll("1795194001000", '"1795194001000"'),
  },
  wrong: {
    "another currency alone": { body: tickers.replaceAll('USDT"', 'TRY"'), outcome: "UPSTREAM_INVALID" },
    "a market twice": { body: tickers.replace("RRRRUSDT", "BTCUSDT"), outcome: "UPSTREAM_INVALID" },
    "times of tomorrow": { body: tickers.replaceAll("17951940", "17952940"), outcome: "UPSTREAM_INVALID" },
    "times in microseconds": { body: tickers.replaceAll("1795194001000", "1795194001000000"), outcome: "UPSTREAM_INVALID" },
  },
});

type Part = "mark" | "interest" | "funding" | "ratios";
const perpetual = JSON.parse(fixture("perpetual.json")) as Record<Part, unknown>;
const partOf = ({ url }: Pick<SeenRequest, "url">): Part => (url.includes("premiumIndex") ? "mark" : url.includes("openInterest") ? "interest" : url.includes("fundingInfo") ? "funding" : "ratios");
/** The good answers, one of them with something in the place of something else. */
const wrongPart = (part: Part, from: string, to: string) => ({
  body: (request: SeenRequest) => (partOf(request) === part ? JSON.stringify(perpetual[part]).replaceAll(from, to) : JSON.stringify(perpetual[partOf(request)])),
  outcome: "UPSTREAM_INVALID" as const,
});

itSurvivesAMisbehavingVendor("Binance futures", {
  answer: (request) => ({ body: JSON.stringify(perpetual[partOf(request)]) }),
  call: (vendor) => providers(vendor).of("binance", "derivatives")!.fetchDerivatives({ coin: "BTC" }),
  expectGood: (result) => expect(result).toMatchObject([{ market: "BTCUSDT", fundingRate: -0.000025, fundingHours: 8, longShortRatio: 1.5 }]),
  secrets: [],
  drifted: { "an empty object": "{}", "an error with a good status": '{"code":-1000,"msg":"An unknown error occurred"}' },
  wrong: {
    "another symbol": wrongPart("mark", "BTCUSDT", "ETHUSDT"),
    "the open interest of another": wrongPart("interest", "BTCUSDT", "ETHUSDT"),
    "the ratio of another": wrongPart("ratios", "BTCUSDT", "ETHUSDT"),
    "a funding rate in percent signs": wrongPart("mark", "-0.00002500", "-0.0025%"),
    "open interest as a number": wrongPart("interest", '"80000.500"', "80000.5"),
    "funding hours as text": wrongPart("funding", ":4", ':"4"'),
    "a time of tomorrow": wrongPart("mark", "1795194002000", "1795294002000"),
    "no ratio, which is told by nobody": { body: (request) => (partOf(request) === "ratios" ? "[]" : JSON.stringify(perpetual[partOf(request)])), outcome: (result) => expect(result).toMatchObject([{ longShortRatio: null }]) },
  },
  refusals: [{ status: 400, body: '{"code":-1121,"msg":"Invalid symbol."}', code: "NOT_FOUND" }, { status: 400, body: '{"code":-1100,"msg":"Illegal characters."}', code: "UPSTREAM_INVALID" }],
});

/** What a line wants after all that it said. */
const subscribed = (heard: readonly string[]) => {
  const wanted = new Set<string>();
  for (const text of heard) {
    const { method, params = [] } = JSON.parse(text) as { method: string; params?: string[] };
    for (const stream of params) if (method === "SUBSCRIBE") wanted.add(stream);
    else wanted.delete(stream);
  }
  return [...wanted].map((stream) => stream.replace("@miniTicker", "").toUpperCase());
};
const tick = ({ symbol, price, atMs }: { symbol: string; price: number; atMs: number }) => JSON.stringify({ e: "24hrMiniTicker", E: atMs, s: symbol, c: String(price), o: "1.0", h: "2.0", l: "0.5", v: "12.5", q: "25.0" });
const good = tick({ symbol: "BTCUSDT", price: 1, atMs: Date.now() });

itSurvivesAMisbehavingStream("Binance stream", {
  source: (vendor) => build(vendor).of("binance", "quoteStream")!,
  symbols: ["BTCUSDT", "ETHUSDT"],
  tick,
  subscribed,
  quiet: ['{"result":null,"id":1}', '{"result":["btcusdt@miniTicker"],"id":0}'],
  faults: { "an error": '{"error":{"code":2,"msg":"Invalid request"},"id":1}', "a price as a number": good.replace('"c":"1"', '"c":1'), "a price of zero": good.replace('"c":"1"', '"c":"0"'), "another event": good.replace("24hrMiniTicker", "24hrTicker"), "a currency that is not known": good.replace("BTCUSDT", "BTCXYZ") },
});

describe("Binance", () => {
  it("says that a country is refused, which is no fault of the answer's form", async () => {
    const refused = { ...systemFetchDeps, sleep: async () => undefined, fetch: async () => new Response('{"code":0,"msg":"restricted location"}', { status: 451, headers: { "content-type": "application/json" } }) };
    await expect(providers({ url: "http://127.0.0.1:9", deps: refused }).source("derivatives").fetchDerivatives({ coin: "BTC" })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  });

  it("is asked for USDT alone", async () => {
    await expect(providers({ url: "http://127.0.0.1:9", deps: systemFetchDeps }).of("binance", "coinBoard")!.fetchCoinBoard({ quoteCurrency: "KRW" })).rejects.toMatchObject({ details: { reason: "not-offered" } });
  });
});
