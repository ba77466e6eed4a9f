import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { TickRow } from "../capabilities";
import { createProviders } from "../registry";
import { ALPACA } from "./alpaca-vendor";

const [KEY, SECRET] = ["PKHUSH0123456789ABCD", "hush-alpaca-secret-0123456789"];
const [bars, snapshots] = ["bars", "snapshots"].map((name) => readFileSync(join(import.meta.dirname, "__fixtures__", `${name}.json`), "utf8").trim()) as [string, string];
const providers = ({ url, deps }: VendorUnderTest) => createProviders({ ...vendorFixture("alpaca", { url, deps, settings: { ALPACA_API_KEY_ID: KEY, ALPACA_API_SECRET_KEY: SECRET } }), vendors: [ALPACA] });
const paged = (token: string) => bars.replace('"next_page_token":null', `"next_page_token":"${token}"`);
const UNKNOWN = { status: 400, body: '{"message":"invalid symbol: AAPL"}', code: "NOT_FOUND" as const };

itSurvivesAMisbehavingVendor("Alpaca daily bars", {
  answer: { body: bars },
  call: (vendor) => providers(vendor).of("alpaca", "dailyBars")!.fetchDailyBars({ symbol: "AAPL", from: "2025-11-19", to: "2025-11-20" }),
  expectGood: (series) => expect(series).toMatchObject({ symbol: "AAPL", bars: [{ time: "2025-11-19T00:00:00.000Z", open: 265.95, close: 268.56, volume: 45677278 }, { time: "2025-11-20T00:00:00.000Z", close: 266.25, provenance: { provider: "alpaca", asOf: "2025-11-20T00:00:00.000Z" } }] }),
  secrets: [KEY, SECRET],
  drifted: { "another name of the list": bars.replace('"bars"', '"data"'), "a price as text": bars.replace("265.95", '"265.95"'), "a time without a zone": bars.replace("2025-11-19T05:00:00Z", "2025-11-19T05:00:00"), "an error with a good status": '{"message":"Something"}' },
  wrong: {
    "another symbol": { body: bars.replace('"AAPL"', '"MSFT"'), outcome: "UPSTREAM_INVALID" },
    "the same page for ever": { body: paged("abc"), outcome: "UPSTREAM_INVALID" },
    "bars out of order": { body: bars.replace("2025-11-19T05", "2025-11-21T05"), outcome: "UPSTREAM_INVALID" },
    "a bar of the year 2099": { body: bars.replace("2025-11-20T05", "2099-11-20T05"), outcome: "UPSTREAM_INVALID" },
    "another currency, which it tells": { body: bars.replace(/\}$/, ',"currency":"EUR"}'), outcome: (series) => expect(series).toMatchObject({ currency: "EUR" }) },
  },
  empty: { body: '{"bars":null,"symbol":"AAPL","next_page_token":null}', expectEmpty: (series) => expect(series).toMatchObject({ bars: [] }) },
  refusals: [UNKNOWN],
});

itSurvivesAMisbehavingVendor("Alpaca intraday bars", {
  answer: { body: bars },
  call: (vendor) => providers(vendor).of("alpaca", "intradayBars")!.fetchIntradayBars({ symbol: "AAPL", interval: "M15", from: "2025-11-19", to: "2025-11-20" }),
  expectGood: (series) => expect(series).toMatchObject({ bars: [{ time: "2025-11-19T05:00:00.000Z" }, { time: "2025-11-20T05:00:00.000Z" }] }),
  secrets: [KEY, SECRET],
  drifted: { "no next page told": bars.replace("next_page_token", "next") },
  wrong: { "the same page for ever": { body: paged("abc"), outcome: "UPSTREAM_INVALID" } },
});

itSurvivesAMisbehavingVendor("Alpaca quotes", {
  answer: { body: snapshots },
  call: (vendor) => providers(vendor).of("alpaca", "quotes")!.fetchQuotes({ symbols: ["AAPL", "QUIET", "VOD.L"] }),
  expectGood: (rows) => expect(rows).toMatchObject([{ symbol: "AAPL", currency: "USD", price: 266.25, at: "2025-11-20T20:59:59.876Z", open: 270.83, previousClose: 268.56, volume: 45823568, bid: 266.24, ask: 266.27 }]),
  secrets: [KEY, SECRET],
  drifted: { "no trade": snapshots.replace("latestTrade", "trade"), "a list": "[]", "an error with a good status": '{"message":"Something"}' },
  wrong: {
    "a symbol nobody asked for": { body: snapshots.replace('"QUIET"', '"MSFT"'), outcome: "UPSTREAM_INVALID" },
    "a trade of the year 2099": { body: snapshots.replace("2025-11-20T20:59:59.876543210Z", "2099-11-20T20:59:59Z"), outcome: "UPSTREAM_INVALID" },
    "the day before, still, as the day": { body: snapshots.replace("2025-11-20T20:59:59.876543210Z", "2025-11-21T13:00:00Z"), outcome: (rows) => expect(rows).toMatchObject([{ previousClose: 266.25, open: null, volume: null }]) },
  },
  empty: { body: "{}", expectEmpty: (rows) => expect(rows).toEqual([]) },
  refusals: [UNKNOWN],
});

