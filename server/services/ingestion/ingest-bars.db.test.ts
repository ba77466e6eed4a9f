import { afterAll, describe, expect, it } from "vitest";
import { sessionDates } from "@/server/domain/calendar/session-on";
import { tradingDate } from "@/server/domain/calendar/trading-date";
import type { BarRow, SplitRow } from "@/server/providers/capabilities";
import { anInstrument, someBars, uniqueTicker } from "@/server/testing/factories/market-factory";
import { aBarSeries, aQuote, aSplit, aVendor, aVendorBar } from "@/server/testing/factories/vendor-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { ingestDailyBars } from "./ingest-daily-bars";
import { ingestIntradayBars } from "./ingest-intraday-bars";
import { ingestQuotes } from "./ingest-quotes";

/** Friday 2025-01-31, 17:00 in New York. */
const NOW = new Date("2025-01-31T22:00:00Z");
const ctx = createTestCtx({ now: () => NOW });
afterAll(() => ctx.db.$disconnect());

const DATES = sessionDates("XNYS", tradingDate("2025-01-02"), tradingDate("2025-01-31"));
const closes = (level = 100, dates: readonly string[] = DATES) => dates.map((date, k) => aVendorBar(date, level + k));
const vendor = (symbol: string, bars: readonly BarRow[], { splits, currency = "USD" }: { splits?: readonly SplitRow[]; currency?: string } = {}) => {
  const providers = aVendor({ dailyBars: { fetchDailyBars: async ({ from, to }) => aBarSeries(symbol, bars.filter(({ time }) => time.slice(0, 10) >= from && time.slice(0, 10) <= (to ?? "9")), currency) }, ...(splits && { splits: { fetchSplits: async () => [...splits] } }) });
  return { ...ctx, providers };
};
const stored = (instrumentId: string) => ctx.db.priceBar.findMany({ where: { instrumentId }, orderBy: [{ interval: "asc" }, { time: "asc" }] });
const reasons = async (runId: string) => (await ctx.db.importReject.findMany({ where: { runId } })).map(({ reason }) => reason);

describe("ingestDailyBars", () => {
  it("puts the first recorded bars in the place of all simulated ones, once", async () => {
    const instrument = await anInstrument(ctx.db, { symbol: uniqueTicker("D") });
    await someBars(ctx.db, instrument, [["2025-01-02", 7], ["2025-02-03", 8]]);
    const from = vendor(instrument.symbol, closes());
    const first = await ingestDailyBars(from, { symbol: instrument.symbol });
    expect(first).toMatchObject({ received: DATES.length, changed: DATES.length, rejected: 0, provider: "yahoo" });
    const bars = await stored(instrument.id);
    expect(new Set(bars.map(({ origin }) => origin))).toEqual(new Set(["RECORDED"]));
    expect(bars).toHaveLength(DATES.length);
    expect(await ctx.db.instrument.findUniqueOrThrow({ where: { id: instrument.id } })).toMatchObject({ priceOrigin: "RECORDED", barsAdjustedFor: "splits" });
    // A step that was killed after storing, or before telling so, is run again.
    expect(await ingestDailyBars(from, { symbol: instrument.symbol })).toMatchObject({ changed: 0, rejected: 0 });
    expect(await stored(instrument.id)).toEqual(bars);
    expect(await ctx.db.ingestionRun.count({ where: { scope: instrument.symbol, status: "SUCCEEDED" } })).toBe(2);
  });

  it("keeps what is simulated while the vendor has nothing that can be used", async () => {
    const instrument = await anInstrument(ctx.db, { symbol: uniqueTicker("D") });
    await someBars(ctx.db, instrument, [["2025-01-02", 7]]);
    const wrong = await ingestDailyBars(vendor(instrument.symbol, closes(), { currency: "EUR" }), { symbol: instrument.symbol });
    expect(wrong).toMatchObject({ changed: 0, rejected: DATES.length });
    expect((await reasons(wrong.runId))[0]).toBe("in EUR, not USD");
    expect(await ingestDailyBars(vendor(instrument.symbol, []), { symbol: instrument.symbol })).toMatchObject({ changed: 0 });
    expect(await stored(instrument.id)).toMatchObject([{ origin: "SIMULATED", close: 7 }]);
  });

  it("takes bars of closed sessions alone, refuses unsound ones and says why", async () => {
    const instrument = await anInstrument(ctx.db, { symbol: uniqueTicker("D") });
    const bad = { ...aVendorBar("2025-01-13", 50), high: 40 };
    const inSession = { ...vendor(instrument.symbol, [...closes().filter(({ time }) => time !== bad.time), bad, aVendorBar("2025-01-20", 90)]), now: () => new Date("2025-01-31T20:59:00Z") };
    const run = await ingestDailyBars(inSession, { symbol: instrument.symbol });
    expect(await reasons(run.runId)).toEqual(["high < low"]);
    const days = (await stored(instrument.id)).map(({ time }) => time.toISOString().slice(0, 10));
    // The thirteenth was unsound, the twentieth a holiday, and the thirty-first was not over.
    expect(days).toEqual(DATES.filter((date) => date !== "2025-01-13" && date !== "2025-01-31"));
  });

  it("asks only for what is new, takes corrections, and writes nothing else", async () => {
    const instrument = await anInstrument(ctx.db, { symbol: uniqueTicker("D") });
    await ingestDailyBars(vendor(instrument.symbol, closes(100, DATES.slice(0, -2))), { symbol: instrument.symbol });
    const corrected = closes().map((bar, k) => (k === DATES.length - 4 ? { ...bar, volume: 5_000 } : bar));
    const from = vendor(instrument.symbol, corrected);
    expect(await ingestDailyBars(from, { symbol: instrument.symbol })).toMatchObject({ changed: 3 });
    expect(from.providers.calls).toEqual([{ capability: "dailyBars", query: { symbol: instrument.symbol, from: "2025-01-14", to: "2025-01-31" } }]);
  });

  it("stores once from two runs at a time", async () => {
    const instrument = await anInstrument(ctx.db, { symbol: uniqueTicker("D") });
    await someBars(ctx.db, instrument, [["2025-01-02", 7]]);
    const runs = await Promise.all([1, 2].map(() => ingestDailyBars(vendor(instrument.symbol, closes()), { symbol: instrument.symbol })));
    expect(runs.map(({ changed }) => changed).sort((a, b) => a - b)).toEqual([0, DATES.length]);
  });
});

