import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor, type SeenRequest, type VendorAnswer } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import { createProviders } from "../registry";
import { POLYGON } from "./polygon-vendor";

const KEY = "hush_polygon_0123456789";
const [bars, snapshots, news, dividends, splits, ticker] = ["bars", "snapshots", "news", "dividends", "splits", "ticker"].map((name) => readFileSync(join(import.meta.dirname, "__fixtures__", `${name}.json`), "utf8").trim()) as [string, string, string, string, string, string];
const providers = ({ url, deps }: VendorUnderTest) => createProviders({ ...vendorFixture("polygon", { url, deps, settings: { POLYGON_API_KEY: KEY } }), vendors: [POLYGON] });
const SAYS_NO = '{"status":"ERROR","request_id":"1","error":"Something went wrong"}';
const NOT_FOUND = { status: 404, body: '{"status":"NOT_FOUND","request_id":"1","message":"Ticker not found."}', code: "NOT_FOUND" as const };
/** Names itself as its own next page for ever. */
const circling = (body: string) => body.replace(/\}$/, ',"next_url":"https://api.polygon.io/v3/again?cursor=a"}');

itSurvivesAMisbehavingVendor("Polygon daily bars", {
  answer: { body: bars },
  call: (vendor) => providers(vendor).of("polygon", "dailyBars")!.fetchDailyBars({ symbol: "AAPL", from: "2025-11-19", to: "2025-11-20" }),
  expectGood: (series) =>
    expect(series).toMatchObject({
      symbol: "AAPL", currency: null,
      bars: [{ time: "2025-11-19T00:00:00.000Z", open: 265.95, high: 272.21, low: 265.5, close: 268.56, volume: 45677278.5 }, { time: "2025-11-20T00:00:00.000Z", close: 266.25, provenance: { provider: "polygon", asOf: "2025-11-20T00:00:00.000Z" } }],
    }),
  secrets: [KEY],
  drifted: { "prices that are not adjusted": bars.replace("true", "false"), "another name of the list": bars.replace('"results"', '"bars"'), "a price as text": bars.replace("265.95", '"265.95"'), "an error with a good status": SAYS_NO },
  wrong: {
    "another symbol": { body: bars.replace('"AAPL"', '"MSFT"'), outcome: "UPSTREAM_INVALID" },
    "the same page for ever": { body: circling(bars), outcome: "UPSTREAM_INVALID" },
    "a next page at another host": { body: circling(bars).replace("api.polygon.io", "evil.example"), outcome: "UPSTREAM_INVALID" },
    "bars out of order": { body: bars.replace("1763528400000", "1763701200000"), outcome: "UPSTREAM_INVALID" },
    "a bar of the year 2099": { body: bars.replace("1763614800000", "4098384000000"), outcome: "UPSTREAM_INVALID" },
  },
  empty: { body: '{"ticker":"AAPL","queryCount":0,"resultsCount":0,"adjusted":true,"status":"OK","request_id":"1","count":0}', expectEmpty: (series) => expect(series).toEqual({ symbol: "AAPL", currency: null, bars: [] }) },
});

itSurvivesAMisbehavingVendor("Polygon intraday bars", {
  answer: { body: bars },
  call: (vendor) => providers(vendor).of("polygon", "intradayBars")!.fetchIntradayBars({ symbol: "AAPL", interval: "M5", from: "2025-11-19", to: "2025-11-20" }),
  expectGood: (series) => expect(series).toMatchObject({ bars: [{ time: "2025-11-19T05:00:00.000Z" }, { time: "2025-11-20T05:00:00.000Z" }] }),
  secrets: [KEY],
  drifted: { "a time as text": bars.replace("1763528400000", '"2025-11-19"') },
  wrong: { "another symbol": { body: bars.replace('"AAPL"', '"MSFT"'), outcome: "UPSTREAM_INVALID" } },
});

itSurvivesAMisbehavingVendor("Polygon quotes", {
  answer: { body: snapshots },
  call: (vendor) => providers(vendor).of("polygon", "quotes")!.fetchQuotes({ symbols: ["AAPL", "QUIET", "VOD.L"] }),
  expectGood: (rows) => expect(rows).toMatchObject([{ symbol: "AAPL", currency: "USD", price: 266.25, at: "2025-11-20T20:59:59.876Z", open: 270.83, previousClose: 268.56, volume: 45823568, bid: 266.24, ask: 266.27 }]),
  secrets: [KEY],
  drifted: { "no day": snapshots.replaceAll('"day"', '"today"'), "no list": '{"status":"OK","count":0}', "an error with a good status": SAYS_NO },
  wrong: { "a symbol nobody asked for": { body: snapshots.replace('"QUIET"', '"MSFT"'), outcome: "UPSTREAM_INVALID" }, "a trade of the year 2099": { body: snapshots.replace("1763672399876543210", "4098384000000000000"), outcome: "UPSTREAM_INVALID" } },
  empty: { body: '{"status":"OK","count":0,"tickers":[]}', expectEmpty: (rows) => expect(rows).toEqual([]) },
});

itSurvivesAMisbehavingVendor("Polygon news", {
  answer: { body: news },
  call: (vendor) => providers(vendor).of("polygon", "news")!.fetchNews({ symbols: ["AAPL"], limit: 5 }),
  expectGood: (rows) => expect(rows).toMatchObject([{ externalId: "n1", headline: "A maker of chips & phones", source: "Example Wire", symbols: ["AAPL", "NVDA"], topics: ["chips"], publishedAt: "2025-11-20T17:08:00.000Z", sentiment: null, symbolSentiment: [] }]),
  secrets: [KEY],
  drifted: { "no publisher": news.replace('"publisher"', '"source"'), "a time without a zone": news.replace("17:08:00Z", "17:08:00"), "an error with a good status": SAYS_NO },
  wrong: { "an article of the year 2099": { body: news.replace("2025-11-20", "2099-11-20"), outcome: "UPSTREAM_INVALID" } },
  empty: { body: '{"results":[],"status":"OK","request_id":"1","count":0}', expectEmpty: (rows) => expect(rows).toEqual([]) },
});

