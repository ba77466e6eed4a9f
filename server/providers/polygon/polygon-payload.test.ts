import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { polygonBars, polygonSnapshots, toBars, toSnapshotQuote } from "./polygon-payload";

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8"));
const provenance = (asOf: string) => ({ provider: "polygon" as const, asOf, url: null, accession: null });

describe("Polygon payloads", () => {
  it("dates a daily bar by the day in New York, in summer and in winter", () => {
    const bar = { o: 1, h: 1, l: 1, c: 1, v: 0 };
    expect(toBars([{ t: Date.parse("2025-07-01T04:00:00Z"), ...bar }, { t: Date.parse("2025-12-01T05:00:00Z"), ...bar }], { daily: true, provenance }).map(({ time }) => time)).toEqual(["2025-07-01T00:00:00.000Z", "2025-12-01T00:00:00.000Z"]);
  });

  it("takes the minute's close where no trade is told, and gives no price that is of no time", () => {
    const [told, quiet] = polygonSnapshots.parse(read("snapshots.json")).tickers;
    expect(toSnapshotQuote({ ...told!, lastTrade: undefined, lastQuote: undefined }, { symbol: "AAPL", provenance })).toMatchObject({ price: 266.2, at: "2025-11-20T20:59:00.000Z", bid: null, ask: null });
    expect(toSnapshotQuote(quiet!, { symbol: "QUIET", provenance })).toBeNull();
  });

  it("refuses a malformed answer: fewer bars than it counts", () => {
    expect(polygonBars.safeParse({ ...(read("bars.json") as object), resultsCount: 3 }).success).toBe(false);
  });
});
