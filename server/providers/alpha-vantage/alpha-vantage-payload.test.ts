import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { alphaIntraday, alphaQuote, complaintOf, toAlphaQuote } from "./alpha-vantage-payload";

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8"));

describe("Alpha Vantage payloads", () => {
  it("dates a price by its day's close, and by now while the session runs", () => {
    const told = alphaQuote.parse(read("global-quote.json"))["Global Quote"];
    const at = (now: string) => toAlphaQuote(told!, { symbol: "IBM", now: new Date(now), provenance: (asOf) => ({ provider: "alpha-vantage", asOf, url: null, accession: null }) })?.at;
    expect(at("2025-11-22T12:00:00Z")).toBe("2025-11-20T21:00:00.000Z");
    expect(at("2025-11-20T18:00:00Z")).toBe("2025-11-20T18:00:00.000Z");
    expect(at("2025-11-20T12:00:00Z")).toBeUndefined();
  });

  it("does not take the description of an answer for a complaint", () => expect(complaintOf(read("intraday.json") as Record<string, unknown>)).toBeNull());

  it("refuses a malformed answer", () => {
    expect(alphaIntraday("5min").safeParse({ ...(read("intraday.json") as object), "Time Series (5min)": { "2025-11-20 15:55:00": { "1. open": "1" } } }).success).toBe(false);
  });
});
