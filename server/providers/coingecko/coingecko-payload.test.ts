import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { coinGeckoDerivatives, coinGeckoDetail, coinGeckoMarkets, coinGeckoPrices, toCoinDetail, toCoinMarket, toDerivatives, toFxRows } from "./coingecko-payload";

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8"));
const provenance = { provider: "coingecko" as const, asOf: "2026-11-20T17:00:05.000Z", url: null, accession: null };
const told = { now: new Date("2026-11-20T17:00:05Z"), provenance };

describe("CoinGecko payloads", () => {
  it("read percents as fractions, and zeros that stand for nothing known as null", () => {
    const [bitcoin, other] = coinGeckoMarkets.parse(read("markets.json")).map((one) => toCoinMarket(one, { ...told, currency: "usd" }));
    expect(bitcoin).toMatchObject({ coin: "BTC", currency: "USD", rank: 1, change24h: 0.015, max: 21_000_000, allTimeHigh: 126_000, at: "2026-11-20T17:00:01.500Z", provenance: { asOf: "2026-11-20T17:00:01.500Z" } });
    expect(other).toEqual({ id: "q-coin", coin: "QQQQ", name: "Q Coin", rank: null, price: null, currency: "USD", marketCap: null, volume24h: null, circulating: null, total: null, max: null, change24h: null, allTimeHigh: null, imageUrl: null, at: null, provenance });
  });

  it("read a coin's words without markup, its open issues, and no followers that nobody told", () => {
    expect(toCoinDetail(coinGeckoDetail.parse(read("detail.json")), told)).toEqual({
      id: "bitcoin", coin: "BTC", name: "Bitcoin", description: "A coin made up & short.", categories: ["Layer 1 (L1)", "Proof of Work (PoW)"], genesisDate: "2009-01-03", consensus: "SHA-256",
      homepage: "http://www.bitcoin.org/", whitepaper: "https://bitcoin.org/bitcoin.pdf", repositories: ["https://github.com/bitcoin/bitcoin"],
      development: { stars: 73_000, forks: 36_000, contributors: 840, commits4Weeks: 108, issuesOpen: 600, issuesClosed: 7_400 },
      community: { twitterFollowers: null, redditSubscribers: null, telegramMembers: null }, marketCapRank: 1, updatedAt: "2026-11-20T17:00:01.500Z", provenance: { ...provenance, asOf: "2026-11-20T17:00:01.500Z" },
    });
  });

  it("tell no development of a coin without a repository, whose zeros are none", () => {
    const detail = read("detail.json") as { links: object };
    const bare = { ...detail, links: { ...detail.links, repos_url: { github: [], bitbucket: [] } }, developer_data: { forks: 0, stars: 0 }, genesis_date: null, hashing_algorithm: "", community_data: null };
    expect(toCoinDetail(coinGeckoDetail.parse(bare), told)).toMatchObject({ development: null, community: null, genesisDate: null, consensus: null, repositories: [] });
  });

  it("read perpetuals of one coin, funding as a fraction, and leave out one that is dated ahead", () => {
    const { rows, leftOut } = toDerivatives(coinGeckoDerivatives.parse(read("derivatives.json")), { ...told, coin: "BTC" });
    expect(leftOut).toBe(1);
    expect(rows).toEqual([{
      coin: "BTC", market: "BTCUSDT", exchange: "Binance (Futures)", markPrice: null, indexPrice: 102_050.5, fundingRate: 0.00005, fundingHours: null, nextFundingAt: null, openInterest: null,
      openInterestValue: 8_200_000_000, longShortRatio: null, at: "2026-11-20T17:00:01.000Z", provenance: { ...provenance, asOf: "2026-11-20T17:00:01.000Z" },
    }]);
  });

  it("reckon a rate out of one price in two currencies, with the price's time", () => {
    const [row] = toFxRows(coinGeckoPrices.parse(read("prices.json")), { ...told, base: "USD", quotes: ["KRW"] });
    expect(row).toEqual({ base: "USD", quote: "KRW", rate: expect.closeTo(1_465.125005, 9), at: "2026-11-20T17:00:01.000Z", provenance: { ...provenance, asOf: "2026-11-20T17:00:01.000Z" } });
  });

  it("refuse a malformed answer", () => {
    expect(coinGeckoMarkets.safeParse([{ id: "bitcoin", symbol: "btc" }]).success).toBe(false);
    expect(coinGeckoPrices.safeParse({ bitcoin: { usd: "1", last_updated_at: 1 } }).success).toBe(false);
  });
});
