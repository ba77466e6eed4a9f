import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { boardInput } from "@/server/contracts/market";
import { aCompany, anInstrument, someBars, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createScratchDatabase } from "@/server/testing/scratch-database";
import { createTestCtx } from "@/server/testing/test-ctx";
import { getMarketBias } from "./get-market-bias";
import { getMarketBoard } from "./get-market-board";
import { getPriceLevels } from "./get-price-levels";
import { getStock } from "./get-stock";
import { listMarketClocks } from "./list-market-clocks";

/** Who belongs to an index is everybody's: these tests have a database where nobody else says so. */
const scratch = await createScratchDatabase();
const ctx = createTestCtx({ connectionString: scratch.connectionString });
afterAll(async () => {
  await ctx.db.$disconnect();
  await scratch.drop();
});
beforeEach(() => ctx.cache.drop("market:"));

const DAY_MS = 86_400_000;
/** Later than any bar of another test. */
const days = (count: number) => Array.from({ length: count }, (_, i) => new Date(Date.UTC(2033, 0, 1) + i * DAY_MS).toISOString().slice(0, 10));

async function aShare(closes: readonly (readonly [string, number])[], volume?: number) {
  const company = await aCompany(ctx.db, { sectorCode: "BANKING" });
  const share = await anInstrument(ctx.db, { symbol: company.ticker, companyId: company.id, priceOrigin: "RECORDED" });
  await someBars(ctx.db, share, closes, volume);
  return share.symbol;
}
const drop = (symbols: string[]) => ctx.db.priceBar.deleteMany({ where: { instrument: { symbol: { in: symbols } } } });
const board = (part: Partial<Parameters<typeof getMarketBoard>[1]> = {}) => getMarketBoard(ctx, boardInput.parse({ board: "sp500", ...part }));

describe("the board", () => {
  it("shows all stored shares and says that no list of members is stored, then the members alone, sorted with what is unknown last", async () => {
    const long = await aShare(days(260).map((date, i) => [date, 100 + i] as const));
    const short = await aShare(days(260).slice(-3).map((date, i) => [date, 50 - i] as const));
    try {
      const open = await board({ sort: "oneYear", order: "asc" });
      expect(open).toMatchObject({ membership: { code: "noList", listed: null, stored: 2 }, session: days(260).at(-1), provenance: { basis: "computed", n: 2 } });
      expect(open.rows.map(({ symbol }) => symbol)).toEqual([long, short]);
      expect(open.rows[0]).toMatchObject({ oneWeek: expect.closeTo(359 / 354 - 1, 12), yearPlace: 1, relativeTurnover: expect.closeTo(359 / 348.5, 3), sector: "BANKING" });
      expect(open.rows[1]).toMatchObject({ oneYear: null, yearPlace: null, relativeTurnover: null, quote: { change: expect.closeTo(48 / 49 - 1, 12) } });
      expect((await board({ search: short.toLowerCase() })).rows.map(({ symbol }) => symbol)).toEqual([short]);
      expect((await board({ sector: "CRYPTO" })).rows).toEqual([]);

      const run = await ctx.db.ingestionRun.create({ data: { provider: "test", subject: "constituents", scope: "test" } });
      await ctx.db.indexMember.createMany({ data: [long, uniqueTicker("GONE")].map((symbol) => ({ index: "SP500", symbol, provider: "test", asOf: new Date("2033-01-05"), runId: run.id })) });
      ctx.cache.drop("market:");
      expect(await board()).toMatchObject({ membership: { code: "members", provider: "test", asOf: "2033-01-05", listed: 2, stored: 1 }, rows: [{ symbol: long }] });
    } finally {
      await ctx.db.indexMember.deleteMany({ where: { index: "SP500", provider: "test" } });
      await drop([long, short]);
    }
  });

  it("gives no daily change over a missing session, but one over a weekend", async () => {
    const gap = await aShare([["2026-06-01", 10], ["2026-06-03", 12]]);
    const whole = await aShare([["2026-06-05", 10], ["2026-06-08", 12]]);
    expect((await getStock(ctx, { symbol: gap })).quote).toMatchObject({ price: 12, previousClose: null, change: null });
    expect((await getStock(ctx, { symbol: whole })).quote).toMatchObject({ price: 12, previousClose: 10, change: expect.closeTo(0.2, 12) });
    await drop([gap, whole]);
  });
});

describe("around the board", () => {
  it("finds the levels that a price turned at, and names one that is not stored", async () => {
    const symbol = uniqueTicker("LV");
    const instrument = await anInstrument(ctx.db, { symbol, kind: "INDEX", priceOrigin: "RECORDED" });
    await someBars(ctx.db, instrument, days(60).map((date, i) => [date.replace("2033", "2026"), 100 + 10 * Math.sin((i * Math.PI) / 6)] as const));
    const { levels, close, from, to } = await getPriceLevels(ctx, { symbol, sessions: 60 });
    expect(levels.map(({ kind }) => kind)).toEqual(["support", "resistance"]);
    expect(levels.every(({ touches, first, last }) => touches >= 2 && first >= from && last <= to)).toBe(true);
    expect(levels[0]!.distance).toBeCloseTo(levels[0]!.price / close - 1, 12);
    await drop([symbol]);
    await expect(getPriceLevels(ctx, { symbol, sessions: 60 })).rejects.toMatchObject({ code: "RULE_VIOLATED" });
    await expect(getPriceLevels(ctx, { symbol: "ZZZZNOPE", sessions: 60 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("says nothing of a lean while nothing is stored, and leaves out a calendar that is not kept for the year", async () => {
    const empty = { ...ctx, db: new Proxy(ctx.db, { get: (db, name) => (name === "$queryRaw" ? async () => [] : (Reflect.get(db, name) as unknown)) }) };
    expect(await getMarketBias(empty)).toMatchObject({ bias: null, score: null, coverage: 0 });
    const names = (now: string) => listMarketClocks({ now: () => new Date(now) }).items.map(({ calendar, isOpen }) => [calendar, isOpen]);
    expect(names("2026-11-20T15:00:00Z")).toEqual([["XNYS", true], ["XNAS", true], ["XKRX", false], ["FX", true], ["24/7", true]]);
    expect(names("2027-11-20T15:00:00Z").map(([name]) => name)).not.toContain("XKRX");
  });
});
