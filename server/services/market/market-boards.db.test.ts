import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { aCompany, anInstrument, someBars, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { getIndexOverview } from "./get-index-overview";
import { getMarketInternals } from "./get-market-internals";
import { listFunds } from "./list-funds";
import { listTrending } from "./list-trending";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());
beforeEach(() => ctx.cache.drop("market:"));

/** Later than any bar of another test, so that these shares are the newest session. */
const DAY_MS = 86_400_000;
const dates = Array.from({ length: 260 }, (_, i) => new Date(Date.UTC(2031, 0, 1) + i * DAY_MS).toISOString().slice(0, 10));
const SESSION = dates.at(-1)!;

async function aShare(closeAt: (i: number) => number, { volume = 1_000, from = 0, until = dates.length }: { volume?: number; from?: number; until?: number } = {}) {
  const company = await aCompany(ctx.db, { sectorCode: "BANKING" });
  const share = await anInstrument(ctx.db, { symbol: company.ticker, companyId: company.id, priceOrigin: "RECORDED" });
  await someBars(ctx.db, share, dates.slice(from, until).map((date, i) => [date, closeAt(from + i)] as const), volume);
  return share.symbol;
}
const drop = (symbols: string[]) => ctx.db.priceBar.deleteMany({ where: { instrument: { symbol: { in: symbols } } } });

describe("market boards", () => {
  it("tell of the shares with a bar of the newest session: counts, extremes, averages, volatility and correlation", async () => {
    const wave = (i: number) => 100 + 10 * Math.sin(i);
    const symbols = [await aShare((i) => 50 + i), await aShare((i) => 500 - i), await aShare(wave), await aShare((i) => 2 * wave(i), { volume: 3_000 })];
    // Its last bar is of an earlier session; the other has too short a past for averages.
    const [stale, young] = [await aShare((i) => 10 + i, { until: 250 }), await aShare((i) => 10 + i, { from: 240 })];
    try {
      const found = await getMarketInternals(ctx);
      const risen = wave(259) > wave(258) ? 2 : 0;
      expect(found).toMatchObject({ session: SESSION, shares: 5, breadth: { advancers: 2 + risen, decliners: 3 - risen, unchanged: 0 }, provenance: { basis: "computed", asOf: SESSION, n: 5 } });
      expect(found.extremes).toEqual({ sessions: 252, shares: 4, newHighs: 1, newLows: 1 });
      expect(found.aboveAverage.map(({ sessions, shares }) => [sessions, shares])).toEqual([[50, 4], [200, 4]]);
      expect(found.volatility).toMatchObject({ sessions: 20, windows: 252 - 20 + 1 });
      // The young share lacks the sixty sessions; the two waves move as one.
      expect(found.correlation).toMatchObject({ sessions: 60, shares: 4 });
      expect(found.correlation!.value).toBeGreaterThan(-1);

      const overview = await getIndexOverview(ctx);
      expect(overview.storedShares).toMatchObject({ session: SESSION, shares: 5, sectors: [{ sector: "BANKING", shares: 5 }] });
      expect(overview.storedShares.sectors[0]!.turnover).toBeCloseTo(1_000 * (309 + 241 + wave(259) + 269) + 3_000 * 2 * wave(259), 4);
    } finally {
      await drop([...symbols, stale, young]);
    }
  });

  it("rank shares by how much more of them changed hands than before, page by page", async () => {
    const quiet = await aShare(() => 10);
    const busy = await aShare(() => 20);
    try {
      await ctx.db.priceBar.updateMany({ where: { instrument: { symbol: busy }, time: new Date(SESSION) }, data: { volume: 4_000 } });
      const first = await listTrending(ctx, { limit: 1 });
      expect(first.items).toMatchObject([{ symbol: busy, relativeTurnover: 4, turnover: 80_000 }]);
      const second = await listTrending(ctx, { limit: 1, cursor: first.nextCursor });
      expect(second).toMatchObject({ items: [{ symbol: quiet, relativeTurnover: 1 }], nextCursor: null });
    } finally {
      await drop([quiet, busy]);
    }
  });

  it("list funds by symbol and no shares", async () => {
    const prefix = uniqueTicker("AA");
    const funds = [];
    for (const name of ["B", "A"]) funds.push(await anInstrument(ctx.db, { symbol: `${prefix}${name}`, kind: "ETF" }));
    for (const fund of funds) await someBars(ctx.db, fund, [["2031-01-01", 10], ["2031-01-02", 11]]);
    const { items } = await listFunds(ctx, { limit: 200 });
    const own = items.filter(({ symbol }) => symbol.startsWith(prefix));
    expect(own.map(({ symbol, quote }) => [symbol.at(-1), quote.change])).toEqual([["A", expect.closeTo(0.1, 12)], ["B", expect.closeTo(0.1, 12)]]);
    expect(new Set((await ctx.db.instrument.findMany({ where: { symbol: { in: items.map(({ symbol }) => symbol) } } })).map(({ kind }) => kind))).toEqual(new Set(["ETF"]));
  });

  it("say nothing where nothing is stored, rather than 0", async () => {
    const empty = { ...ctx, db: new Proxy(ctx.db, { get: (db, name) => (name === "$queryRaw" ? async () => [] : (Reflect.get(db, name) as unknown)) }) };
    expect(await getMarketInternals(empty)).toMatchObject({ session: null, shares: 0, breadth: { netShare: null, armsIndex: null }, volatility: null, correlation: null, aboveAverage: [{ share: null }, { share: null }] });
    ctx.cache.drop("market:");
    expect(await getIndexOverview(empty)).toMatchObject({ index: null, returns: null, range: null, storedShares: { session: null, shares: 0, sectors: [] } });
  });
});