describe("bars that meet imported ones", () => {
  const imported = async (levels: readonly number[]) => {
    const instrument = await anInstrument(ctx.db, { symbol: uniqueTicker("D"), priceOrigin: "RECORDED" });
    await someBars(ctx.db, instrument, levels.map((close, k) => [DATES[k]!, close] as const));
    return instrument;
  };

  it("go on with them where the newest sessions agree, and never write over the older ones", async () => {
    // A dividend before the sixth session: what was imported lies below by two per cent until then.
    const instrument = await imported(DATES.slice(0, 12).map((_, k) => (100 + k) * (k < 5 ? 0.98 : 1)));
    expect(await ingestDailyBars(vendor(instrument.symbol, closes()), { symbol: instrument.symbol })).toMatchObject({ changed: DATES.length - 12, rejected: 0 });
    const bars = await stored(instrument.id);
    expect([bars[0]!.close, bars[5]!.close, bars.at(-1)!.close]).toEqual([98, 105, 100 + DATES.length - 1]);
    expect(bars[0]!.provider).toBe("test");
  });

  it("are refused with the reason where levels differ", async () => {
    const instrument = await imported(DATES.slice(0, 12).map((_, k) => (100 + k) * 0.9));
    const run = await ingestDailyBars(vendor(instrument.symbol, closes()), { symbol: instrument.symbol });
    expect(run).toMatchObject({ changed: 0, rejected: 18 });
    expect(await reasons(run.runId)).toEqual([expect.stringMatching(/differ by the factor 1\.111, and no split says why/)]);
    expect(await stored(instrument.id)).toHaveLength(12);
  });
});

describe("a split", () => {
  it("is applied to all stored bars before it, once, with an audit, and the bars after it are joined", async () => {
    const instrument = await anInstrument(ctx.db, { symbol: uniqueTicker("D") });
    const before = DATES.slice(0, 15);
    await ingestDailyBars(vendor(instrument.symbol, closes(400, before)), { symbol: instrument.symbol });
    const exDate = DATES[15]!;
    const adjusted = DATES.map((date, k) => aVendorBar(date, (400 + k) / 4, k < 15 ? 4_000 : 1_000));
    const from = vendor(instrument.symbol, adjusted, { splits: [aSplit(instrument.symbol, exDate, "1", "4")] });
    expect(await ingestDailyBars(from, { symbol: instrument.symbol })).toMatchObject({ rejected: 0 });
    const bars = await stored(instrument.id);
    expect(bars.map(({ close }) => close)).toEqual(adjusted.map(({ close }) => close));
    expect(bars.map(({ volume }) => volume)).toEqual(adjusted.map(({ volume }) => volume));
    expect(bars[0]!.splitFactor).toBe(0.25);
    expect(bars.at(-1)!.splitFactor).toBeNull();
    expect(await ctx.db.splitAdjustment.findMany({ where: { instrumentId: instrument.id } })).toMatchObject([{ factor: 0.25, bars: 15, firstTime: new Date(DATES[0]!), lastTime: new Date(DATES[14]!) }]);
    expect(await ingestDailyBars(from, { symbol: instrument.symbol })).toMatchObject({ changed: 0 });
    expect(await ctx.db.splitAdjustment.count({ where: { instrumentId: instrument.id } })).toBe(1);
  });

  it("that the vendor has not adjusted for yet, or had before we looked, changes nothing", async () => {
    const instrument = await anInstrument(ctx.db, { symbol: uniqueTicker("D") });
    const split = [aSplit(instrument.symbol, DATES[10]!, "1", "4")];
    await ingestDailyBars(vendor(instrument.symbol, closes(), { splits: split }), { symbol: instrument.symbol });
    expect(await ingestDailyBars(vendor(instrument.symbol, closes(), { splits: split }), { symbol: instrument.symbol })).toMatchObject({ changed: 0, rejected: 0 });
    expect(await ctx.db.splitAdjustment.count({ where: { instrumentId: instrument.id } })).toBe(0);
  });

  it("that nobody told of stops the bars rather than break the series", async () => {
    const instrument = await anInstrument(ctx.db, { symbol: uniqueTicker("D") });
    await ingestDailyBars(vendor(instrument.symbol, closes(400, DATES.slice(0, 15))), { symbol: instrument.symbol });
    const run = await ingestDailyBars(vendor(instrument.symbol, DATES.map((date, k) => aVendorBar(date, (400 + k) / 4))), { symbol: instrument.symbol });
    expect(await reasons(run.runId)).toEqual([expect.stringMatching(/factor 0\.2500, and no split says why/)]);
    expect(await stored(instrument.id)).toHaveLength(15);
  });
});

