import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import type { Capabilities, CapabilityName, NewsRow, Providers } from "@/server/providers/capabilities";
import { aSeries, uniqueTicker } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { ingestCalendar } from "./ingest-calendar";
import { ingestMacroSeries } from "./ingest-macro-series";
import { ingestNews } from "./ingest-news";
import { ingestYieldCurve } from "./ingest-yield-curve";
import type { IngestCtx } from "./recorded-run";

const plain = createTestCtx({ now: () => new Date("2026-11-20T12:00:00Z") });
afterAll(() => plain.db.$disconnect());

/** A context whose vendors are what the test says. */
function asking(capabilities: Partial<Capabilities>): IngestCtx {
  const find = (name: CapabilityName) => capabilities[name] ?? null;
  const providers = { source: find, of: (_vendor: string, name: CapabilityName) => find(name), stream: () => null, vendorsWith: (name: CapabilityName) => (find(name) ? ["finnhub"] : []), status: () => [] };
  return { ...plain, providers: providers as unknown as Providers };
}

const provenance = { provider: "finnhub" as const, asOf: "2026-11-20", url: null, accession: null };
const aNewsRow = (more: Partial<NewsRow> = {}): NewsRow => ({ provenance, externalId: randomUUID(), headline: `${randomUUID()} profit rises`, summary: null, articleUrl: `https://wire.example/${randomUUID()}`, source: "Test Wire", author: null, imageUrl: null, publishedAt: "2026-11-20T10:00:00.000Z", language: "en", symbols: [], topics: [], sentiment: null, symbolSentiment: [], ...more });
const runOf = (id: string) => plain.db.ingestionRun.findUniqueOrThrow({ where: { id } });

describe("ingesting", () => {
  it("brings news once and leaves a row that says what came, changed and was refused", async () => {
    const rows = [aNewsRow(), aNewsRow({ sentiment: { score: -0.4, confidence: null, label: null, method: "vendor" } }), aNewsRow({ articleUrl: "javascript:alert(1)" }), aNewsRow({ publishedAt: "2999-01-01T00:00:00.000Z" })];
    const ctx = asking({ news: { fetchNews: async () => rows } });
    const first = await ingestNews(ctx, { vendor: "finnhub" });
    expect(first).toMatchObject({ received: 4, changed: 2, rejected: 2 });
    expect(await runOf(first.runId)).toMatchObject({ provider: "finnhub", subject: "news", status: "SUCCEEDED", received: 4, changed: 2, rejected: 2, asOf: new Date("2026-11-20T10:00:00Z") });
    expect(await ingestNews(ctx, { vendor: "finnhub" })).toMatchObject({ changed: 0 });
    expect(await plain.db.article.findFirst({ where: { title: rows[1]!.headline } })).toMatchObject({ sentiment: -0.4, sentimentMethod: "vendor", sentimentConfidence: 0.5 });
  });

  it("notes why a vendor failed and passes the failure on, storing nothing", async () => {
    const scope = `TESTFAIL ${randomUUID()}`;
    const ctx = asking({ news: { fetchNews: () => Promise.reject(new AppError("UPSTREAM_UNAVAILABLE", "finnhub does not answer", { provider: "finnhub" })) } });
    await expect(ingestNews(ctx, { vendor: "finnhub", symbols: [scope] })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(await plain.db.ingestionRun.findFirst({ where: { scope } })).toMatchObject({ status: "FAILED", error: "finnhub does not answer", received: 0, changed: 0 });
    await expect(ingestNews(asking({}), { vendor: "newsapi" })).rejects.toMatchObject({ code: "NOT_FOUND", details: { field: "vendor" } });
  });

  it("keeps a revised value beside the earlier one and stores what is known once", async () => {
    const series = await aSeries(plain.db, [["2026-08-01", 4], ["2026-09-01", 5]]);
    const row = (date: string, value: number, knownAt: string | null = null) => ({ provenance, date, value, knownAt });
    const ctx = asking({ macro: { fetchSeries: async () => [row("2026-08-01", 4), row("2026-09-01", 5.5), row("2026-10-01", 6, "2026-11-10")] } });
    expect(await ingestMacroSeries(ctx, { code: series.code })).toMatchObject({ received: 3, changed: 2 });
    expect(await ingestMacroSeries(ctx, { code: series.code })).toMatchObject({ received: 3, changed: 0 });
    const stored = await plain.db.macroObservation.findMany({ where: { seriesId: series.id }, orderBy: [{ date: "asc" }, { knownAt: "asc" }] });
    expect(stored.slice(1).map(({ date, knownAt, value }) => [date.toISOString().slice(0, 10), knownAt.toISOString().slice(0, 10), value])).toEqual([["2026-09-01", expect.any(String), 5], ["2026-09-01", "2026-11-20", 5.5], ["2026-10-01", "2026-11-10", 6]]);
    await expect(ingestMacroSeries(ctx, { code: "NOSUCHSERIES" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("brings a calendar from the days behind to the weeks ahead", async () => {
    const symbol = uniqueTicker("Q");
    const asked: unknown[] = [];
    const ctx = asking({ earningsCalendar: { fetchEarnings: async (query) => (asked.push(query), [{ provenance, symbol, date: "2026-11-25", when: null, fiscalYear: null, fiscalQuarter: null, epsEstimate: "1.2", epsActual: null, revenueEstimate: null, revenueActual: null, currency: "USD" }]) } });
    expect(await ingestCalendar(ctx, { subject: "earnings" })).toMatchObject({ received: 1, changed: 1 });
    expect(asked).toEqual([{ from: "2026-11-10", to: "2027-01-04" }]);
    expect(await ingestCalendar(ctx, { subject: "earnings" })).toMatchObject({ changed: 0 });
  });

  it("keeps the Treasury's curve as a series for each maturity, in percent", async () => {
    const ctx = asking({ yieldCurve: { fetchYieldCurve: async () => [{ provenance, date: "2026-11-19", months: 3, yieldPerYear: 0.0391 }, { provenance, date: "2026-11-19", months: 120, yieldPerYear: 0.0407 }] } });
    expect(await ingestYieldCurve(ctx)).toMatchObject({ received: 2 });
    expect(await ingestYieldCurve(ctx)).toMatchObject({ changed: 0 });
    expect(await plain.db.macroSeries.findUnique({ where: { code: "UST_PAR_120M" }, include: { observations: true } })).toMatchObject({ name: "Treasury par yield, 10-year", unit: "Percent", frequency: "DAILY", observations: [{ value: 4.07 }] });
  });
});
