import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps, type FetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor, type SeenRequest } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import { createProviders } from "../registry";
import { ALPHA_VANTAGE } from "./alpha-vantage-vendor";

const KEY = "HUSHALPHA0123456";
const [quote, intraday, splits, news, rate, overview] = ["global-quote", "intraday", "splits", "news", "rate", "overview"].map((name) => readFileSync(join(import.meta.dirname, "__fixtures__", `${name}.json`), "utf8").trim()) as [string, string, string, string, string, string];
/** The evening of the fixtures' day, and as much later as the contract's pauses take. */
const START = Date.now();
const thatEvening = (deps: FetchDeps): FetchDeps => ({ ...deps, now: () => new Date(Date.parse("2025-11-20T22:00:00Z") + deps.now().getTime() - START) });
const providers = ({ url, deps }: VendorUnderTest) => createProviders({ ...vendorFixture("alpha-vantage", { url, deps: thatEvening(deps), settings: { ALPHA_VANTAGE_API_KEY: KEY } }), vendors: [ALPHA_VANTAGE] });
const BUSY = JSON.stringify({ Information: `We have detected your API key as ${KEY} and our standard API rate limit is 25 requests per day. Please subscribe to any of the premium plans to instantly remove all daily rate limits.` });
const OLD_BUSY = '{"Note":"Thank you for using Alpha Vantage! Our standard API call frequency is 5 calls per minute and 500 calls per day."}';
const PLAN = '{"Information":"Thank you for using Alpha Vantage! This is a premium endpoint. You may subscribe to any of the premium plans to instantly unlock all premium endpoints"}';
const BAD_KEY = '{"Error Message":"the parameter apikey is invalid or missing. Please claim your free API key."}';
const BAD_CALL = '{"Error Message":"Invalid API call. Please retry or visit the documentation for this function."}';
const COMPLAINTS = {
  "the day's quota is used up": { body: BUSY, outcome: "RATE_LIMITED" },
  "the minute's quota is used up": { body: OLD_BUSY, outcome: "RATE_LIMITED" },
  "the plan is too small": { body: PLAN, outcome: "UPSTREAM_UNAVAILABLE" },
  "the key is not known": { body: BAD_KEY, outcome: "UPSTREAM_UNAVAILABLE" },
  "another complaint": { body: '{"Information":"Something else"}', outcome: "UPSTREAM_INVALID" },
} as const;

itSurvivesAMisbehavingVendor("Alpha Vantage quotes", {
  answer: { body: quote },
  call: (vendor) => providers(vendor).of("alpha-vantage", "quotes")!.fetchQuotes({ symbols: ["IBM"] }),
  expectGood: (rows) => expect(rows).toMatchObject([{ symbol: "IBM", currency: "USD", price: 290.4, open: 289.95, previousClose: 288.53, volume: 5639430, at: "2025-11-20T21:00:00.000Z" }]),
  secrets: [KEY],
  drifted: { "figures as numbers": quote.replace('"290.4000"', "290.4"), "a figure in words": quote.replace("290.4000", "None"), "another numbering": quote.replace("05. price", "5. price"), "a price below nought": quote.replace("290.4000", "-290.4") },
  wrong: {
    ...COMPLAINTS,
    "another symbol": { body: quote.replace('"IBM"', '"MSFT"'), outcome: "UPSTREAM_INVALID" },
    "a day of the year 2099": { body: quote.replace("2025-11-20", "2099-11-20"), outcome: "UPSTREAM_INVALID" },
    "a Sunday": { body: quote.replace("2025-11-20", "2025-11-16"), outcome: "UPSTREAM_INVALID" },
  },
  empty: { body: '{"Global Quote":{}}', expectEmpty: (rows) => expect(rows).toEqual([]) },
});

const both = ({ url }: SeenRequest) => ({ body: url.includes("SPLITS") ? splits : intraday });
itSurvivesAMisbehavingVendor("Alpha Vantage intraday bars", {
  answer: both,
  call: (vendor) => providers(vendor).of("alpha-vantage", "intradayBars")!.fetchIntradayBars({ symbol: "IBM", interval: "M5", from: "2025-11-19" }),
  expectGood: (series) => expect(series).toMatchObject({ symbol: "IBM", currency: null, bars: [{ time: "2025-11-20T20:50:00.000Z", open: 290 }, { time: "2025-11-20T20:55:00.000Z", close: 290.4, volume: 150234 }] }),
  secrets: [KEY],
  drifted: { "another zone": intraday.replace("US/Eastern", "UTC"), "another interval": intraday.replaceAll("5min", "1min"), "a time of another form": intraday.replace('"2025-11-20 15:50:00":', '"2025-11-20T15:50:00Z":') },
  wrong: {
    "the day's quota is used up": COMPLAINTS["the day's quota is used up"],
    "a call that it does not take": { body: BAD_CALL, outcome: "NOT_FOUND" },
    "another symbol": { body: intraday.replace('"IBM"', '"MSFT"'), outcome: "UPSTREAM_INVALID" },
    "a split between the bars, which are as traded": { body: ({ url }) => (url.includes("SPLITS") ? splits.replace("2021-11-04", "2025-11-21") : intraday), outcome: "UPSTREAM_UNAVAILABLE" },
    "a bar of the year 2099": { body: (request: SeenRequest) => both(request).body.replace('"2025-11-20 15:55:00":', '"2099-11-20 15:55:00":'), outcome: "UPSTREAM_INVALID" },
  },
});

