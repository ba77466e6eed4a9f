import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import type { AddressInfo } from "node:net";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor, type SeenRequest } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { EarningsRow, EconomicEventRow, IpoRow, NewsRow, QuoteRow, TickRow } from "../capabilities";
import { createProviders } from "../registry";
import { FINNHUB } from "./finnhub-vendor";

const KEY = "c0ffee-finnhub-key-000";
const fixture = (name: string) => readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8");
const providers = ({ url, deps }: VendorUnderTest) => createProviders({ ...vendorFixture("finnhub", { url, deps, settings: { FINNHUB_API_KEY: KEY } }), vendors: [FINNHUB] });
const DAYS = { from: "2026-11-18", to: "2026-11-24" };
const [quote, companyNews, marketNews, earnings, ipos, economic] = ["quote", "company-news", "market-news", "earnings", "ipo", "economic"].map((name) => fixture(`${name}.json`)) as [string, string, string, string, string, string];

itSurvivesAMisbehavingVendor("Finnhub quotes", {
  answer: { body: quote },
  call: (vendor) => providers(vendor).of("finnhub", "quotes")!.fetchQuotes({ symbols: ["AAPL"] }),
  expectGood: (rows) => expect(rows).toMatchObject([{ symbol: "AAPL", currency: "USD", price: 271.49, previousClose: 268.39, open: 265.95, at: "2025-11-20T21:00:00.000Z", provenance: { provider: "finnhub", asOf: "2025-11-20T21:00:00.000Z" } }]),
  secrets: [KEY],
  drifted: { "the price as text": quote.replace("271.49", '"271.49"'), "no close before": quote.replace('"pc"', '"prev"'), "an error with a good status": '{"error":"Something"}', "a time as text": quote.replace("1763672400", '"2026-11-20"') },
  wrong: {
    "a price of the year 2099": { body: quote.replace("1763672400", "4098384000"), outcome: "UPSTREAM_INVALID" },
    "a symbol that it does not have": { body: '{"c":0,"d":null,"dp":null,"h":0,"l":0,"o":0,"pc":0,"t":0}', outcome: (rows) => expect(rows).toEqual([]) },
  },
});

itSurvivesAMisbehavingVendor("Finnhub company news", {
  answer: { body: companyNews },
  call: (vendor) => providers(vendor).of("finnhub", "news")!.fetchNews({ symbols: ["AAPL"], from: "2025-11-01", limit: 10 }),
  expectGood: (rows) => expect(rows).toMatchObject([{ externalId: "137001", headline: "Chips & phones: what a maker said", symbols: ["AAPL", "MSFT"], sentiment: null, publishedAt: "2025-11-20T12:00:00.000Z", summary: "A maker of phones said what it sold." }, { externalId: "137000", imageUrl: null, summary: null }]),
  secrets: [KEY],
  drifted: { "no time": companyNews.replaceAll("datetime", "published"), "a list in an object": `{"news":${companyNews}}`, "a headline that is none": companyNews.replace('"The day before"', "null") },
  wrong: { "an article of the year 2099": { body: companyNews.replaceAll("1763640000", "4098384000"), outcome: "UPSTREAM_INVALID" }, "the same article twice": { body: companyNews.replace("137000,", "137001,"), outcome: (rows) => expect(rows).toHaveLength(1) } },
  empty: { body: "[]", expectEmpty: (rows) => expect(rows).toEqual([]) },
});

itSurvivesAMisbehavingVendor("Finnhub earnings", {
  answer: { body: earnings },
  call: (vendor) => providers(vendor).of("finnhub", "earningsCalendar")!.fetchEarnings(DAYS),
  expectGood: (rows) =>
    expect(rows as EarningsRow[]).toMatchObject([
      { symbol: "AAPL", date: "2026-11-19", when: "after-close", fiscalYear: 2026, fiscalQuarter: 4, epsEstimate: "1.8089", epsActual: "1.87", revenueActual: "102466000000", currency: null },
      { symbol: "ZZZ", when: null, epsEstimate: null, epsActual: null, revenueEstimate: null },
    ]),
  secrets: [KEY],
  drifted: { "another name of the list": earnings.replace("earningsCalendar", "earnings"), "figures as text": earnings.replace("1.87", '"1.87"'), "a date of another form": earnings.replace("2026-11-19", "19/11/2026") },
  wrong: { "another week": { body: earnings.replace("2026-11-19", "2026-10-19"), outcome: "UPSTREAM_INVALID" } },
  empty: { body: '{"earningsCalendar":[]}', expectEmpty: (rows) => expect(rows).toEqual([]) },
});

itSurvivesAMisbehavingVendor("Finnhub IPOs", {
  answer: { body: ipos },
  call: (vendor) => providers(vendor).of("finnhub", "ipoCalendar")!.fetchIpos(DAYS),
  expectGood: (rows) => expect(rows as IpoRow[]).toMatchObject([{ symbol: "EXRB", priceLow: "17.00", priceHigh: "19.00", shares: "9600000", totalValue: "209760000", status: "expected" }, { symbol: null, name: "Vanished Corp", priceLow: null, priceHigh: null, shares: null, status: "withdrawn" }]),
  secrets: [KEY],
  drifted: { "a price in words": ipos.replace("17.00-19.00", "about 17"), "an unknown status": ipos.replace("expected", "rumoured"), "no name": ipos.replaceAll('"name"', '"company"') },
  wrong: { "another week": { body: ipos.replace("2026-11-20", "2025-11-20"), outcome: "UPSTREAM_INVALID" } },
  empty: { body: '{"ipoCalendar":[]}', expectEmpty: (rows) => expect(rows).toEqual([]) },
});

