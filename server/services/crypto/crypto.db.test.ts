import { afterAll, describe, expect, it } from "vitest";
import { coinBoard, coinConcept, coinEcosystem, coinInvestment, premiumHistory, premiumList } from "@/server/contracts/coin";
import type { Capabilities, CoinDetailRow, CoinMarketRow, CoinTickerRow, DerivativeRow, FxRow, Providers, VendorId } from "@/server/providers/capabilities";
import { ingestCoinDetail, ingestCoinMarkets, ingestDerivatives, listCoinsToRefresh } from "@/server/services/ingestion/ingest-coins";
import { ingestCryptoBoard } from "@/server/services/ingestion/ingest-crypto-board";
import { ingestBankRate, ingestCryptoPremium } from "@/server/services/ingestion/ingest-crypto-premium";
import { uniqueTicker } from "@/server/testing/factories/market-factory";
import { createScratchDatabase } from "@/server/testing/scratch-database";
import { createTestCtx } from "@/server/testing/test-ctx";
import { expireCrypto } from "./expire-crypto";
import { getCoinBoard, listCoins, listPremiums } from "./get-coin-board";
import { getCoinConcept } from "./get-coin-concept";
import { getCoinEcosystem } from "./get-coin-ecosystem";
import { getCoinInvestment } from "./get-coin-investment";
import { getPremiumHistory } from "./get-premium-history";
import { storeTickers } from "./store-tickers";

const MINUTE = 60_000;
const DAY = 86_400_000;
let now = new Date("2026-03-02T12:00:00Z");
/** Rates, boards and coins are everybody's: these tests have a database where nobody else brings any. */
const scratch = await createScratchDatabase();
const ctx = createTestCtx({ now: () => now, connectionString: scratch.connectionString });
afterAll(async () => {
  await ctx.db.$disconnect();
  await scratch.drop();
});

const from = (provider: VendorId, asOf = now.toISOString()) => ({ provider, asOf, url: null, accession: null });
const aTicker = (exchange: VendorId, coin: string, price: number, more: Partial<CoinTickerRow> = {}): CoinTickerRow => {
  const quoteCurrency = exchange === "binance" ? "USDT" : "KRW";
  return { provenance: from(exchange), coin, quoteCurrency, market: exchange === "binance" ? `${coin}USDT` : `KRW-${coin}`, price, previousClose: null, previousCloseAt: null, nameEn: null, nameKo: null, warnings: null, change24h: 0.01, high24h: null, low24h: null, volume24h: null, value24h: 1e9, at: now.toISOString(), ...more };
};
const aDetail = (coin: string): CoinDetailRow => ({
  provenance: from("coingecko"), id: "bitcoin", coin, name: "Bitcoin", description: "A coin.", categories: ["Cryptocurrency", "Test Field"], genesisDate: "2009-01-03", consensus: "SHA-256", homepage: "https://bitcoin.example", whitepaper: null, repositories: ["https://code.example/bitcoin"],
  development: { stars: 70_000, forks: null, contributors: 800, commits4Weeks: 108, issuesOpen: 25, issuesClosed: 75 }, community: null, marketCapRank: 1, updatedAt: null,
});
const aCoin = (coin: string): CoinMarketRow => ({ provenance: from("coingecko"), id: "bitcoin", coin, name: "Bitcoin", rank: 1, price: 50, currency: "USD", marketCap: 1_000, volume24h: null, circulating: 19, total: 19, max: 21, change24h: null, allTimeHigh: 100, imageUrl: null, at: null });
const aFuture = (coin: string): DerivativeRow => ({ provenance: from("binance"), coin, market: `${coin}USDT`, exchange: "binance", markPrice: 101, indexPrice: 100, fundingRate: 0.0001, fundingHours: 8, nextFundingAt: null, openInterest: 10, openInterestValue: 1_010, longShortRatio: null, at: now.toISOString() });

