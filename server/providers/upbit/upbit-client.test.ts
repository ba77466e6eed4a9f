import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor, type SeenRequest } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { CoinTickerRow } from "../capabilities";
import { createProviders } from "../registry";
import { UPBIT } from "./upbit-vendor";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8");
// As on the day after the fixtures' times, whenever the test runs.
const on = new Date("2026-11-21T00:00:00Z").getTime() - Date.now();
const providers = ({ url, deps }: VendorUnderTest) => createProviders({ ...vendorFixture("upbit", { url, deps: { ...deps, now: () => new Date(deps.now().getTime() + on) } }), vendors: [UPBIT] });
const board = (vendor: VendorUnderTest) => providers(vendor).of("upbit", "coinBoard")!.fetchCoinBoard({ quoteCurrency: "KRW" });
const [markets, tickers] = [fixture("markets.json"), fixture("tickers.json")];
const bodyFor = ({ url }: Pick<SeenRequest, "url">, inPlaceOfTickers = tickers) => (url.startsWith("/v1/market/all") ? markets : inPlaceOfTickers);
const wrongTickers = (body: string) => ({ body: (request: SeenRequest) => bodyFor(request, body), outcome: "UPSTREAM_INVALID" as const });
const expectCodes = (codes: string[]) => (result: unknown) => expect((result as CoinTickerRow[]).map(({ market }) => market)).toEqual(codes);

itSurvivesAMisbehavingVendor("Upbit board", {
  answer: (request) => ({ body: bodyFor(request) }),
  call: board,
  expectGood: expectCodes(["KRW-BTC", "KRW-QQQQ"]),
  secrets: [],
  drifted: {
    "no markets": "[]",
    "an error with a good status": '{"error":{"name":"internal","message":"later"}}',
    "markets without names": markets.replaceAll("english_name", "name_en"),
    "markets without what is warned of": markets.replaceAll("market_event", "events"),
  },
  wrong: {
    "a price as text": wrongTickers(tickers.replace('"trade_price": 142000000.00000000', '"trade_price": "142000000"')),
    "a field renamed": wrongTickers(tickers.replaceAll("prev_closing_price", "previous_close")),
    "a price of zero": wrongTickers(tickers.replace('"trade_price": 142000000.00000000', '"trade_price": 0')),
    "another market": wrongTickers(tickers.replace("KRW-QQQQ", "KRW-ETH")),
    "another currency": wrongTickers(tickers.replaceAll('"KRW-', '"USDT-')),
    "a market twice": wrongTickers(tickers.replace("KRW-QQQQ", "KRW-BTC")),
    "half of the markets": wrongTickers(JSON.stringify((JSON.parse(tickers) as unknown[]).slice(0, 1))),
    "prices of tomorrow": wrongTickers(tickers.replaceAll("17951940", "17952940")),
    "times in seconds of another unit": wrongTickers(tickers.replaceAll("1795194002000", "1795194002000000")),
  },
  refusals: [{ status: 404, body: '{"error":{"name":404,"message":"Code not found"}}', code: "UPSTREAM_INVALID" }],
});

describe("Upbit", () => {
  async function asked(answer: (request: SeenRequest) => string, call: (all: ReturnType<typeof providers>) => Promise<CoinTickerRow[]>) {
    const vendor = await startMisbehavingVendor();
    vendor.answers((request) => ({ body: answer(request) }));
    const rows = await call(providers({ url: vendor.url, deps: systemFetchDeps })).finally(() => vendor.close());
    return { rows, urls: vendor.requests.map(({ url }) => decodeURIComponent(url)) };
  }

  it("asks for all markets of a currency, a hundred at a time, and gives each once", async () => {
    const codes = Array.from({ length: 250 }, (_, i) => `KRW-C${i}`);
    const [listed, told] = [(JSON.parse(markets) as object[])[0], (JSON.parse(tickers) as object[])[0]];
    const { rows, urls } = await asked(
      ({ url }) => JSON.stringify(url.startsWith("/v1/market/all") ? [...codes, "BTC-ETH"].map((market) => ({ ...listed, market })) : new URL(url, "http://x").searchParams.get("markets")!.split(",").map((market) => ({ ...told, market }))),
      (all) => all.source("coinBoard").fetchCoinBoard({ quoteCurrency: "KRW" }),
    );
    expect(rows.map(({ market }) => market)).toEqual(codes);
    expect(urls.map((url) => url.split(",").length)).toEqual([1, 100, 100, 50]);
  });

  it("asks for some coins alone, and leaves out those that it does not list", async () => {
    const { rows, urls } = await asked((request) => bodyFor(request, JSON.stringify((JSON.parse(tickers) as unknown[]).slice(0, 1))), (all) => all.source("coinBoard").fetchCoinBoard({ quoteCurrency: "KRW", coins: ["BTC", "NONE", "BTC"] }));
    expect([rows.length, urls[1]]).toEqual([1, "/v1/ticker?markets=KRW-BTC"]);
    expect((await asked((request) => bodyFor(request), (all) => all.source("coinBoard").fetchCoinBoard({ quoteCurrency: "KRW", coins: ["NONE"] }))).rows).toEqual([]);
  });

  it("says that it has no market in dollars, which is no fault of its", async () => {
    const all = providers({ url: "http://127.0.0.1:9", deps: systemFetchDeps });
    await expect(all.of("upbit", "coinBoard")!.fetchCoinBoard({ quoteCurrency: "USD" })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE", details: { reason: "not-offered" } });
    expect(all.status()[0]!.capabilities[0]).toMatchObject({ failures: 0, breaker: "closed" });
  });

  it("takes being shut out for being asked too often", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.always({ kind: "status", status: 418 });
    await expect(board({ url: vendor.url, deps: { ...systemFetchDeps, sleep: async () => undefined } })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    await vendor.close();
  });
});