itSurvivesAMisbehavingVendor("Polygon dividends", {
  answer: { body: dividends },
  call: (vendor) => providers(vendor).of("polygon", "dividends")!.fetchDividends({ symbol: "AAPL", from: "2025-01-01" }),
  expectGood: (rows) => expect(rows).toMatchObject([{ exDate: "2025-08-11", amount: "0.0000005", currency: null, kind: "special", payDate: null }, { symbol: "AAPL", exDate: "2025-11-10", payDate: "2025-11-13", declaredOn: "2025-10-30", amount: "0.26", currency: "USD", kind: "regular" }]),
  secrets: [KEY],
  drifted: { "the amount as text": dividends.replace("0.26", '"0.26"'), "no list": '{"status":"OK"}', "another date": dividends.replace("2025-11-10", "11/10/2025") },
  wrong: { "another company": { body: dividends.replace('"ticker":"AAPL"', '"ticker":"MSFT"'), outcome: "UPSTREAM_INVALID" }, "the same page for ever": { body: circling(dividends), outcome: "UPSTREAM_INVALID" } },
  empty: { body: '{"status":"OK","results":[]}', expectEmpty: (rows) => expect(rows).toEqual([]) },
});

itSurvivesAMisbehavingVendor("Polygon splits", {
  answer: { body: splits },
  call: (vendor) => providers(vendor).of("polygon", "splits")!.fetchSplits({ symbol: "AAPL", from: "2010-01-01" }),
  expectGood: (rows) => expect(rows).toMatchObject([{ exDate: "2014-06-09", from: "1", to: "7" }, { exDate: "2020-08-31", from: "1", to: "4" }]),
  secrets: [KEY],
  drifted: { "a split of nothing": splits.replace('"split_from":1', '"split_from":0'), "no list": '{"status":"OK"}' },
  wrong: { "another company": { body: splits.replace('"ticker":"AAPL"', '"ticker":"MSFT"'), outcome: "UPSTREAM_INVALID" } },
});

itSurvivesAMisbehavingVendor("Polygon profile", {
  answer: { body: ticker },
  call: (vendor) => providers(vendor).of("polygon", "profile")!.fetchProfile({ symbol: "AAPL" }),
  expectGood: (row) => expect(row).toMatchObject({ symbol: "AAPL", name: "Apple Inc.", exchange: "XNAS", currency: "USD", cik: "0000320193", headquarters: "CUPERTINO, CA", employees: 164000, founded: null, sector: null, industry: "ELECTRONIC COMPUTERS" }),
  secrets: [KEY],
  drifted: { "no name": ticker.replace('"name"', '"title"'), "an error with a good status": SAYS_NO },
  wrong: { "another company": { body: ticker.replace('"ticker":"AAPL"', '"ticker":"MSFT"'), outcome: "UPSTREAM_INVALID" } },
  refusals: [NOT_FOUND],
});

describe("Polygon", () => {
  const asked = async <T>(answer: (request: SeenRequest) => VendorAnswer, work: (all: ReturnType<typeof providers>) => Promise<T>) => {
    const vendor = await startMisbehavingVendor();
    vendor.answers(answer);
    const result = await work(providers({ url: vendor.url, deps: systemFetchDeps })).finally(() => vendor.close());
    return { result, requests: vendor.requests };
  };

  it("follows the next page at its own address with its key in a header, and gives each bar once", async () => {
    const second = bars.replace("1763528400000", "1763614800000").replace(/1763614800000(?!.*1763614800000)/, "1763701200000");
    const { result, requests } = await asked(({ url }) => ({ body: url.includes("cursor=abc") ? second : bars.replace(/\}$/, ',"next_url":"https://api.massive.com/v2/aggs/ticker/BRK.B/range/1/day/1763528400000/2025-11-21?cursor=abc"}') }), ({ source }) => source("dailyBars").fetchDailyBars({ symbol: "AAPL", from: "2025-11-19", to: "2025-11-21" }));
    expect(result.bars.map(({ time }) => time.slice(0, 10))).toEqual(["2025-11-19", "2025-11-20", "2025-11-21"]);
    expect(requests.map(({ url }) => url)).toEqual(["/v2/aggs/ticker/AAPL/range/1/day/2025-11-19/2025-11-21?adjusted=true&sort=asc&limit=50000", "/v2/aggs/ticker/BRK.B/range/1/day/1763528400000/2025-11-21?cursor=abc"]);
    expect(requests.every(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(true);
  });

  it("leaves what is listed elsewhere and searches by words to other vendors, which is no fault", async () => {
    const all = providers({ url: "http://127.0.0.1:9", deps: systemFetchDeps });
    await expect(all.of("polygon", "dailyBars")!.fetchDailyBars({ symbol: "VOD.L", from: "2025-11-19" })).rejects.toMatchObject({ details: { reason: "not-offered" } });
    await expect(all.of("polygon", "news")!.fetchNews({ text: "oil", limit: 1 })).rejects.toMatchObject({ details: { reason: "not-offered" } });
    expect(await all.of("polygon", "quotes")!.fetchQuotes({ symbols: ["005930.KS"] })).toEqual([]);
    expect(all.status()[0]!.capabilities.every(({ failures }) => failures === 0)).toBe(true);
  });
});
