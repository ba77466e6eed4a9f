import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { VendorProvenance } from "../capabilities";
import { finnhubEarnings, finnhubIpos, finnhubQuote, readTrades, toEarnings, toIpos, toQuote } from "./finnhub-payload";

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8"));
const provenance: VendorProvenance = { provider: "finnhub", asOf: "2026-11-21T00:00:00.000Z", url: null, accession: null };

describe("Finnhub payloads", () => {
  it("takes a quote of zeros for none, and a zero before the open for not known", () => {
    const quote = finnhubQuote.parse(read("quote.json"));
    const options = { symbol: "AAPL", provenance: () => provenance };
    expect(toQuote({ ...quote, c: 0 }, options)).toBeNull();
    expect(toQuote({ ...quote, o: 0, h: 0, l: 0 }, options)).toMatchObject({ open: null, high: null, low: null, price: 271.49 });
  });

  it("keeps a figure of nought, and leaves out a fiscal quarter of nought", () => {
    const [row] = toEarnings(finnhubEarnings.parse({ earningsCalendar: [{ date: "2026-11-19", symbol: "A", epsActual: 0, epsEstimate: 1e-7, quarter: 0, year: 0, hour: "dmh" }] }), provenance);
    expect(row).toMatchObject({ epsActual: "0", epsEstimate: "0.0000001", fiscalQuarter: null, fiscalYear: null, when: "during" });
  });

  it("reads one price as both ends of a range", () => {
    const [row] = toIpos(finnhubIpos.parse({ ipoCalendar: [{ date: "2026-11-19", name: "A", price: "10.00", status: "priced" }] }), provenance);
    expect(row).toMatchObject({ priceLow: "10.00", priceHigh: "10.00", symbol: null });
  });

  it("refuses what is no message of the stream", () => {
    for (const text of ["no JSON", '{"type":"news","data":[]}', '{"type":"trade","data":[{"s":"A","p":"1","t":1,"v":1}]}', '{"type":"error","msg":"x"}']) expect(() => readTrades(text, new Map())).toThrow();
    expect(readTrades('{"type":"ping"}', new Map())).toEqual([]);
  });

  it("refuses a malformed answer", () => expect(finnhubQuote.safeParse({ c: "1" }).success).toBe(false));
});
