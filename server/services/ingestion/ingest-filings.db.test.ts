import { afterAll, describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import type { Capabilities, CapabilityName, DebtMaturityRow, FilingRow, Providers, StatementRow } from "@/server/providers/capabilities";
import { aCompany, aStatement } from "@/server/testing/factories/market-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { areFundamentalsDue, ingestFilings } from "./ingest-filings";
import { ingestFundamentals } from "./ingest-fundamentals";
import type { IngestCtx } from "./recorded-run";

const plain = createTestCtx({ now: () => new Date("2026-11-20T12:00:00Z") });
afterAll(() => plain.db.$disconnect());

/** A context whose one vendor does what the test says. */
function asking(capabilities: Partial<Capabilities>): IngestCtx {
  const find = (name: CapabilityName) => capabilities[name] ?? null;
  const providers = { source: find, of: (_vendor: string, name: CapabilityName) => find(name), stream: () => null, vendorsWith: (name: CapabilityName) => (find(name) ? ["sec"] : []), status: () => [] };
  return { ...plain, providers: providers as unknown as Providers };
}

let last = 0;
const anAccession = () => `0000000000-26-${String((last += 1)).padStart(6, "0")}`;
const aCik = () => String(Math.floor(Math.random() * 1e9)).padStart(10, "9");
const provenance = (accession: string | null, asOf = "2026-11-19") => ({ provider: "sec" as const, asOf, url: null, accession });

function aFiling(cik: string, form: string, filedOn: string, more: Partial<FilingRow> = {}): FilingRow {
  const accession = anAccession();
  return { provenance: provenance(accession, filedOn), cik, company: "A company", form, filedOn, acceptedAt: `${filedOn}T21:05:00.000Z`, reportDate: filedOn, accession, primaryDocument: null, documentUrl: `https://www.sec.gov/Archives/${accession}`, items: [], ...more };
}

const NO_LINES = { revenue: null, costOfRevenue: null, operatingIncome: null, depreciation: null, interestExpense: null, incomeTax: null, netIncome: null, totalAssets: null, totalLiabilities: null, equity: null, totalDebt: null, cash: null, operatingCashFlow: null, capex: null, dividendsPaid: null, epsBasic: null, epsDiluted: null, sharesDiluted: null, sharesOutstanding: null };
const aRow = (periodEnd: string, more: Partial<StatementRow> = {}): StatementRow => ({ ...NO_LINES, provenance: provenance(anAccession(), periodEnd), periodKind: "QUARTER", fiscalYear: 2026, fiscalPeriod: "Q3", periodStart: null, periodEnd, filedOn: periodEnd, currency: "USD", reference: `10-Q ${periodEnd}`, note: null, ...more });

const lastRun = (subject: string, scope: string) => plain.db.ingestionRun.findFirst({ where: { subject, scope }, orderBy: [{ startedAt: "desc" }, { id: "desc" }] });

describe("ingesting filings", () => {
  it("keeps each filing once and takes a release of results into the calendar with its accession", async () => {
    const cik = aCik();
    const { id: companyId, ticker } = await aCompany(plain.db, { cik });
    const release = aFiling(cik, "8-K", "2026-11-19", { items: ["2.02", "9.01"] });
    const rows = [release, aFiling(cik, "10-Q", "2026-11-18"), aFiling("0000000007", "10-K", "2026-11-17")];
    const asked: unknown[] = [];
    const ctx = asking({
      filings: { fetchFilings: async (query) => (asked.push(query.from), rows) },
      earningsCalendar: { fetchEarnings: async ({ symbol }) => [{ provenance: release.provenance, symbol: symbol!, date: "2026-11-19", when: "after-close", fiscalYear: null, fiscalQuarter: null, epsEstimate: null, epsActual: null, revenueEstimate: null, revenueActual: null, currency: null }] },
    });
    expect(await ingestFilings(ctx, { ticker })).toMatchObject({ received: 3, changed: 3, rejected: 1 });
    expect(await ingestFilings(ctx, { ticker })).toMatchObject({ received: 3, changed: 0, rejected: 1 });
    expect(asked).toEqual(["2023-11-18", "2026-11-12"]);
    expect(await plain.db.filing.findMany({ where: { companyId }, orderBy: { filedOn: "desc" } })).toMatchObject([{ form: "8-K", items: ["2.02", "9.01"], accession: release.accession }, { form: "10-Q" }]);
    expect(await plain.db.earningsEvent.findMany({ where: { symbol: ticker } })).toMatchObject([{ when: "AFTER_CLOSE", accession: release.accession, epsActual: null, provider: "sec" }]);
    expect(await lastRun("filings", ticker)).toMatchObject({ provider: "sec", status: "SUCCEEDED", asOf: new Date("2026-11-19") });
  });

  it("is made up for where it was cut off between the filings and the calendar", async () => {
    const cik = aCik();
    const { id: companyId, ticker } = await aCompany(plain.db, { cik });
    const release = aFiling(cik, "8-K", "2026-11-19", { items: ["2.02"] });
    const filings = { fetchFilings: async () => [release] };
    const gone = new AppError("UPSTREAM_UNAVAILABLE", "sec does not answer", { provider: "sec" });
    await expect(ingestFilings(asking({ filings, earningsCalendar: { fetchEarnings: () => Promise.reject(gone) } }), { ticker })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(await lastRun("filings", ticker)).toMatchObject({ status: "FAILED", error: "sec does not answer", changed: 0 });
    expect(await plain.db.filing.count({ where: { companyId } })).toBe(1);
    const event = { provenance: release.provenance, symbol: ticker, date: "2026-11-19", when: null, fiscalYear: null, fiscalQuarter: null, epsEstimate: null, epsActual: null, revenueEstimate: null, revenueActual: null, currency: null };
    expect(await ingestFilings(asking({ filings, earningsCalendar: { fetchEarnings: async () => [event] } }), { ticker })).toMatchObject({ changed: 1 });
    await expect(ingestFilings(asking({ filings }), { ticker: "NOSUCH" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("asks for figures after a report was filed, until they were brought", async () => {
    const cik = aCik();
    const { ticker } = await aCompany(plain.db, { cik });
    expect(await areFundamentalsDue(plain, { ticker })).toBe(false);
    const report = aFiling(cik, "10-Q", "2026-11-18");
    await ingestFilings(asking({ filings: { fetchFilings: async () => [report, aFiling(cik, "8-K", "2026-11-19")] } }), { ticker });
    expect(await areFundamentalsDue(plain, { ticker })).toBe(true);
    // The tagged data lag behind: an answer without the report leaves it open.
    await ingestFundamentals(asking({ statements: { fetchStatements: async () => [aRow("2026-06-30", { revenue: "1" })] } }), { ticker });
    expect(await areFundamentalsDue(plain, { ticker })).toBe(true);
    await ingestFundamentals(asking({ statements: { fetchStatements: async () => [aRow("2026-09-30", { revenue: "2", provenance: report.provenance })] } }), { ticker });
    expect(await areFundamentalsDue(plain, { ticker })).toBe(false);
  });
});

describe("ingesting fundamentals", () => {
  it("takes the place of worse sources, keeps what says more, and changes nothing the second time", async () => {
    const { id: companyId, ticker } = await aCompany(plain.db);
    await aStatement(plain.db, companyId, { end: "2026-09-30", provider: "yahoo_quarterly", revenue: 9, netIncome: 1 });
    await aStatement(plain.db, companyId, { end: "2026-06-30", provider: "sec-filing", revenue: 8, netIncome: 2, equity: 5 });
    const rows = [aRow("2026-06-30", { revenue: "8" }), aRow("2026-09-27", { revenue: "12345678901234567890.1234", depreciation: "3", dividendsPaid: "0.5", netIncome: "-1" }), aRow("2026-03-31", { revenue: "7" })];
    const maturity = (year: number | null, amount: string): DebtMaturityRow => ({ provenance: provenance("0000000000-26-900001"), periodEnd: "2025-12-31", filedOn: "2026-02-01", currency: "USD", year, amount });
    const ctx = asking({ statements: { fetchStatements: async () => rows }, debtMaturities: { fetchDebtMaturities: async () => [maturity(1, "100"), maturity(null, "900")] } });
    expect(await ingestFundamentals(ctx, { ticker })).toMatchObject({ received: 5, changed: 4, rejected: 0 });
    const stored = await plain.db.financialStatement.findMany({ where: { companyId }, orderBy: { periodEnd: "desc" } });
    expect(stored.map(({ periodEnd, provider, accession }) => [periodEnd.toISOString().slice(0, 10), provider, accession])).toEqual([["2026-09-27", "sec", rows[1]!.provenance.accession], ["2026-06-30", "sec-filing", null], ["2026-03-31", "sec", rows[2]!.provenance.accession]]);
    expect(stored[0]!.revenue!.toFixed()).toBe("12345678901234567890.1234");
    expect(stored[0]!.cash).toBeNull();
    expect(await plain.db.debtMaturity.findMany({ where: { companyId }, orderBy: { year: "asc" } })).toMatchObject([{ year: 1 }, { year: 6, accession: "0000000000-26-900001" }]);
    expect(await ingestFundamentals(ctx, { ticker })).toMatchObject({ received: 5, changed: 0 });
  });

  it("stores nothing and leaves a failed row where the vendor fails halfway", async () => {
    const { id: companyId, ticker } = await aCompany(plain.db);
    const gone = new AppError("UPSTREAM_INVALID", "sec sent something else", { provider: "sec" });
    const statements = { fetchStatements: async () => [aRow("2026-09-30", { revenue: "1" })] };
    await expect(ingestFundamentals(asking({ statements, debtMaturities: { fetchDebtMaturities: () => Promise.reject(gone) } }), { ticker })).rejects.toBe(gone);
    // The database refuses one row: none of the answer stays.
    const broken = { fetchStatements: async () => [aRow("2026-09-30", { revenue: "1" }), aRow("2026-06-30", { revenue: "not a number" })] };
    await expect(ingestFundamentals(asking({ statements: broken }), { ticker })).rejects.toThrow();
    expect(await plain.db.financialStatement.count({ where: { companyId } })).toBe(0);
    expect(await plain.db.ingestionRun.findMany({ where: { subject: "fundamentals", scope: ticker } })).toMatchObject([{ status: "FAILED" }, { status: "FAILED" }]);
    expect(await ingestFundamentals(asking({ statements }), { ticker })).toMatchObject({ changed: 1 });
  });
});
