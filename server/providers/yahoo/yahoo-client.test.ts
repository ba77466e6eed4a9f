import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ExtendedCookieJar } from "yahoo-finance2/lib/cookieJar";
import { getCrumbClear } from "yahoo-finance2/lib/getCrumb";
import { systemFetchDeps, type FetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor, type MisbehavingVendor, type SeenRequest, type VendorAnswer } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { BarSeries, MoverRow, QuoteRow, SymbolRow } from "../capabilities";
import { createProviders } from "../registry";
import { YAHOO } from "./yahoo-vendor";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8");
const [daily, events, intraday, quotes, summary, search, screen, trending] = ["chart-daily", "chart-events", "chart-intraday", "quotes", "summary", "search", "screen", "trending"].map((name) => fixture(`${name}.json`)) as [string, string, string, string, string, string, string, string];
const providers = ({ url, deps }: VendorUnderTest) => createProviders({ ...vendorFixture("yahoo", { url, deps }), vendors: [YAHOO] });

const CRUMB = "Ab.1/cDeFgH";
const COOKIE = { "set-cookie": "A3=d=abc; Domain=.yahoo.com; Path=/; Max-Age=31557600; Secure; HttpOnly" };
/** The answer to a question, and the cookies and the crumb that some questions need before it. */
const withSession = (body: string) => ({ url }: SeenRequest): VendorAnswer => {
  if (url.startsWith("/quote/")) return { body: "<html></html>", contentType: "text/html", headers: COOKIE };
  return url.startsWith("/v1/test/getcrumb") ? { body: CRUMB, contentType: "text/plain" } : { body };
};
const NOT_FOUND = (part: string) => ({ status: 404, body: JSON.stringify({ [part]: { result: null, error: { code: "Not Found", description: "No data found, symbol may be delisted" } } }), code: "NOT_FOUND" as const });
const times = (series: unknown) => (series as BarSeries).bars.map(({ time, close, volume }) => [time, close, volume]);
const refused = { outcome: "UPSTREAM_INVALID" as const };
const AHEAD = String(Math.floor(Date.UTC(2099, 0, 5, 14, 30) / 1_000));

