import { afterAll, describe, expect, it } from "vitest";
import { earningsPage, economicPage, ipoPage } from "@/server/contracts/calendar";
import type { EarningsRow, EconomicEventRow, IpoRow } from "@/server/providers/capabilities";
import { uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { exportCalendar } from "./export-calendar";
import { listEarnings, listEconomicEvents, listIpos } from "./list-events";
import { storeEarnings, storeEconomicEvents, storeIpos } from "./store-events";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

/** Each test has a month of its own far from the others', so that what a vendor no longer names is only what this test stored. */
let year = 2100;
const aMonth = () => `${year++}-05`;
const provenance = { provider: "finnhub" as const, asOf: "2025-01-01", url: null, accession: null };
const aReport = (symbol: string, date: string, more: Partial<EarningsRow> = {}): EarningsRow => ({ provenance, symbol, date, when: null, fiscalYear: null, fiscalQuarter: null, epsEstimate: null, epsActual: null, revenueEstimate: null, revenueActual: null, currency: null, ...more });
const aRun = async () => (await ctx.db.ingestionRun.create({ data: { provider: "finnhub", subject: "calendar", scope: "test" } })).id;

describe("calendar", () => {
  it("stores a report once, keeps what is known, and takes a moved one off its old day", async () => {
    const [month, moved, given] = [aMonth(), uniqueTicker("E"), uniqueTicker("G")];
    const window = { from: `${month}-01`, to: `${month}-28` };
    const first = [aReport(moved, `${month}-03`, { epsEstimate: "1.10" }), aReport(given, `${month}-02`, { when: "after-close", epsEstimate: "2.00", epsActual: "2.50", currency: "USD" })];
    expect(await storeEarnings(ctx, first, { runId: await aRun(), window })).toBe(2);
    expect(await storeEarnings(ctx, first, { runId: await aRun(), window })).toBe(0);
    expect(await storeEarnings(ctx, [aReport(moved, `${month}-05`, { epsEstimate: "1.10" })], { runId: await aRun(), window })).toBe(2);
    const page = earningsPage.parse(await listEarnings(ctx, { ...window, limit: 10 }));
    expect(page.items).toMatchObject([{ symbol: given, date: `${month}-02`, when: "after-close", epsActual: "2.5", surprise: 0.25, company: null }, { symbol: moved, date: `${month}-05`, surprise: null }]);
    expect(await storeEarnings(ctx, [aReport(given, `${month}-02`)], { runId: await aRun(), window: { from: window.from, to: `${month}-02` } })).toBe(0);
  });

  it("pages by day and name, and lists the members of an index alone", async () => {
    const month = aMonth();
    const window = { from: `${month}-01`, to: `${month}-28` };
    const symbols = Array.from({ length: 5 }, () => uniqueTicker("P"));
    await storeEarnings(ctx, symbols.map((symbol, k) => aReport(symbol, `${month}-0${1 + (k % 2)}`)), { runId: await aRun(), window });
    await ctx.db.indexMember.create({ data: { index: "SP500", symbol: symbols[0]!, provider: "test", asOf: new Date("2025-01-01"), runId: await aRun() } });
    const seen: string[] = [];
    for (let cursor: string | null = null, n = 0; n < 5; n++) {
      const page: Awaited<ReturnType<typeof listEarnings>> = await listEarnings(ctx, { ...window, limit: 2, cursor });
      seen.push(...page.items.map(({ symbol }) => symbol));
      cursor = page.nextCursor;
      if (!cursor) break;
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen)).toEqual(new Set(symbols));
    expect((await listEarnings(ctx, { ...window, limit: 10 }, { membersOnly: true })).items.map(({ symbol }) => symbol)).toEqual([symbols[0]]);
    await expect(listEarnings(ctx, { from: `${month}-09`, to: `${month}-01`, limit: 1 })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(listEarnings(ctx, { ...window, limit: 1, cursor: Buffer.from('["earnings false","x","y"]').toString("base64url") })).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "cursor" } });
  });

  it("keeps new listings that took place and drops those that were called off", async () => {
    const month = aMonth();
    const window = { from: `${month}-01`, to: `${month}-28` };
    const anIpo = (name: string, more: Partial<IpoRow> = {}): IpoRow => ({ provenance, symbol: null, name, date: `${month}-10`, exchange: "NYSE", priceLow: "10", priceHigh: "12", shares: "1000000", totalValue: null, currency: "USD", status: "expected", ...more });
    const [priced, gone] = [`Priced ${month}`, `Gone ${month}`];
    expect(await storeIpos(ctx, [anIpo(priced, { status: "priced" }), anIpo(gone)], { runId: await aRun(), window })).toBe(2);
    expect(await storeIpos(ctx, [anIpo(`New ${month}`)], { runId: await aRun(), window })).toBe(2);
    expect(ipoPage.parse(await listIpos(ctx, { ...window, limit: 10 })).items.map(({ name }) => name)).toEqual([`New ${month}`, priced]);
    expect((await listIpos(ctx, { ...window, limit: 10, status: "priced" })).items).toMatchObject([{ name: priced, priceLow: "10", status: "priced" }]);
  });

  it("lists figures in the order of time with what is known of them", async () => {
    const month = aMonth();
    const window = { from: `${month}-01`, to: `${month}-28` };
    const aFigure = (name: string, at: string, more: Partial<EconomicEventRow> = {}): EconomicEventRow => ({ provenance, externalId: null, name, country: "US", at, importance: "high", unit: "%", actual: null, estimate: "3.1", previous: "3.0", period: null, seriesId: null, ...more });
    await storeEconomicEvents(ctx, [aFigure("CPI", `${month}-12T13:30:00.000Z`), aFigure("Payrolls", `${month}-05T13:30:00.000Z`, { importance: "low", country: "KR" })], { runId: await aRun(), window });
    expect(await storeEconomicEvents(ctx, [aFigure("CPI", `${month}-12T13:30:00.000Z`, { actual: "3.2" }), aFigure("Payrolls", `${month}-05T13:30:00.000Z`, { importance: "low", country: "KR" })], { runId: await aRun(), window })).toBe(1);
    expect(economicPage.parse(await listEconomicEvents(ctx, { ...window, limit: 10 })).items.map(({ name, actual }) => [name, actual])).toEqual([["Payrolls", null], ["CPI", "3.2"]]);
    expect((await listEconomicEvents(ctx, { ...window, limit: 10, country: "KR" })).items).toHaveLength(1);
    expect((await listEconomicEvents(ctx, { ...window, limit: 10, importance: "high" })).items).toMatchObject([{ name: "CPI", estimate: "3.1" }]);
  });

  it("writes a file that a calendar reads, with the same ids each time", async () => {
    const [month, symbol] = [aMonth(), uniqueTicker("I")];
    const window = { from: `${month}-01`, to: `${month}-28` };
    await storeEarnings(ctx, [aReport(symbol, `${month}-03`, { when: "before-open", epsEstimate: "1.10", currency: "USD" })], { runId: await aRun(), window });
    const file = await exportCalendar(ctx, { kind: "earnings", ...window });
    const lines = file.content.split("\r\n");
    expect(file.events).toBe(1);
    expect(lines[0]).toBe("BEGIN:VCALENDAR");
    expect(lines).toContain(`UID:earnings-${symbol}-${month}-03@nexus-alpha`);
    expect(lines).toContain(`DTSTART;VALUE=DATE:${month.replace("-", "")}03`);
    expect(file.content).toContain(`SUMMARY:${symbol} reports before the open`);
    expect((await exportCalendar(ctx, { kind: "ipo", ...window })).events).toBe(0);
  });
});