type Sources = { boards?: Partial<Record<VendorId, CoinTickerRow[] | Error>>; fx?: FxRow[]; detail?: CoinDetailRow; markets?: CoinMarketRow[]; futures?: DerivativeRow[] };
/** Vendors by hand: what each answers, or that it fails. */
function vendors({ boards = {}, fx = [], detail, markets = [], futures = [] }: Sources): Providers {
  const of = ((id: VendorId) => {
    const board = boards[id];
    return board === undefined ? null : { fetchCoinBoard: () => (board instanceof Error ? Promise.reject(board) : Promise.resolve(board)) };
  }) as Providers["of"];
  const all = { fetchFxRates: async () => fx, fetchCoinDetail: async () => detail!, fetchCoinMarkets: async () => markets, fetchDerivatives: async () => futures };
  return { of, source: (() => all) as unknown as Providers["source"], vendorsWith: (capability: keyof Capabilities) => [capability === "fx" ? "yahoo" : "coingecko"], stream: () => null, status: () => [] };
}
const ingestWith = (sources: Sources) => ({ ...ctx, providers: vendors(sources) });
const aRun = async () => (await ctx.db.ingestionRun.create({ data: { provider: "test", subject: "crypto-test", scope: "test" } })).id;
const usdKrw = (rate: number, at = now.toISOString()): FxRow => ({ provenance: from("yahoo"), base: "USD", quote: "KRW", rate, at });