describe("ingestIntradayBars", () => {
  const minutes = (symbol: string, count: number) => ({ ...ctx, providers: aVendor({ intradayBars: { fetchIntradayBars: async () => aBarSeries(symbol, Array.from({ length: count }, (_, k) => aVendorBar(new Date(Date.parse("2025-01-31T20:50:00Z") + k * 60_000).toISOString(), 100 + k))) } }) });

  it("stores minutes of the session that are over, once, and asks from the last one on", async () => {
    const instrument = await anInstrument(ctx.db, { symbol: uniqueTicker("I") });
    await ingestDailyBars(vendor(instrument.symbol, closes()), { symbol: instrument.symbol });
    const from = minutes(instrument.symbol, 20);
    // Ten of the twenty come after the close.
    expect(await ingestIntradayBars(from, { symbol: instrument.symbol })).toMatchObject({ received: 20, changed: 10, rejected: 0 });
    expect(await ingestIntradayBars(from, { symbol: instrument.symbol })).toMatchObject({ changed: 0 });
    expect(from.providers.calls.map(({ query }) => (query as { from: string }).from)).toEqual(["2025-01-26T22:00:00.000Z", "2025-01-31T20:49:00.000Z"]);
  });

  it("waits for a vendor's days: minutes are not mixed with what is simulated or imported", async () => {
    const simulated = await anInstrument(ctx.db, { symbol: uniqueTicker("I") });
    const imported = await anInstrument(ctx.db, { symbol: uniqueTicker("I"), priceOrigin: "RECORDED" });
    await someBars(ctx.db, imported, [["2025-01-30", 100]]);
    for (const { symbol } of [simulated, imported]) await expect(ingestIntradayBars(minutes(symbol, 5), { symbol })).rejects.toMatchObject({ code: "RULE_VIOLATED" });
  });
});

describe("ingestQuotes", () => {
  it("keeps the newest quote of recorded instruments, and none of simulated ones", async () => {
    const [recorded, simulated] = [await anInstrument(ctx.db, { symbol: uniqueTicker("Q"), priceOrigin: "RECORDED" }), await anInstrument(ctx.db, { symbol: uniqueTicker("Q") })];
    const symbols = [recorded.symbol, simulated.symbol];
    const told = (rows: ReturnType<typeof aQuote>[]) => ingestQuotes({ ...ctx, providers: aVendor({ quotes: { fetchQuotes: async () => rows } }) }, { symbols });
    const first = [aQuote(recorded.symbol, 10, "2025-01-31T20:00:00Z", { bid: 9.9, ask: 10.1 }), aQuote(simulated.symbol, 10, "2025-01-31T20:00:00Z")];
    expect(await told(first)).toMatchObject({ received: 2, changed: 1, rejected: 1 });
    expect(await told(first)).toMatchObject({ changed: 0 });
    expect(await told([aQuote(recorded.symbol, 9, "2025-01-31T19:00:00Z")])).toMatchObject({ changed: 0 });
    expect(await told([aQuote(recorded.symbol, Number.NaN, "2025-01-31T21:00:00Z")])).toMatchObject({ changed: 0, rejected: 1 });
    expect(await told([aQuote(recorded.symbol, 9, "2025-02-01T21:00:00Z")])).toMatchObject({ changed: 0, rejected: 1 });
    expect(await ctx.db.latestQuote.findMany({ where: { instrumentId: { in: [recorded.id, simulated.id] } } })).toMatchObject([{ price: 10, bid: 9.9, ask: 10.1, provider: "yahoo" }]);
  });
});