itSurvivesAMisbehavingVendor("Yahoo daily bars", {
  answer: { body: daily },
  call: (vendor) => providers(vendor).of("yahoo", "dailyBars")!.fetchDailyBars({ symbol: "ACME", from: "2026-11-01", to: "2099-12-31" }),
  expectGood: (series) => {
    expect(series).toMatchObject({ symbol: "ACME", currency: "USD" });
    expect(times(series)).toEqual([["2026-11-16T00:00:00.000Z", 100.5, 1_200_000], ["2026-11-17T00:00:00.000Z", 101, 1_300_000], ["2026-11-19T00:00:00.000Z", 103.5, 1_510_000]]);
  },
  secrets: [],
  drifted: {
    "prices as text": daily.replace("100.5", '"100.5"'),
    "a column less": daily.replace('"close"', '"last"'),
    "a column that is shorter": daily.replace("1200000,", ""),
    "no zone": daily.replace('"exchangeTimezoneName"', '"zone"'),
    "no currency": daily.replace('"currency": "USD"', '"currency": ""'),
    "an error with a good status": '{"chart":{"result":null,"error":{"code":"Internal","description":"Backend failed"}}}',
    "nothing at all": '{"chart":{"result":null,"error":null}}',
    "an answer of another kind": '{"finance":{"result":[],"error":null}}',
  },
  wrong: {
    "another symbol": { body: daily.replace('"symbol": "ACME"', '"symbol": "BETA"'), ...refused },
    "weeks for days": { body: daily.replace('"dataGranularity": "1d"', '"dataGranularity": "1wk"'), ...refused },
    "a day ahead of the clock": { body: daily.replace(/"timestamp": \[\s*\d+/, `"timestamp": [${AHEAD}`), ...refused },
    "pence for pounds": { body: daily.replace('"currency": "USD"', '"currency": "GBp"'), outcome: (series) => expect(series).toMatchObject({ currency: "GBP", bars: [{ open: 0.995, close: 1.005, volume: 1_200_000 }, {}, {}] }) },
  },
  empty: { body: JSON.stringify({ chart: { result: [{ ...(JSON.parse(daily) as { chart: { result: { meta: object }[] } }).chart.result[0], timestamp: undefined, indicators: { quote: [{}], adjclose: [{}] } }], error: null } }), expectEmpty: (series) => expect(times(series)).toEqual([]) },
  refusals: [NOT_FOUND("chart")],
});

itSurvivesAMisbehavingVendor("Yahoo intraday bars", {
  answer: { body: intraday },
  call: ({ url, deps }) => providers({ url, deps: on("2025-12-01T00:00:00Z", deps) }).of("yahoo", "intradayBars")!.fetchIntradayBars({ symbol: "ACME", interval: "M15", from: "2025-11-28T00:00:00Z", to: "2025-11-29T00:00:00Z" }),
  expectGood: (series) => expect(times(series)).toEqual([["2025-11-28T17:30:00.000Z", 10.5, 1_000], ["2025-11-28T17:45:00.000Z", 10.6, 2_000]]),
  secrets: [],
  drifted: { "prices as text": intraday.replace("10.5", '"10.5"'), "sessions of another shape": intraday.replace('"tradingPeriods": [', '"tradingPeriods": [1,') },
  wrong: { "hours for quarters": { body: intraday.replace('"dataGranularity": "15m"', '"dataGranularity": "1h"'), ...refused } },
  refusals: [NOT_FOUND("chart")],
});

itSurvivesAMisbehavingVendor("Yahoo dividends", {
  answer: { body: events },
  call: (vendor) => providers(vendor).of("yahoo", "dividends")!.fetchDividends({ symbol: "ACME", from: "2026-01-01", to: "2026-12-31" }),
  expectGood: (rows) => expect(rows).toMatchObject([{ symbol: "ACME", exDate: "2026-03-05", amount: "0.44", currency: "USD", kind: null, provenance: { asOf: "2026-03-05" } }, { exDate: "2026-09-03", amount: "0.12" }]),
  secrets: [],
  drifted: { "amounts as text": events.replace("0.11", '"0.11"') },
  wrong: { "pence or pounds, nobody knows": { body: events.replace('"currency": "USD"', '"currency": "GBp"'), ...refused } },
  refusals: [NOT_FOUND("chart")],
});

itSurvivesAMisbehavingVendor("Yahoo splits", {
  answer: { body: events },
  call: (vendor) => providers(vendor).of("yahoo", "splits")!.fetchSplits({ symbol: "ACME", from: "2026-01-01" }),
  expectGood: (rows) => expect(rows).toMatchObject([{ symbol: "ACME", exDate: "2026-06-08", from: "1", to: "4" }]),
  secrets: [],
  drifted: { "a ratio alone": events.replace('"numerator"', '"ratio"') },
  refusals: [NOT_FOUND("chart")],
});

itSurvivesAMisbehavingVendor("Yahoo quotes", {
  answer: withSession(quotes),
  call: (vendor) => providers(vendor).of("yahoo", "quotes")!.fetchQuotes({ symbols: ["ACME", "ACME.L", "GONE", "NEVER"] }),
  expectGood: (rows) =>
    expect(rows).toMatchObject([
      { symbol: "ACME", currency: "USD", price: 103.5, at: "2026-11-19T21:00:02.000Z", previousClose: 101.25, bid: 103.4, ask: null, marketCap: 20_493_000_000, name: "ACME Machines Inc.", provenance: { asOf: "2026-11-19T21:00:02.000Z" } },
      { symbol: "ACME.L", currency: "GBP", price: 81.12, previousClose: 80.8, marketCap: 16_062_000_000, name: "ACME MACHINES ORD" },
    ]),
  secrets: [],
  drifted: {
    "prices as text": quotes.replace("103.5", '"103.5"'),
    "another name of the price": quotes.replaceAll("regularMarketPrice", "price"),
    "another name of the time": quotes.replaceAll("regularMarketTime", "time"),
    "an error with a good status": '{"quoteResponse":{"result":null,"error":{"code":"Bad Request","description":"Missing symbols"}}}',
    "no list": '{"quoteResponse":{"result":null,"error":null}}',
  },
  wrong: {
    "another symbol": { body: quotes.replaceAll('"ACME"', '"BETA"'), ...refused },
    "a price ahead of the clock": { body: quotes.replace(/"regularMarketTime": \d+/, `"regularMarketTime": ${AHEAD}`), ...refused },
    "a price without a currency": { body: quotes.replace('"currency": "USD"', '"currency": "?"'), ...refused },
  },
  empty: { body: '{"quoteResponse":{"result":[],"error":null}}', expectEmpty: (rows) => expect(rows).toEqual([]) },
});

itSurvivesAMisbehavingVendor("Yahoo profile", {
  answer: withSession(summary),
  call: (vendor) => providers(vendor).of("yahoo", "profile")!.fetchProfile({ symbol: "ACME" }),
  expectGood: (row) => expect(row).toMatchObject({ symbol: "ACME", name: "ACME Machines Inc.", exchange: "NYSE", currency: "USD", sector: "Industrials", headquarters: "Duluth, MN", employees: 4_100, cik: null, founded: null, marketCap: 20_493_000_000 }),
  secrets: [],
  drifted: { "employees as text": summary.replace("4100", '"4,100"'), "no price": summary.replace('"price"', '"quote"') },
  wrong: { "another company": { body: summary.replace('"ACME"', '"BETA"'), ...refused } },
  refusals: [NOT_FOUND("quoteSummary")],
});

itSurvivesAMisbehavingVendor("Yahoo search", {
  answer: { body: search },
  call: (vendor) => providers(vendor).of("yahoo", "symbolSearch")!.searchSymbols({ text: "acme & co", limit: 10 }),
  expectGood: (rows) => expect((rows as SymbolRow[]).map(({ symbol, name, kind, exchange, currency }) => [symbol, name, kind, exchange, currency])).toEqual([["ACME", "ACME Machines Inc.", "EQUITY", "NYSE", null], ["ACMG", "ACME Growth ETF", "ETF", "NYSEArca", null]]),
  secrets: [],
  drifted: { "another name of the symbol": search.replaceAll('"symbol"', '"ticker"'), "no list": search.replace('"quotes"', '"results"') },
  empty: { body: '{"count":0,"quotes":[],"news":[]}', expectEmpty: (rows) => expect(rows).toEqual([]) },
});

itSurvivesAMisbehavingVendor("Yahoo gainers", {
  answer: withSession(screen),
  call: (vendor) => providers(vendor).of("yahoo", "movers")!.fetchMovers({ list: "gainers", limit: 5 }),
  expectGood: (rows) => expect((rows as MoverRow[]).map(({ symbol, price, change, volume, currency }) => [symbol, price, change, volume, currency])).toEqual([["ACME", 103.5, 0.125, 1_510_000, "USD"], ["BETA", 20, 0.08, 90_000, "USD"]]),
  secrets: [],
  drifted: { "another name of the change": screen.replaceAll("regularMarketChangePercent", "change"), "changes as text": screen.replace("12.5", '"12.5%"'), "no result": '{"finance":{"result":null,"error":null}}' },
});

itSurvivesAMisbehavingVendor("Yahoo trending", {
  answer: { body: trending },
  call: (vendor) => providers(vendor).of("yahoo", "movers")!.fetchMovers({ list: "trending", limit: 5 }),
  expectGood: (rows) => expect(rows).toMatchObject([{ symbol: "ACME", price: null, change: null }, { symbol: "BTC-USD" }]),
  secrets: [],
  drifted: { "another name of the symbol": trending.replaceAll('"symbol"', '"ticker"') },
});

/** Deps whose clock stands about here; pauses still take it ahead. */
function on(day: string, deps: FetchDeps): FetchDeps {
  const behind = Date.now() - Date.parse(day);
  return { ...deps, now: () => new Date(deps.now().getTime() - behind) };
}

describe("Yahoo", () => {
  let vendor: MisbehavingVendor;
  beforeEach(async () => {
    await getCrumbClear(new ExtendedCookieJar());
    vendor = await startMisbehavingVendor();
    return () => vendor.close();
  });
  const yahoo = () => providers({ url: vendor.url, deps: systemFetchDeps });

  it("asks for share classes as Yahoo writes them, gives them back as asked, and shows no crumb", async () => {
    vendor.answers(withSession(quotes.replaceAll('"ACME"', '"ACME-B"')));
    const rows = await yahoo().of("yahoo", "quotes")!.fetchQuotes({ symbols: ["ACME.B", "ACME.L", "GONE", "NEVER"] });
    const asked = vendor.requests.at(-1)!;
    expect(asked.url).toContain(`crumb=${encodeURIComponent(CRUMB)}`);
    expect(asked.headers.cookie).toContain("A3=d=abc");
    expect(asked.headers["user-agent"]).toContain("yahoo-finance2");
    expect(rows.map(({ symbol }) => symbol)).toEqual(["ACME.B", "ACME.L"]);
    expect(rows[0]!.provenance.url).toBe(`${vendor.url}/v7/finance/quote?symbols=ACME-B%2CACME.L%2CGONE%2CNEVER`);
  });

  it("gets a new crumb once when the one it has has ended", async () => {
    let refusals = 1;
    vendor.answers((request) => (request.url.startsWith("/v7/") && refusals-- > 0 ? { status: 401, body: '{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}' } : withSession(quotes)(request)));
    const rows: QuoteRow[] = await yahoo().of("yahoo", "quotes")!.fetchQuotes({ symbols: ["ACME", "ACME.L", "GONE", "NEVER"] });
    expect(rows).toHaveLength(2);
    expect(vendor.requests.filter(({ url }) => url.startsWith("/v1/test/getcrumb")).length).toBeGreaterThanOrEqual(1);

    refusals = 100;
    await expect(yahoo().of("yahoo", "quotes")!.fetchQuotes({ symbols: ["ACME"] })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE", details: { status: 401 } });
  });

  it.each([
    ["no cookie", { body: "" }, "UPSTREAM_INVALID"],
    ["a busy sign", { status: 429, body: "Too Many Requests" }, "RATE_LIMITED"],
    ["a failure", { status: 503, body: "" }, "UPSTREAM_UNAVAILABLE"],
  ] as const)("says what is wrong when it gets %s for a session", async (_, page, code) => {
    vendor.answers((request) => (request.url.startsWith("/quote/") ? page : request.url.startsWith("/v7/") ? { status: 401, body: '{"finance":{"error":{"description":"Invalid Crumb"}}}' } : withSession(quotes)(request)));
    await expect(yahoo().of("yahoo", "quotes")!.fetchQuotes({ symbols: ["ACME"] })).rejects.toMatchObject({ code });
  });

  it("goes to no stranger for a session, and takes no page for a crumb", async () => {
    const stale = { status: 401, body: '{"finance":{"error":{"description":"Invalid Crumb"}}}' };
    vendor.answers((request) => (request.url.startsWith("/quote/") ? { body: "", headers: { ...COOKIE, location: "https://guce.yahoo.com.evil.example/consent" }, status: 302 } : request.url.startsWith("/v7/") ? stale : withSession(quotes)(request)));
    await expect(yahoo().of("yahoo", "quotes")!.fetchQuotes({ symbols: ["ACME"] })).rejects.toMatchObject({ code: "UPSTREAM_INVALID", details: { reason: "redirect" } });
    vendor.answers((request) => (request.url.startsWith("/v1/test") ? { body: "Too Many Requests, and so on", contentType: "text/plain" } : request.url.startsWith("/v7/") ? stale : withSession(quotes)(request)));
    await expect(yahoo().of("yahoo", "quotes")!.fetchQuotes({ symbols: ["ACME"] })).rejects.toMatchObject({ code: "UPSTREAM_INVALID", details: { reason: "crumb" } });
  });

  it("asks for a hundred symbols at once", async () => {
    vendor.answers(withSession('{"quoteResponse":{"result":[],"error":null}}'));
    await yahoo().of("yahoo", "quotes")!.fetchQuotes({ symbols: Array.from({ length: 230 }, (_, n) => `S${n}`) });
    expect(vendor.requests.filter(({ url }) => url.startsWith("/v7/"))).toHaveLength(3);
  });

  it("gives an empty series for a range before the first day", async () => {
    vendor.answers({ status: 400, body: '{"chart":{"result":null,"error":{"code":"Bad Request","description":"Data doesn\'t exist for startDate = 1, endDate = 2"}}}' });
    expect(await yahoo().of("yahoo", "dailyBars")!.fetchDailyBars({ symbol: "ACME", from: "1990-01-01", to: "1990-02-01" })).toEqual({ symbol: "ACME", currency: null, bars: [] });
  });

  it("leaves intraday bars that it does not keep any more to another vendor, without a call", async () => {
    await expect(yahoo().of("yahoo", "intradayBars")!.fetchIntradayBars({ symbol: "ACME", interval: "M1", from: "2020-01-01T00:00:00Z" })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE", details: { reason: "not-offered" } });
    expect(vendor.requests).toHaveLength(0);
  });

  it("puts symbols into the address as text", async () => {
    vendor.answers({ body: daily.replace('"symbol": "ACME"', '"symbol": "^GS/PC"') });
    await yahoo().of("yahoo", "dailyBars")!.fetchDailyBars({ symbol: "^GS/PC", from: "2026-11-01", to: "2026-11-20" });
    expect(vendor.requests[0]!.url).toMatch(/^\/v8\/finance\/chart\/%5EGS%2FPC\?/);
  });

  it("leaves the console to the application", async () => {
    const said = (["log", "info", "warn", "error", "debug", "dir"] as const).map((name) => vi.spyOn(console, name).mockImplementation(() => undefined));
    vendor.answers(withSession(quotes));
    await yahoo().of("yahoo", "quotes")!.fetchQuotes({ symbols: ["ACME", "ACME.L", "GONE", "NEVER"] });
    vendor.answers({ status: 500, body: "{}" });
    await expect(providers({ url: vendor.url, deps: { ...systemFetchDeps, sleep: async () => undefined } }).of("yahoo", "dailyBars")!.fetchDailyBars({ symbol: "ACME", from: "2026-11-01" })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    for (const spy of said) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});
