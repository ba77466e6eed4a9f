import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { CoinMarketRow, DerivativeRow, FxRow } from "../capabilities";
import { createProviders } from "../registry";
import { COINGECKO } from "./coingecko-vendor";

const KEY = "CG-0123456789abcdefghijklmn";
const fixture = (name: string) => readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8");
// As on the evening of the fixtures' times, whenever the test runs.
const on = new Date("2026-11-20T17:01:00Z").getTime() - Date.now();
const providers = ({ url, deps }: VendorUnderTest, settings: Record<string, string> = { COINGECKO_API_KEY: KEY }) =>
  createProviders({ ...vendorFixture("coingecko", { url, deps: { ...deps, now: () => new Date(deps.now().getTime() + on) }, settings }), vendors: [COINGECKO] });
const of = (vendor: VendorUnderTest) => providers(vendor).of;
const [markets, detail, derivatives, prices] = [fixture("markets.json"), fixture("detail.json"), fixture("derivatives.json"), fixture("prices.json")];
const ERROR_IN_200 = '{"status":{"error_code":429,"error_message":"You\'ve exceeded the Rate Limit"}}';

itSurvivesAMisbehavingVendor("CoinGecko coins", {
  answer: { body: markets },
  call: (vendor) => of(vendor)("coingecko", "coinMarkets")!.fetchCoinMarkets({ currency: "USD", limit: 100 }),
  expectGood: (result) => expect((result as CoinMarketRow[]).map(({ id, price }) => [id, price])).toEqual([["bitcoin", 102_000], ["q-coin", null]]),
  secrets: [KEY],
  drifted: {
    "an error with a good status": ERROR_IN_200,
    "a field renamed": markets.replaceAll("current_price", "price"),
    "a price as text": markets.replace('"current_price": 102000', '"current_price": "102000"'),
    "no rank": markets.replaceAll(/"market_cap_rank": (1|null), /g, ""),
  },
  wrong: { "times of tomorrow": { body: markets.replace("2026-11-20T17", "2026-11-21T17"), outcome: "UPSTREAM_INVALID" } },
  empty: { body: "[]", expectEmpty: (result) => expect(result).toEqual([]) },
});

itSurvivesAMisbehavingVendor("CoinGecko detail", {
  answer: { body: detail },
  call: (vendor) => of(vendor)("coingecko", "coinDetail")!.fetchCoinDetail({ coin: "BTC" }),
  expectGood: (result) => expect(result).toMatchObject({ id: "bitcoin", coin: "BTC", development: { stars: 73_000 } }),
  secrets: [KEY],
  drifted: {
    "an error with a good status": ERROR_IN_200,
    "no description": detail.replace('"description"', '"about"'),
    "stars as text": detail.replace("73000", '"73k"'),
    "repositories elsewhere": detail.replace('"repos_url"', '"repositories"'),
    "another form of date": detail.replace("2009-01-03", "3 Jan 2009"),
  },
  wrong: {
    "another coin": { body: detail.replace('"id": "bitcoin"', '"id": "bitcoin-cash"'), outcome: "UPSTREAM_INVALID" },
    "a coin that has another code now": { body: detail.replace('"symbol": "btc"', '"symbol": "xbt"'), outcome: "NOT_FOUND" },
    "a time of tomorrow": { body: detail.replace("2026-11-20T17", "2026-11-21T17"), outcome: "UPSTREAM_INVALID" },
  },
  refusals: [{ status: 404, body: '{"error":"coin not found"}', code: "NOT_FOUND" }],
});

itSurvivesAMisbehavingVendor("CoinGecko futures", {
  answer: { body: derivatives },
  call: (vendor) => of(vendor)("coingecko", "derivatives")!.fetchDerivatives({ coin: "BTC" }),
  expectGood: (result) => expect((result as DerivativeRow[]).map(({ exchange, fundingRate }) => [exchange, fundingRate])).toEqual([["Binance (Futures)", 0.00005]]),
  secrets: [KEY],
  drifted: { "an empty list": "[]", "an error with a good status": ERROR_IN_200, "a field renamed": derivatives.replaceAll("funding_rate", "funding"), "times as text": derivatives.replace("1795194001", '"1795194001"') },
  wrong: { "every contract of tomorrow": { body: derivatives.replaceAll("1795194001", "1795280402"), outcome: "UPSTREAM_INVALID" } },
  empty: { body: derivatives.replaceAll('"BTC"', '"LTC"'), expectEmpty: (result) => expect(result).toEqual([]) },
});