describe("crypto", () => {
  it("reads both premiums off boards of one time, says which rate it took, and marks what is probably another coin", async () => {
    const [coin, far] = [uniqueTicker("C"), uniqueTicker("F")];
    await ingestBankRate(ingestWith({ fx: [usdKrw(1_375)] }));
    await ingestCryptoBoard(ingestWith({ boards: { binance: [aTicker("binance", coin, 107_830), aTicker("binance", far, 1)] } }), { exchange: "binance" });
    const upbit = { boards: { upbit: [aTicker("upbit", coin, 150_389_000), aTicker("upbit", "USDT", 1_390), aTicker("upbit", far, 1_390_000), aTicker("upbit", uniqueTicker("N"), 5), aTicker("upbit", uniqueTicker("Z"), 0)] } };
    expect(await ingestCryptoBoard(ingestWith(upbit), { exchange: "upbit" })).toMatchObject({ received: 5, changed: 4, rejected: 1 });
    expect(await ingestCryptoBoard(ingestWith(upbit), { exchange: "upbit" })).toMatchObject({ changed: 0 });
    expect((await ingestCryptoPremium(ingestWith({})))!.changed).toBeGreaterThanOrEqual(3);
    expect((await ingestCryptoPremium(ingestWith({})))!.changed).toBe(0);
    const { items, bankRate } = premiumList.parse(await listPremiums(ctx, { symbol: coin }));
    expect(items).toMatchObject([{ exchange: "upbit", bankRate: 1_375, impliedRate: 1_390, bankFault: null, match: "unknown" }]);
    expect(items[0]!.bank).toBeCloseTo(0.014317, 5);
    expect(items[0]!.implied).toBeCloseTo(0.003371, 5);
    expect(items[0]!.dollarCoin).toBeCloseTo(0.010909, 5);
    expect(bankRate).toMatchObject({ rate: 1_375, provenance: { provider: "yahoo" } });
    expect((await listPremiums(ctx, { symbol: far })).items).toMatchObject([{ match: "far-from-board" }]);
    expect((await listPremiums(ctx, { symbol: "USDT" })).items).toMatchObject([{ implied: null, usdPrice: 1 }]);
  });

  it("keeps the newest price whatever order answers come in, and goes on with it while a vendor is away", async () => {
    const coin = uniqueTicker("K");
    const later = aTicker("bithumb", coin, 20, { at: new Date(now.getTime() + MINUTE).toISOString() });
    expect(await storeTickers(ctx, [later], { runId: await aRun(), exchange: "bithumb" })).toBe(1);
    await storeTickers(ctx, [{ ...later, warnings: ["CAUTION"], nameEn: "Kept" }], { runId: await aRun(), exchange: "bithumb" });
    expect(await storeTickers(ctx, [aTicker("bithumb", coin, 10)], { runId: await aRun(), exchange: "bithumb" })).toBe(0);
    await ingestCryptoBoard(ingestWith({ boards: { bithumb: [] } }), { exchange: "bithumb" });
    now = new Date(now.getTime() + MINUTE);
    await expect(ingestCryptoBoard(ingestWith({ boards: { bithumb: new Error("away") } }), { exchange: "bithumb" })).rejects.toThrow("away");
    await expect(ingestCryptoBoard(ingestWith({}), { exchange: "bithumb" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    ctx.cache.drop("");
    const board = coinBoard.parse(await getCoinBoard(ctx));
    expect(board.items.find((row) => row.coin === coin)).toMatchObject({ price: 20, premium: null, warning: "CAUTION", nameEn: "Kept" });
    expect(board.feeds.find(({ feed, vendor }) => feed === "crypto-board" && vendor === "bithumb")).toMatchObject({ downSince: now.toISOString() });
  });

  it("pages through the markets, each once, and finds them by either name", async () => {
    const coins = Array.from({ length: 5 }, () => uniqueTicker("P"));
    const mark = `Pageable${coins[0]}`;
    await storeTickers(ctx, coins.map((coin, k) => aTicker("upbit", coin, 1, { value24h: k % 2 })), { runId: await aRun(), exchange: "upbit" });
    await ctx.db.cryptoMarket.updateMany({ where: { coin: { in: coins } }, data: { nameEn: mark, nameKo: "쪽" } });
    ctx.cache.drop("");
    for (const sort of ["value", "change", "premium", "name"] as const) {
      const seen: string[] = [];
      for (let cursor: string | null = null, n = 0; n < 5; n += 1) {
        const page: Awaited<ReturnType<typeof listCoins>> = await listCoins(ctx, { limit: 2, cursor, sort, search: mark });
        seen.push(...page.items.map(({ coin }) => coin));
        cursor = page.nextCursor;
        if (!cursor) break;
      }
      expect([...seen].sort()).toEqual([...coins].sort());
    }
    expect((await listCoins(ctx, { limit: 5, sort: "name", search: "쪽", exchange: "bithumb" })).items).toEqual([]);
  });

  it("draws the band of a year's readings and thins them out without touching what was imported", async () => {
    const coin = uniqueTicker("H");
    const runId = await aRun();
    const at = (k: number) => new Date(now.getTime() - 30 * DAY + k * 5 * MINUTE);
    const reading = (k: number, provider: string) => ({ exchange: "upbit", coin, at: new Date(at(k).getTime() + (provider === "import" ? 1 : 0)), krwPrice: 100, usdPrice: 1, bank: k / 1_000, match: "known", provider, runId });
    await ctx.db.coinPremium.createMany({ data: [...Array.from({ length: 24 }, (_, k) => reading(k, "nexus-engine")), reading(3, "import")] });
    await ctx.db.coinPremium.create({ data: { ...reading(30, "nexus-engine"), bank: 9, match: "far-from-board" } });
    const history = premiumHistory.parse(await getPremiumHistory(ctx, { symbol: coin }));
    expect(history).toMatchObject({ exchange: "upbit", exchanges: ["upbit"], band: { count: 25, inside: 0.9 }, provenance: { n: 25 } });
    expect(Math.max(...history.points.map(({ bank }) => bank!))).toBe(0.023);
    expect(history.wonPrices).toEqual([{ date: "2026-01-31", price: 100 }]);
    const { readings } = await expireCrypto(ctx);
    expect(readings).toBeGreaterThanOrEqual(21);
    const left = await ctx.db.coinPremium.findMany({ where: { coin }, orderBy: { at: "asc" } });
    expect(left.filter(({ provider }) => provider === "import")).toHaveLength(1);
    expect(left.filter(({ provider }) => provider !== "import").length).toBeLessThanOrEqual(3);
    expect(await getPremiumHistory(ctx, { symbol: uniqueTicker("Q") })).toMatchObject({ points: [], band: null });
  });

  it("shows each rule with its inputs, the assumed ones marked, and no answer where one is missing", async () => {
    const coin = uniqueTicker("G");
    await storeTickers(ctx, [aTicker("upbit", coin, 100, { value24h: 5e9 })], { runId: await aRun(), exchange: "upbit" });
    await ingestDerivatives(ingestWith({ futures: [aFuture(coin), aFuture("OTHER")] }), { coin });
    const bare = coinInvestment.parse(await getCoinInvestment(ctx, { symbol: coin }));
    expect(bare.guidance.map(({ rule, value }) => [rule, value])).toEqual([["volatility-budget", null], ["loss-limit", null], ["exit-size", 50_000_000], ["premium-place", null], ["funding-cost", expect.closeTo(0.1095, 8)]]);
    expect(bare.derivatives).toMatchObject([{ basis: expect.closeTo(0.01, 10) as number, openInterest: 10 }]);
    expect(bare.risk).toBeNull();
    const instrument = await ctx.db.instrument.create({ data: { symbol: `${coin}-USD`, name: coin, kind: "CRYPTO", currency: "USD", calendar: "24/7", priceOrigin: "RECORDED", provider: "test" } });
    const runId = await aRun();
    await ctx.db.priceBar.createMany({ data: [100, 120, 90, 130, 117].map((close, k) => ({ instrumentId: instrument.id, interval: "D1" as const, time: new Date(Date.UTC(2026, 1, 1 + k)), open: close, high: close, low: close, close, volume: 1, origin: "RECORDED" as const, provider: "test", runId })) });
    const full = await getCoinInvestment(ctx, { symbol: coin });
    expect(full.risk).toMatchObject({ maxDrawdown: { value: -0.25, from: "2026-02-02", to: "2026-02-03" }, drawdown: expect.closeTo(-0.1, 10) as number, provenance: { basis: "computed", reference: `${coin}-USD` } });
    expect(full.guidance.find(({ rule }) => rule === "loss-limit")).toMatchObject({ value: 0.2, inputs: [{ name: "maxDrawdown", value: -0.25 }, { name: "lossLimit", value: 0.05, provenance: { basis: "assumed" } }] });
    await expect(getCoinInvestment(ctx, { symbol: "NOSUCHCOIN" })).rejects.toMatchObject({ code: "NOT_FOUND", details: { field: "symbol" } });
  });

  it("tells of a coin what vendors told, each part with its source, and nothing else", async () => {
    await storeTickers(ctx, [aTicker("upbit", "BTC", 100)], { runId: await aRun(), exchange: "upbit" });
    const bare = coinConcept.parse(await getCoinConcept(ctx, { symbol: "BTC" }));
    expect(bare).toMatchObject({ background: null, categories: null, features: [], faq: [{ code: "where-traded" }] });
    expect(await listCoinsToRefresh(ingestWith({}), { limit: 200 })).toContain("BTC");
    const sources = ingestWith({ detail: aDetail("BTC"), markets: [aCoin("BTC"), { ...aCoin("XYZ"), id: "another-coin" }] });
    expect(await ingestCoinMarkets(sources)).toMatchObject({ received: 2, changed: 1, rejected: 1 });
    expect(await ingestCoinDetail(sources, { coin: "BTC" })).toMatchObject({ changed: 2 });
    expect(await ingestCoinDetail(sources, { coin: "BTC" })).toMatchObject({ changed: 0 });
    await expect(ingestCoinDetail(sources, { coin: "NOTKNOWN" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const told = coinConcept.parse(await getCoinConcept(ctx, { symbol: "BTC" }));
    expect(told).toMatchObject({ categories: ["Cryptocurrency", "Test Field"], background: { consensus: "SHA-256", whitepaper: null, provenance: { provider: "coingecko", basis: "reported" } } });
    expect(told.features.map(({ code }) => code)).toEqual(["consensus", "supplyCapped", "genesis", "openSource"]);
    const system = coinEcosystem.parse(await getCoinEcosystem(ctx, { symbol: "BTC" }));
    expect(system).toMatchObject({ community: null, development: { contributors: 800, issuesClosedShare: 0.75, forks: null }, maturity: { rank: 1, fromAllTimeHigh: -0.5 }, competition: { category: "Cryptocurrency", items: [] } });
    expect(system.maturity.issuedShare).toBeCloseTo(19 / 21, 10);
    expect(system.maturity.ageYears).toBeCloseTo(17.16, 1);
  });
});