itSurvivesAMisbehavingVendor("Alpha Vantage news", {
  answer: { body: news },
  call: (vendor) => providers(vendor).of("alpha-vantage", "news")!.fetchNews({ symbols: ["IBM"], from: "2025-11-19", limit: 5 }),
  expectGood: (rows) =>
    expect(rows).toMatchObject([
      { headline: "A maker of computers & clouds", symbols: ["IBM"], topics: ["Technology"], publishedAt: "2025-11-20T15:30:00.000Z", sentiment: { score: 0.153173, confidence: null, label: "Somewhat-Bullish", method: "Alpha Vantage news sentiment" }, symbolSentiment: [{ symbol: "IBM", relevance: 0.833841, sentiment: { score: -0.141935 } }] },
    ]),
  secrets: [KEY],
  drifted: { "a score in per cent": news.replace("0.153173", "15.3"), "a relevance above one": news.replace("0.833841", "83.4"), "no list": '{"items":"0"}', "another form of time": news.replace("20251120T153000", "2025-11-20 15:30") },
  wrong: { ...COMPLAINTS, "an article of the year 2099": { body: news.replace("20251120", "20991120"), outcome: "UPSTREAM_INVALID" } },
  empty: { body: '{"items":"0","feed":[]}', expectEmpty: (rows) => expect(rows).toEqual([]) },
});

itSurvivesAMisbehavingVendor("Alpha Vantage exchange rates", {
  answer: { body: rate },
  call: (vendor) => providers(vendor).of("alpha-vantage", "fx")!.fetchFxRates({ base: "USD", quotes: ["KRW"] }),
  expectGood: (rows) => expect(rows).toMatchObject([{ base: "USD", quote: "KRW", rate: 1467.35, at: "2025-11-20T19:23:21.000Z" }]),
  secrets: [KEY],
  drifted: { "a rate of nought": rate.replace("1467.35000000", "0"), "another zone": rate.replace('"UTC"', '"US/Eastern"'), "a time that is none": rate.replace("19:23:21", "39:23:21") },
  wrong: { "another currency": { body: rate.replace('"KRW"', '"JPY"'), outcome: "UPSTREAM_INVALID" }, "a rate of the year 2099": { body: rate.replace("2025-11-20", "2099-11-20"), outcome: "UPSTREAM_INVALID" }, "the day's quota is used up": COMPLAINTS["the day's quota is used up"] },
});

itSurvivesAMisbehavingVendor("Alpha Vantage profile", {
  answer: { body: overview },
  call: (vendor) => providers(vendor).of("alpha-vantage", "profile")!.fetchProfile({ symbol: "IBM" }),
  expectGood: (row) => expect(row).toMatchObject({ symbol: "IBM", name: "International Business Machines", exchange: "NYSE", currency: "USD", cik: "0000051143", industry: null, employees: null, marketCap: 271456000000, website: "https://www.ibm.com/" }),
  secrets: [KEY],
  drifted: { "no name": overview.replace('"Name"', '"Title"'), "a name that is none": overview.replace('"International Business Machines"', "null") },
  wrong: { "another company": { body: overview.replace('"IBM"', '"MSFT"'), outcome: "UPSTREAM_INVALID" }, "a symbol that it does not have": { body: "{}", outcome: "NOT_FOUND" }, "the day's quota is used up": COMPLAINTS["the day's quota is used up"] },
});

describe("Alpha Vantage", () => {
  it("takes its key out of the words in which the vendor repeats it", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers({ body: BUSY });
    const error = await providers({ url: vendor.url, deps: systemFetchDeps }).of("alpha-vantage", "fx")!.fetchFxRates({ base: "USD", quotes: ["KRW"] }).catch((thrown: unknown) => thrown);
    await vendor.close();
    expect(String(error)).toContain("[redacted]");
    expect(String(error)).not.toContain(KEY);
  });

  it("asks nobody for bars of the day that lie further back than it reaches", async () => {
    const { of } = providers({ url: "http://127.0.0.1:9", deps: systemFetchDeps });
    await expect(of("alpha-vantage", "intradayBars")!.fetchIntradayBars({ symbol: "IBM", interval: "H1", from: "2025-09-01" })).rejects.toMatchObject({ details: { reason: "not-offered" } });
  });

  it("stops by itself at its plan's calls of a day", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers({ body: rate });
    let ahead = 0;
    const deps = { ...systemFetchDeps, now: () => new Date(START + ahead), sleep: async (ms: number) => void (ahead += ms) };
    const { of } = providers({ url: vendor.url, deps });
    const ask = () => of("alpha-vantage", "fx")!.fetchFxRates({ base: "USD", quotes: ["KRW"] });
    for (let n = 0; n < 25; n++) {
      ahead += 61_000;
      await ask();
    }
    await expect(ask()).rejects.toMatchObject({ code: "RATE_LIMITED", details: { reason: "own-budget" } });
    expect(vendor.requests).toHaveLength(25);
    await vendor.close();
  });
});
