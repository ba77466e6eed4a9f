import { afterAll, describe, expect, it } from "vitest";
import { barsFile, quarantinedBarPage, sanityCheck, sanityCheckInput } from "@/server/contracts/bar-quality";
import { sessionDates } from "@/server/domain/calendar/session-on";
import { tradingDate } from "@/server/domain/calendar/trading-date";
import { anAdmin, asPerson } from "@/server/testing/factories/account-factory";
import { anInstrument, someBars, uniqueTicker } from "@/server/testing/factories/market-factory";
import { aBarSeries, aVendor, aVendorBar } from "@/server/testing/factories/vendor-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { ingestDailyBars } from "../ingestion/ingest-daily-bars";
import { recordedRun } from "../ingestion/recorded-run";
import { checkSeries } from "./check-series";
import { exportBars } from "./export-bars";
import { getSanityCheck } from "./get-sanity-check";
import { listBars } from "./list-bars";
import { listQuarantinedBars, quarantineBar, restoreBar, setIssueStatus } from "./quarantine-bar";
import { rollUpMinutes } from "./roll-up-minutes";
import { INTRADAY_SUBJECT } from "./vendor-bars";

const ctx = createTestCtx({ now: () => new Date("2025-04-01T02:00:00Z") });
afterAll(() => ctx.db.$disconnect());

const DATES = sessionDates("XNYS", tradingDate("2025-01-02"), tradingDate("2025-03-31"));
/** A price that moves by some half a per cent each day, with one close tenfold. */
const bars = DATES.map((date, k) => [date, (100 + Math.sin(k) + k / 10) * (k === 30 ? 10 : 1)] as const);
const BAD = DATES[30]!;
const check = async (symbol: string, more: Record<string, unknown> = {}) => sanityCheck.parse(await getSanityCheck(ctx, sanityCheckInput.parse({ symbol, ...more })));

async function aSpoiledSeries() {
  const instrument = await anInstrument(ctx.db, { symbol: uniqueTicker("C"), priceOrigin: "RECORDED" });
  await someBars(ctx.db, instrument, bars);
  await checkSeries(ctx, { symbols: [instrument.symbol] });
  return instrument;
}

describe("checkSeries", () => {
  it("keeps each fault once with when it was first and last seen, and resolves it when it is gone", async () => {
    const { id, symbol } = await aSpoiledSeries();
    const found = await check(symbol);
    expect(found).toMatchObject({ scores: [{ symbol, interval: "1d", score: 83, issues: 1, bars: DATES.length }], items: [{ kind: "spike", time: `${BAD}T00:00:00.000Z`, status: "open", firstSeenAt: "2025-04-01T02:00:00.000Z" }] });
    const tomorrow = { ...ctx, now: () => new Date("2025-04-02T02:00:00Z") };
    await checkSeries(tomorrow, { symbols: [symbol] });
    expect((await check(symbol)).items).toMatchObject([{ id: found.items[0]!.id, firstSeenAt: "2025-04-01T02:00:00.000Z", lastSeenAt: "2025-04-02T02:00:00.000Z" }]);
    await ctx.db.priceBar.updateMany({ where: { instrumentId: id, time: new Date(BAD) }, data: { open: 103, high: 104, low: 102, close: 103 } });
    await checkSeries({ ...ctx, now: () => new Date("2025-04-02T03:00:00Z") }, { symbols: [symbol] });
    expect(await check(symbol)).toMatchObject({ items: [], scores: [{ score: 100 }] });
    expect((await check(symbol, { status: "resolved" })).items).toMatchObject([{ kind: "spike", status: "resolved" }]);
  });

  it("goes through all series part by part", async () => {
    let after: string | null = "";
    let parts = 0;
    for (; after !== null && parts < 200; parts++) ({ after } = await checkSeries(ctx, { after }));
    expect(after).toBeNull();
    expect((await getSanityCheck(ctx, sanityCheckInput.parse({}))).series).toBeGreaterThan(0);
  });
});