itSurvivesAMisbehavingVendor("Finnhub economic calendar", {
  answer: { body: economic },
  call: (vendor) => providers(vendor).of("finnhub", "economicCalendar")!.fetchEconomicEvents({ ...DAYS, countries: ["US"] }),
  expectGood: (rows) => expect(rows as EconomicEventRow[]).toMatchObject([{ name: "CPI MoM", country: "US", at: "2026-11-20T13:30:00.000Z", importance: "high", unit: "%", actual: null, estimate: "0.2", previous: "0.3" }]),
  secrets: [KEY],
  drifted: { "a time of another form": economic.replaceAll(" 13:30:00", "T13:30:00+01:00"), "a time that is none": economic.replaceAll("13:30:00", "33:30:00"), "a country in words": economic.replace('"US"', '"United States"') },
  empty: { body: '{"economicCalendar":[]}', expectEmpty: (rows) => expect(rows).toEqual([]) },
});

describe("Finnhub", () => {
  const answered = async <T>(answer: (request: SeenRequest) => string, work: (all: ReturnType<typeof providers>) => Promise<T>) => {
    const vendor = await startMisbehavingVendor();
    vendor.answers((request) => ({ body: answer(request) }));
    const result = await work(providers({ url: vendor.url, deps: systemFetchDeps })).finally(() => vendor.close());
    return { result, requests: vendor.requests };
  };

  it("sends its key in a header, asks in its own spelling and answers in ours, and leaves other exchanges to others", async () => {
    const { result, requests } = await answered(() => quote, ({ source }) => source("quotes").fetchQuotes({ symbols: ["BRK-B", "VOD.L", "005930.KS"] }));
    expect((result as QuoteRow[]).map(({ symbol }) => symbol)).toEqual(["BRK-B"]);
    expect(requests).toHaveLength(1);
    expect(requests[0]!.url).toBe("/api/v1/quote?symbol=BRK.B");
    expect(requests[0]!.headers["x-finnhub-token"]).toBe(KEY);
  });

  it("gives the market's news when no company is named, and one article once that two companies have", async () => {
    const { result } = await answered(() => marketNews, ({ source }) => source("news").fetchNews({ limit: 5 }));
    expect(result).toMatchObject([{ headline: "Markets at noon", symbols: [], topics: ["top news"], summary: null }]);
    const both = await answered(() => companyNews, ({ source }) => source("news").fetchNews({ symbols: ["AAPL", "QCOM"], from: "2025-11-01", limit: 5 }));
    expect((both.result as NewsRow[]).map(({ symbols }) => symbols)).toEqual([["AAPL", "MSFT", "QCOM"], ["AAPL", "QCOM"]]);
  });

  it("asks in halves for days with more reports than it gives at once", async () => {
    const many = (from: string, count: number) => JSON.stringify({ earningsCalendar: Array.from({ length: count }, (_, n) => ({ date: from, symbol: `S${n}` })) });
    const { result, requests } = await answered(
      ({ url }) => many(/from=([^&]+)/.exec(url)![1]!, url.includes("from=2026-11-20") ? 3 : 1_500),
      ({ source }) => source("earningsCalendar").fetchEarnings({ from: "2026-11-18", to: "2026-11-20" }),
    );
    expect(requests.map(({ url }) => url.split("?")[1])).toEqual(["from=2026-11-18&to=2026-11-20", "from=2026-11-18&to=2026-11-19", "from=2026-11-18&to=2026-11-18", "from=2026-11-19&to=2026-11-19", "from=2026-11-20&to=2026-11-20"]);
    expect(result).toHaveLength(3_003);
  });

  it("streams trades of what is subscribed to, in our spelling, and tells of an error", async () => {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await new Promise<void>((resolve) => server.once("listening", resolve));
    const heard: string[] = [];
    server.on("connection", (socket, request) => {
      heard.push(request.url!);
      socket.on("message", (data) => {
        heard.push(String(data));
        socket.send('{"type":"ping"}');
        socket.send('{"type":"error","msg":"Invalid symbol"}');
        socket.send('{"type":"trade","data":[{"s":"BRK.B","p":501.25,"t":1763640000123,"v":10,"c":["1"]},{"s":"OTHER","p":1,"t":1763640000123,"v":1}]}');
      });
    });
    const rows: TickRow[] = [];
    const faults: string[] = [];
    const { stream } = providers({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, deps: systemFetchDeps });
    const handle = stream("tradeStream")!.source.openTradeStream({ onRow: (row) => rows.push(row), onFault: ({ reason }) => faults.push(reason) });
    handle.subscribe(["BRK-B", "VOD.L"]);
    await expect.poll(() => rows).toEqual([{ provider: "finnhub", symbol: "BRK-B", currency: "USD", price: 501.25, volume: 10, change24h: null, at: "2025-11-20T12:00:00.123Z" }]);
    expect(faults).toEqual(["unreadable"]);
    expect(heard).toEqual([`/?token=${KEY}`, '{"type":"subscribe","symbol":"BRK.B"}']);
    handle.close();
    server.close();
  });
});
