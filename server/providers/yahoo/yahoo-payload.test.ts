import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { VendorProvenance } from "../capabilities";
import { fromSingle, priceUnit, toDailyBars, toIntradayBars, yahooChart, yahooQuotes, yahooSymbol, type YahooChart } from "./yahoo-payload";

const provenance: VendorProvenance = { provider: "yahoo", asOf: "2026-11-21", url: null, accession: null };
const resultOf = (text: string): YahooChart => yahooChart.parse(JSON.parse(text));
const fixture = (name: string) => resultOf(readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8"));
const USD = { currency: "USD", parts: 1 } as const;
const daysAt = (chart: YahooChart, now: string, range = { from: "2000-01-01", to: "2099-12-31" }) => toDailyBars(chart, { unit: USD, ...range, now: new Date(now), provenance }).map(({ time, close }) => [time.slice(0, 10), close]);

describe("Yahoo payloads", () => {
  it("gives no bar of a session that runs, or whose last prices may be on their way", () => {
    const chart = fixture("chart-daily.json");
    expect(daysAt(chart, "2026-11-19T21:15:00Z").at(-1)).toEqual(["2026-11-17", 101]);
    expect(daysAt(chart, "2026-11-19T21:20:00Z").at(-1)).toEqual(["2026-11-19", 103.5]);
  });

  it("takes the later of two bars of one day, and none beyond the range", () => {
    expect(daysAt(fixture("chart-daily.json"), "2026-11-21T00:00:00Z", { from: "2026-11-17", to: "2026-11-18" })).toEqual([["2026-11-17", 101]]);
  });

  it("gives no intraday bar that has not ended, none of the closing print of a half day, and the last hour with the session's end", () => {
    const at = (now: string) => toIntradayBars(fixture("chart-intraday.json"), { unit: USD, interval: "M15", from: "2025-11-28T00:00:00Z", to: "2025-11-29T00:00:00Z", now: new Date(now), provenance }).map(({ time }) => time.slice(11, 16));
    expect(at("2025-11-28T17:50:00Z")).toEqual(["17:30"]);
    expect(at("2025-11-28T19:00:00Z")).toEqual(["17:30", "17:45"]);
    const hours = toIntradayBars(fixture("chart-intraday.json"), { unit: USD, interval: "H1", from: "2025-11-28T00:00:00Z", to: "2025-11-29T00:00:00Z", now: new Date("2025-11-28T18:00:00Z"), provenance });
    expect(hours.map(({ time }) => time.slice(11, 16))).toEqual(["17:30", "17:45"]);
  });

  it("knows which currencies have prices in hundredths, and takes nothing else for a currency", () => {
    expect([priceUnit("GBp"), priceUnit("ZAc"), priceUnit("ILA"), priceUnit("KRW"), priceUnit(""), priceUnit("usd"), priceUnit(null)]).toEqual([{ currency: "GBP", parts: 100 }, { currency: "ZAR", parts: 100 }, { currency: "ILS", parts: 100 }, { currency: "KRW", parts: 1 }, null, null, null]);
  });

  it("writes share classes with a dash and leaves exchanges alone", () => expect(["BRK.B", "BF.A", "BP.L", "BTC-USD", "^GSPC"].map(yahooSymbol)).toEqual(["BRK-B", "BF-A", "BP.L", "BTC-USD", "^GSPC"]));

  it("gives prices that come in single precision as they were meant", () => {
    expect([44.04999923706055, 45.08932876586914, 0.1, 100, 608.7999877929688, 29190.470703125].map(fromSingle)).toEqual([44.05, 45.08933, 0.1, 100, 608.8, 29190.47]);
  });

  it("refuses a malformed answer", () => {
    expect(yahooChart.safeParse({ chart: { result: [{ meta: {}, indicators: { quote: [] } }], error: null } }).success).toBe(false);
    expect(yahooQuotes.safeParse({ quoteResponse: { result: [{ symbol: "A", regularMarketPrice: "1" }] } }).success).toBe(false);
    expect(yahooQuotes.safeParse({ quoteResponse: { result: [{ symbol: "A", price: 1 }] } }).success).toBe(false);
  });

  const recorded = join(import.meta.dirname, "../../../../shared/data/payloads/yahoo");
  it.skipIf(!existsSync(recorded))("reads recorded answers on the exchange's own days, across the change of the clocks", () => {
    const sydney = resultOf(readFileSync(join(recorded, "chart_v8_ALL.AX.json"), "utf8"));
    const days = daysAt(sydney, "2022-01-20T00:00:00Z");
    expect([days[0]![0], days.at(-1)]).toEqual(["2021-10-13", ["2022-01-13", 44.05]]);
    expect(new Set(days.map(([day]) => day)).size).toBe(days.length);
    // In the session of the 13th its bar is not there yet.
    expect(daysAt(sydney, "2022-01-13T04:00:00Z").at(-1)![0]).toBe("2022-01-12");
    const frankfurt = resultOf(readFileSync(join(recorded, "chart_v8_MUV2.DE.json"), "utf8"));
    expect(daysAt(frankfurt, "2025-04-25T00:00:00Z").at(-1)![0]).toBe("2018-05-25");
  });
});
