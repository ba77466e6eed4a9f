import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bithumbBoard, bithumbMarkets, toCoinTickers, type BithumbBoard } from "./bithumb-payload";

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8"));
const provenance = { provider: "bithumb" as const, asOf: "2026-11-20T17:00:05.000Z", url: null, accession: null };
const fixture = read("board.json") as { data: Record<string, unknown> };
const rows = (more: Record<string, unknown> = {}) => toCoinTickers((bithumbBoard.parse({ ...fixture, data: { ...fixture.data, ...more } }) as { data: BithumbBoard }).data, { quoteCurrency: "KRW", markets: bithumbMarkets.parse(read("markets.json")), now: new Date("2026-11-20T17:00:05Z"), provenance });

describe("Bithumb payloads", () => {
  it("read a price with the close at 00:00 in Seoul before it, and percents as fractions", () => {
    expect(rows()[0]).toEqual({
      coin: "BTC", quoteCurrency: "KRW", market: "KRW-BTC", price: 142_100_000, previousClose: 141_100_000, previousCloseAt: "2026-11-20T15:00:00.000Z",
      change24h: -0.0099, high24h: null, low24h: null, volume24h: 310.25, value24h: 44_000_000_000.75, at: "2026-11-20T17:00:03.500Z",
      nameEn: "Bitcoin", nameKo: "비트코인", warnings: [], provenance: { ...provenance, asOf: "2026-11-20T17:00:03.500Z" },
    });
  });

  it("have no row of a market without a price, and no close of one that is new", () => {
    expect(rows().map(({ coin }) => coin)).toEqual(["BTC", "RRRR"]);
    expect(rows()[1]).toMatchObject({ change24h: 0.05, previousClose: null, previousCloseAt: null, warnings: ["CAUTION"] });
  });

  it("say nothing of the name and warnings of a coin that is not listed", () => {
    expect(rows({ NEWC: fixture.data.BTC }).at(-1)).toMatchObject({ coin: "NEWC", nameEn: null, nameKo: null, warnings: null });
  });

  it("refuse a malformed answer", () => {
    expect(bithumbBoard.safeParse({ status: "0000", data: { date: 1_795_194_003_500 } }).success).toBe(false);
    expect(bithumbBoard.safeParse({ status: "0000", data: { date: "1795194003500", BTC: { closing_price: "1" } } }).success).toBe(false);
    expect(bithumbMarkets.safeParse([]).success).toBe(false);
  });
});
