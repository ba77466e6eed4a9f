import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor, type SeenRequest } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import { createProviders } from "../registry";
import { FMP } from "./fmp-vendor";

const KEY = "hushfmp0123456789abcdef012345678";
const [earnings, economic, profile, income, balance, cashFlow] = ["earnings", "economic", "profile", "income", "balance", "cash-flow"].map((name) => readFileSync(join(import.meta.dirname, "__fixtures__", `${name}.json`), "utf8").trim()) as [string, string, string, string, string, string];
const providers = ({ url, deps }: VendorUnderTest) => createProviders({ ...vendorFixture("fmp", { url, deps, settings: { FMP_API_KEY: KEY } }), vendors: [FMP] });
const DAYS = { from: "2026-11-18", to: "2026-11-24" };
const COMPLAINT = '{"Error Message":"Something went wrong"}';
const PAID = { status: 402, body: '"Premium Query Parameter: this value is not available under your current subscription"', code: "UPSTREAM_UNAVAILABLE" as const };

itSurvivesAMisbehavingVendor("FMP earnings", {
  answer: { body: earnings },
  call: (vendor) => providers(vendor).of("fmp", "earningsCalendar")!.fetchEarnings(DAYS),
  expectGood: (rows) => expect(rows).toMatchObject([{ symbol: "AAPL", date: "2026-11-19", epsEstimate: "1.77", epsActual: "1.87", revenueActual: "102466000000", when: null, currency: null }, { symbol: "ZZZ", epsActual: null, revenueEstimate: null }]),
  secrets: [KEY],
  drifted: { "another name of the estimate": earnings.replaceAll("epsEstimated", "eps_estimated"), "figures as text": earnings.replace("1.87", '"1.87"'), "an error with a good status": COMPLAINT },
  wrong: { "another week": { body: earnings.replace("2026-11-19", "2026-10-19"), outcome: "UPSTREAM_INVALID" } },
  empty: { body: "[]", expectEmpty: (rows) => expect(rows).toEqual([]) },
  refusals: [PAID],
});

itSurvivesAMisbehavingVendor("FMP economic calendar", {
  answer: { body: economic },
  call: (vendor) => providers(vendor).of("fmp", "economicCalendar")!.fetchEconomicEvents({ ...DAYS, countries: ["US"] }),
  expectGood: (rows) => expect(rows).toMatchObject([{ name: "CPI MoM (Oct)", country: "US", at: "2026-11-20T13:30:00.000Z", importance: "high", actual: null, estimate: "0.2", previous: "0.3", unit: "%" }]),
  secrets: [KEY],
  drifted: { "a country in words": economic.replace('"US"', '"United States"'), "a time of another form": economic.replace(" 13:30:00", "T13:30:00+01:00"), "an error with a good status": COMPLAINT },
  empty: { body: "[]", expectEmpty: (rows) => expect(rows).toEqual([]) },
  refusals: [PAID],
});

itSurvivesAMisbehavingVendor("FMP profile", {
  answer: { body: profile },
  call: (vendor) => providers(vendor).of("fmp", "profile")!.fetchProfile({ symbol: "AAPL" }),
  expectGood: (row) => expect(row).toMatchObject({ symbol: "AAPL", name: "Apple Inc.", currency: "USD", cik: "0000320193", employees: 164000, headquarters: "Cupertino, CA", sector: "Technology", founded: null }),
  secrets: [KEY],
  drifted: { "no name": profile.replace("companyName", "name"), "an error with a good status": COMPLAINT },
  wrong: { "another company": { body: profile.replace('"AAPL"', '"MSFT"'), outcome: "UPSTREAM_INVALID" }, "a symbol that it does not have": { body: "[]", outcome: "NOT_FOUND" } },
});

const statement = ({ url }: SeenRequest) => ({ body: url.includes("period=quarter") ? "[]" : url.includes("income") ? income : url.includes("balance") ? balance : cashFlow });
itSurvivesAMisbehavingVendor("FMP statements", {
  answer: statement,
  call: (vendor) => providers(vendor).of("fmp", "statements")!.fetchStatements({ symbol: "AAPL", cik: null }),
  expectGood: (rows) =>
    expect(rows).toMatchObject([
      {
        periodKind: "YEAR", fiscalYear: 2024, fiscalPeriod: "FY", periodEnd: "2024-09-28", filedOn: "2024-11-01", currency: "USD", revenue: "391035000000", interestExpense: null, capex: "9447000000", dividendsPaid: "15234000000", epsDiluted: "6.08", totalDebt: "106629000000",
        depreciation: "11445000000", sharesOutstanding: null, provenance: { provider: "fmp", asOf: "2024-09-28" },
      },
    ]),
  secrets: [KEY],
  drifted: { "another name of revenue": income.replace('"revenue"', '"sales"'), "figures as text": income.replace("391035000000", '"391035000000"'), "an unknown period": income.replace('"FY"', '"H1"'), "an error with a good status": COMPLAINT },
  wrong: {
    "another company": { body: (request) => statement(request).body.replace('"AAPL"', '"MSFT"'), outcome: "UPSTREAM_INVALID" },
    "one period in two currencies": { body: (request) => (request.url.includes("cash-flow") ? statement(request).body.replace('"USD"', '"EUR"') : statement(request).body), outcome: "UPSTREAM_INVALID" },
    "a symbol that it does not have": { body: "[]", outcome: "NOT_FOUND" },
  },
});

describe("FMP", () => {
  it("gives the years when the plan has no quarters, and says so; its key goes in a header", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers((request) => (request.url.includes("quarter") ? { status: 402, body: PAID.body } : statement(request)));
    const { source, status } = providers({ url: vendor.url, deps: systemFetchDeps });
    expect(await source("statements").fetchStatements({ symbol: "AAPL", cik: null })).toHaveLength(1);
    await vendor.close();
    expect(status()[0]!.capabilities.find(({ capability }) => capability === "statements")).toMatchObject({ failures: 0, lastError: { code: "UPSTREAM_UNAVAILABLE" } });
    expect(vendor.requests.every(({ url, headers }) => headers.apikey === KEY && !url.includes(KEY))).toBe(true);
  });

  it("asks a company's own list when one is named", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers({ body: JSON.stringify((JSON.parse(earnings) as unknown[]).slice(0, 1)) });
    const rows = await providers({ url: vendor.url, deps: systemFetchDeps }).source("earningsCalendar").fetchEarnings({ from: "2026-11-20", to: "2026-11-30", symbol: "AAPL" });
    await vendor.close();
    expect([rows, vendor.requests.map(({ url }) => url)]).toEqual([[], ["/stable/earnings?symbol=AAPL&limit=100"]]);
  });
});