itSurvivesAMisbehavingVendor("CoinGecko rates", {
  answer: { body: prices },
  call: (vendor) => of(vendor)("coingecko", "fx")!.fetchFxRates({ base: "USD", quotes: ["KRW", "EUR"] }),
  expectGood: (result) => expect((result as FxRow[]).map(({ base, quote, rate }) => [base, quote, rate])).toEqual([["USD", "KRW", expect.closeTo(1_465.125005, 9)], ["USD", "EUR", expect.closeTo(0.86, 12)]]),
  secrets: [KEY],
  drifted: { "no coin": "{}", "an error with a good status": ERROR_IN_200, "no time": prices.replace("last_updated_at", "updated"), "a price as text": prices.replace("100000", '"100000"'), "a price of zero": prices.replace("86000", "0") },
  wrong: { "a currency left out": { body: prices.replace('"eur"', '"chf"'), outcome: "UPSTREAM_INVALID" }, "the base left out": { body: prices.replace('"usd"', '"chf"'), outcome: "UPSTREAM_INVALID" }, "a time of tomorrow": { body: prices.replace("1795194001", "1795280402"), outcome: "UPSTREAM_INVALID" } },
});

describe("CoinGecko", () => {
  async function requestsOf(call: (all: ReturnType<typeof providers>) => Promise<unknown>, body: string, settings?: Record<string, string>) {
    const vendor = await startMisbehavingVendor();
    vendor.answers({ body });
    const result = await call(providers({ url: vendor.url, deps: systemFetchDeps }, settings)).finally(() => vendor.close());
    return { result, requests: vendor.requests };
  }

  it("sends its key as a header, or none where none is set", async () => {
    const markets250 = (all: ReturnType<typeof providers>) => all.source("coinMarkets").fetchCoinMarkets({ currency: "KRW", limit: 1_000 });
    const keyed = await requestsOf(markets250, markets);
    expect([keyed.requests[0]!.headers["x-cg-demo-api-key"], keyed.requests[0]!.url]).toEqual([KEY, "/api/v3/coins/markets?vs_currency=krw&order=market_cap_desc&per_page=250&page=1"]);
    expect(keyed.result).toMatchObject([{ currency: "KRW", provenance: { url: expect.not.stringContaining(KEY) as unknown } }, {}]);
    expect((await requestsOf(markets250, markets, {})).requests[0]!.headers).not.toHaveProperty("x-cg-demo-api-key");
  });

  it("reads as many pages as were asked for, each coin once", async () => {
    const vendor = await startMisbehavingVendor();
    const one = (JSON.parse(markets) as object[])[0];
    vendor.answers(({ url }) => {
      const page = Number(new URL(url, "http://x").searchParams.get("page"));
      // A coin that rises while we read comes twice.
      return { body: JSON.stringify(Array.from({ length: 250 }, (_, i) => ({ ...one, id: `c${(page - 1) * 249 + i}` }))) };
    });
    const rows = await providers({ url: vendor.url, deps: systemFetchDeps }).source("coinMarkets").fetchCoinMarkets({ currency: "USD", limit: 300 });
    await vendor.close();
    expect([rows.length, new Set(rows.map(({ id }) => id)).size, vendor.requests.length]).toEqual([300, 300, 2]);
  });

  it("refuses coins that it did not ask for", async () => {
    await expect(requestsOf((all) => all.of("coingecko", "coinMarkets")!.fetchCoinMarkets({ currency: "USD", limit: 10, ids: ["bitcoin"] }), markets)).rejects.toMatchObject({ code: "UPSTREAM_INVALID" });
  });

  it("does not guess which coin a code means, and puts an id into its address safely", async () => {
    await expect(providers({ url: "http://127.0.0.1:9", deps: systemFetchDeps }).source("coinDetail").fetchCoinDetail({ coin: "QQQQ" })).rejects.toMatchObject({ code: "NOT_FOUND", details: { reason: "unknown-code" } });
    const { requests } = await requestsOf((all) => all.source("coinDetail").fetchCoinDetail({ coin: "BTC", id: "bitcoin" }), detail);
    expect(requests[0]!.url).toMatch(/^\/api\/v3\/coins\/bitcoin\?localization=false&tickers=false&/);
    const strange = await startMisbehavingVendor();
    await expect(providers({ url: strange.url, deps: systemFetchDeps }).of("coingecko", "coinDetail")!.fetchCoinDetail({ coin: "BTC", id: "../ping" })).rejects.toMatchObject({ code: "UPSTREAM_INVALID" });
    expect(strange.requests[0]!.url).toMatch(/^\/api\/v3\/coins\/\.\.%2Fping\?/);
    await strange.close();
  });

  it("leaves currencies that it is not asked for to another vendor", async () => {
    await expect(providers({ url: "http://127.0.0.1:9", deps: systemFetchDeps }).of("coingecko", "fx")!.fetchFxRates({ base: "USD", quotes: ["XAU"] })).rejects.toMatchObject({ details: { reason: "not-offered" } });
  });
});