describe("Alpaca", () => {
  it("walks the pages by their token, each bar once, with split-adjusted prices of the whole market", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers(({ url }) => ({ body: url.includes("page_token=abc") ? bars.replace("2025-11-20T05", "2025-11-21T05").replace("2025-11-19T05", "2025-11-20T05") : paged("abc") }));
    const series = await providers({ url: vendor.url, deps: systemFetchDeps }).source("dailyBars").fetchDailyBars({ symbol: "AAPL", from: "2025-11-19", to: "2025-11-21" });
    await vendor.close();
    expect(series.bars.map(({ time }) => time.slice(0, 10))).toEqual(["2025-11-19", "2025-11-20", "2025-11-21"]);
    expect(vendor.requests.map(({ url }) => url.split("?")[0])).toEqual(["/v2/stocks/AAPL/bars", "/v2/stocks/AAPL/bars"]);
    const { searchParams } = new URL(vendor.requests[1]!.url, "http://a");
    expect(Object.fromEntries(searchParams)).toMatchObject({ adjustment: "split", feed: "sip", start: "2025-11-19T05:00:00.000Z", end: "2025-11-22T04:59:59.999Z" });
    expect(vendor.requests[1]!.headers).toMatchObject({ "apca-api-key-id": KEY, "apca-api-secret-key": SECRET });
  });

  it("does not ask for what its free plan may not see yet", async () => {
    const now = new Date("2025-11-20T20:00:00Z");
    const all = providers({ url: "http://127.0.0.1:9", deps: { ...systemFetchDeps, now: () => now } });
    expect(await all.source("intradayBars").fetchIntradayBars({ symbol: "AAPL", interval: "M1", from: "2025-11-20T19:50:00.000Z" })).toEqual({ symbol: "AAPL", currency: null, bars: [] });
  });

  it("needs both of its keys", () => {
    const { status } = createProviders({ ...vendorFixture("alpaca", { url: "http://127.0.0.1:9", deps: systemFetchDeps, settings: { ALPACA_API_KEY_ID: KEY } }), vendors: [ALPACA] });
    expect(status()[0]!.capabilities[0]).toMatchObject({ state: "key-missing", missing: ["ALPACA_API_SECRET_KEY"] });
  });

  it("streams trades: says who it is once a line, then what it wants", async () => {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await new Promise<void>((resolve) => server.once("listening", resolve));
    const heard: string[] = [];
    server.on("connection", (socket) => {
      socket.send('[{"T":"success","msg":"connected"}]');
      socket.on("message", (data) => {
        heard.push(String(data));
        if (String(data).includes("auth")) return socket.send('[{"T":"success","msg":"authenticated"}]');
        socket.send('[{"T":"subscription","trades":["BRK.B"],"quotes":[]},{"T":"t","i":96921,"S":"BRK.B","x":"D","p":501.25,"s":10,"t":"2025-11-20T15:51:44.208Z","c":["@"],"z":"C"}]');
        socket.send('[{"T":"error","code":406,"msg":"connection limit exceeded"}]');
      });
    });
    const rows: TickRow[] = [];
    const faults: string[] = [];
    const handle = providers({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, deps: systemFetchDeps }).stream("tradeStream")!.source.openTradeStream({ onRow: (row) => rows.push(row), onFault: ({ reason }) => faults.push(reason) });
    handle.subscribe(["BRK-B"]);
    await expect.poll(() => rows).toEqual([{ provider: "alpaca", symbol: "BRK-B", currency: "USD", price: 501.25, volume: 10, change24h: null, at: "2025-11-20T15:51:44.208Z" }]);
    handle.subscribe(["AAPL"]);
    await expect.poll(() => heard).toEqual([JSON.stringify({ action: "auth", key: KEY, secret: SECRET }), '{"action":"subscribe","trades":["BRK.B"]}', '{"action":"subscribe","trades":["AAPL"]}']);
    await expect.poll(() => faults).toContain("unreadable");
    handle.close();
    server.close();
  });
});