describe("quarantine", () => {
  it("takes a bar out and puts it back as it was, and both stand in the audit log", async () => {
    const { symbol, id } = await aSpoiledSeries();
    const admin = await asPerson(ctx, await anAdmin(ctx.db));
    const before = await ctx.db.priceBar.findMany({ where: { instrumentId: id }, orderBy: { time: "asc" } });
    await quarantineBar(admin, { symbol, interval: "1d", time: `${BAD}T00:00:00.000Z`, reason: "Decimal slip" });
    expect((await listBars(ctx, { symbol, interval: "1d", limit: 500 })).gaps).toEqual([{ from: BAD, to: BAD, sessions: 1, reason: "quarantined" }]);
    expect(await check(symbol)).toMatchObject({ items: [], scores: [{ score: 100 }] });
    const kept = quarantinedBarPage.parse(await listQuarantinedBars(ctx, { limit: 50 })).items.find((bar) => bar.symbol === symbol);
    expect(kept).toMatchObject({ symbol, reason: "Decimal slip", restoredAt: null });
    await expect(quarantineBar(admin, { symbol, interval: "1d", time: `${BAD}T00:00:00.000Z`, reason: "Again" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await restoreBar(admin, { id: kept!.id });
    expect(await ctx.db.priceBar.findMany({ where: { instrumentId: id }, orderBy: { time: "asc" } })).toEqual(before);
    await expect(restoreBar(admin, { id: kept!.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await ctx.db.auditEntry.count({ where: { actorId: admin.user.id, action: { in: ["bar.quarantined", "bar.restored"] } } })).toBe(2);
    expect(await ctx.db.quarantinedBar.count({ where: { instrumentId: id } })).toBe(1);
  });

  it("does not let a vendor bring the same bad bar back, but a correction", async () => {
    const symbol = uniqueTicker("C");
    await anInstrument(ctx.db, { symbol });
    const admin = await asPerson(ctx, await anAdmin(ctx.db));
    const told = (close: number) => ({ ...ctx, providers: aVendor({ dailyBars: { fetchDailyBars: async () => aBarSeries(symbol, DATES.map((date, k) => aVendorBar(date, k === DATES.length - 3 ? close : 100 + k))) } }) });
    await ingestDailyBars(told(999), { symbol });
    const time = `${DATES.at(-3)}T00:00:00.000Z`;
    await quarantineBar(admin, { symbol, interval: "1d", time, reason: "Not a price" });
    expect(await ingestDailyBars(told(999), { symbol })).toMatchObject({ changed: 0 });
    expect(await ingestDailyBars(told(160), { symbol })).toMatchObject({ changed: 1 });
    const kept = (await listQuarantinedBars(ctx, { limit: 50 })).items.find((bar) => bar.symbol === symbol);
    await expect(restoreBar(admin, { id: kept!.id })).rejects.toMatchObject({ code: "CONFLICT", details: { reason: "PLACE_TAKEN" } });
  });

  it("leaves an ignored fault out of the score as long as it is there", async () => {
    const { symbol } = await aSpoiledSeries();
    const admin = await asPerson(ctx, await anAdmin(ctx.db));
    const [issue] = (await check(symbol)).items;
    await setIssueStatus(admin, { id: issue!.id, status: "ignored" });
    expect(await check(symbol)).toMatchObject({ items: [], scores: [{ score: 100 }] });
    await checkSeries({ ...ctx, now: () => new Date("2025-04-03T02:00:00Z") }, { symbols: [symbol] });
    expect((await check(symbol, { status: "ignored" })).items).toHaveLength(1);
    await setIssueStatus(admin, { id: issue!.id, status: "open" });
    expect(await check(symbol)).toMatchObject({ scores: [{ score: 83 }] });
  });
});

describe("exportBars", () => {
  it("writes every bar with its currency and origin, for programs and for spreadsheets", async () => {
    const { symbol } = await aSpoiledSeries();
    const file = barsFile.parse(await exportBars(ctx, { symbol, interval: "1d", format: "csv", from: "2025-01-02", to: "2025-01-03" }));
    expect(file).toMatchObject({ name: `${symbol}-1d.csv`, bars: 2, isCut: false, provenance: { basis: "recorded", provider: "test" } });
    expect(file.content.trim().split("\n")).toEqual(["symbol,time,open,high,low,close,volume,currency,basis,provider", expect.stringMatching(new RegExp(`^${symbol},2025-01-02T00:00:00.000Z,100,101,99,100,1000,USD,recorded,test$`)), expect.any(String)]);
    const json = JSON.parse((await exportBars(ctx, { symbol, interval: "1w", format: "json" })).content) as { basis: string; bars: unknown[] };
    expect(json).toMatchObject({ symbol, basis: "recorded", currency: "USD" });
    expect(json.bars).toHaveLength(14);
  });

  it("lets no cell be run as a formula", async () => {
    const instrument = await anInstrument(ctx.db, { symbol: uniqueTicker("C"), priceOrigin: "RECORDED" });
    await ctx.db.priceBar.create({ data: { instrumentId: instrument.id, interval: "D1", time: new Date("2025-01-02"), open: 1, high: 1, low: 1, close: 1, volume: 0, origin: "RECORDED", provider: "=HYPERLINK(1)", runId: instrument.id } });
    expect((await exportBars(ctx, { symbol: instrument.symbol, interval: "1d", format: "csv" })).content).toContain(",'=HYPERLINK(1)");
  });
});

describe("rollUpMinutes", () => {
  it("makes hours of old minutes of a vendor, once, and leaves what a person brought", async () => {
    const [vendors, persons] = [await anInstrument(ctx.db, { symbol: uniqueTicker("C"), priceOrigin: "RECORDED" }), await anInstrument(ctx.db, { symbol: uniqueTicker("C"), priceOrigin: "RECORDED" })];
    const store = (instrumentId: string, runId: string, day: string) => ctx.db.priceBar.createMany({ data: Array.from({ length: 90 }, (_, k) => ({ instrumentId, runId, interval: "M1" as const, time: new Date(Date.parse(`${day}T14:30:00Z`) + k * 60_000), open: 10, high: 11, low: 9, close: 10, volume: 2, origin: "RECORDED" as const, provider: "test" })) });
    await recordedRun(ctx, { provider: "yahoo", subject: INTRADAY_SUBJECT, scope: vendors.symbol }, async (runId) => {
      await store(vendors.id, runId, "2025-01-02");
      await store(vendors.id, runId, "2025-03-28");
      return { received: 0, changed: 0, rejected: 0 };
    });
    await recordedRun(ctx, { provider: "import", subject: "prices", scope: persons.symbol }, async (runId) => {
      await store(persons.id, runId, "2025-01-02");
      return { received: 0, changed: 0, rejected: 0 };
    });
    const hoursBefore = await listBars(ctx, { symbol: vendors.symbol, interval: "1h", limit: 50 });
    await rollUpMinutes(ctx);
    expect(await listBars(ctx, { symbol: vendors.symbol, interval: "1h", limit: 50 })).toMatchObject({ time: hoursBefore.time, volume: hoursBefore.volume });
    const left = await ctx.db.priceBar.groupBy({ by: ["instrumentId", "interval"], where: { instrumentId: { in: [vendors.id, persons.id] } }, _count: { _all: true } });
    const counts = Object.fromEntries(left.map(({ instrumentId, interval, _count }) => [`${instrumentId === vendors.id ? "vendor" : "person"} ${interval}`, _count._all]));
    expect(counts).toEqual({ "vendor H1": 2, "vendor M1": 90, "person M1": 90 });
    expect(await rollUpMinutes(ctx)).toEqual({ instruments: 0, hours: 0, minutes: 0 });
  });
});
