import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor, type SeenRequest, type VendorAnswer } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { EarningsRow, FilingRow, HoldingReport, StatementRow } from "../capabilities";
import { createProviders } from "../registry";
import { SEC } from "./sec-vendor";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8");
const [facts, submissions, manager, tickers, current] = ["companyfacts.json", "submissions.json", "submissions-manager.json", "tickers.json", "current.xml"].map(fixture) as [string, string, string, string, string];
const providers = ({ url, deps }: VendorUnderTest) => createProviders({ ...vendorFixture("sec", { url, deps, settings: { SEC_USER_AGENT: "Acme Research admin@acme.example" } }), vendors: [SEC] });

/** What stands where; `with` changes one of the files. */
const edgar = (changed: Record<string, string> = {}) => ({ url }: SeenRequest): string => {
  const files: [string, string][] = [
    ["company_tickers.json", tickers], ["submissions-001.json", fixture("submissions-001.json")], ["CIK0000777000", manager], ["submissions", submissions], ["companyfacts", facts], ["index.json", fixture("13f-index.json")],
    ["primary_doc.xml", fixture("13f-cover.xml")], ["lake13f.xml", fixture("13f-table.xml")], ["getcurrent", current],
  ];
  const [name, body] = files.find(([part]) => url.includes(part)) ?? ["", "<html></html>"];
  return changed[name] ?? body;
};
const answer = (request: SeenRequest): VendorAnswer => ({ body: edgar()(request), contentType: request.url.includes(".xml") || request.url.includes("getcurrent") ? "application/xml" : "application/json" });
const wrong = (changed: Record<string, string>) => ({ body: edgar(changed), outcome: "UPSTREAM_INVALID" as const });
const NO_SUCH = { status: 404, body: "<?xml version='1.0' encoding='UTF-8'?><Error><Code>NoSuchKey</Code></Error>", code: "NOT_FOUND" as const };

itSurvivesAMisbehavingVendor("SEC statements", {
  answer: { body: facts },
  call: (vendor) => providers(vendor).of("sec", "statements")!.fetchStatements({ symbol: "ACME", cik: "1234567" }),
  expectGood: (rows) => expect((rows as StatementRow[]).map(({ fiscalYear, fiscalPeriod, revenue }) => [fiscalYear, fiscalPeriod, revenue])).toEqual([[2024, "Q1", "1000000000"], [2024, "Q2", "1100000000"], [2024, "Q3", "1200000000"], [2024, "Q4", "1300000000"], [2024, "FY", "4600000000"], [2025, "Q1", "1050000000"]]),
  secrets: [],
  drifted: {
    "values as text": facts.replaceAll(/"val":(\d+)/g, '"val":"$1"'),
    "another name of the day of filing": facts.replaceAll('"filed"', '"filedOn"'),
    "no accession": facts.replaceAll('"accn"', '"accession"'),
    "no year of the filing": facts.replaceAll('"fy"', '"year"'),
    "no units": facts.replaceAll('"units"', '"values"'),
    "a taxonomy that is not known": facts.replace('"us-gaap"', '"us-gaap-2027"').replace('"dei"', '"dei-2027"'),
  },
  wrong: { "another company's facts": { body: facts.replace("1234567", "7654321"), outcome: "UPSTREAM_INVALID" } },
  empty: { body: '{"cik":1234567,"entityName":"ACME PLC","facts":{"ifrs-full":{}}}', expectEmpty: (rows) => expect(rows).toEqual([]) },
  refusals: [NO_SUCH],
});

itSurvivesAMisbehavingVendor("SEC debt maturities", {
  answer: { body: facts },
  call: (vendor) => providers(vendor).of("sec", "debtMaturities")!.fetchDebtMaturities({ symbol: "ACME", cik: "1234567" }),
  expectGood: (rows) => expect(rows).toMatchObject([{ periodEnd: "2024-12-31", filedOn: "2025-02-13", currency: "USD", year: 1, amount: "50000000", provenance: { accession: "0001234567-25-000005" } }, { year: 2, amount: "400000000" }, { year: null, amount: "750000000" }]),
  secrets: [],
  drifted: { "values as text": facts.replaceAll(/"val":(\d+)/g, '"val":"$1"') },
  refusals: [NO_SUCH],
});

itSurvivesAMisbehavingVendor("SEC filings of a company", {
  answer,
  call: (vendor) => providers(vendor).of("sec", "filings")!.fetchFilings({ cik: "1234567", forms: ["8-K", "10-Q", "10-K"], limit: 4 }),
  expectGood: (rows) => expect((rows as FilingRow[]).map(({ form, filedOn, items }) => [form, filedOn, items])).toEqual([["8-K", "2026-11-05", ["5.02", "9.01"]], ["10-Q", "2026-10-29", []], ["8-K", "2026-07-30", ["2.02", "9.01"]], ["8-K", "2026-04-30", ["2.02", "9.01"]]]),
  secrets: [],
  drifted: {
    "a column less": submissions.replace('"items"', '"itemList"'),
    "a column that is shorter": submissions.replace('"5.02,9.01",', ""),
    "another form of accession": submissions.replaceAll("0001234567-26-", "000123456726"),
    "a date of another form": submissions.replace("2026-11-05", "11/05/2026"),
  },
  wrong: { "another filer": wrong({ submissions: submissions.replace("0001234567", "0007654321") }), "an older file of another shape": wrong({ "submissions-001.json": '{"filings":[]}' }) },
  refusals: [NO_SUCH],
});

itSurvivesAMisbehavingVendor("SEC filings of everybody", {
  answer: { body: current, contentType: "application/atom+xml" },
  call: (vendor) => providers(vendor).of("sec", "filings")!.fetchFilings({ limit: 10 }),
  expectGood: (rows) => expect((rows as FilingRow[]).map(({ form, company, cik, items, acceptedAt }) => [form, company, cik, items, acceptedAt])).toEqual([["8-K", "ACME MACHINES INC", "0001234567", ["2.02", "9.01"], "2026-11-20T21:05:12.000Z"], ["8-K/A", "B - C Holdings Corp /DE/", "0000555555", [], "2026-11-20T21:00:00.000Z"]]),
  secrets: [],
  drifted: { "a title of another form": current.replaceAll("(Filer)", "Filer"), "no accession": current.replaceAll("AccNo", "Accession"), "another feed": current.replace("Latest Filings", "Company search"), "a time without a zone": current.replaceAll("-05:00", "") },
  empty: { body: current.replaceAll(/<entry>[\s\S]*<\/entry>/g, ""), expectEmpty: (rows) => expect(rows).toEqual([]) },
});

itSurvivesAMisbehavingVendor("SEC 13F holdings", {
  answer,
  call: (vendor) => providers(vendor).of("sec", "holdings")!.fetchHoldings({ managerCik: "777000" }),
  expectGood: (report) =>
    expect(report).toMatchObject({ managerCik: "0000777000", manager: "LAKE CAPITAL LLC", periodEnd: "2026-09-30", filedOn: "2026-11-12", accession: "0000777000-26-000030", holdings: [{ issuer: "ACME MACHINES & CO", cusip: "00123A105", value: "1500000", shares: "6000", shareKind: "SH", putCall: null }, { value: "250000", shares: "1000", putCall: "PUT" }] }),
  secrets: [],
  drifted: { "no list of filings": manager.replace('"recent"', '"latest"') },
  wrong: {
    "a table without its last row": wrong({ "lake13f.xml": fixture("13f-table.xml").replace(/<ns1:infoTable>(?![\s\S]*<ns1:infoTable>)[\s\S]*<\/ns1:infoTable>/, "") }),
    "another value in the table": wrong({ "lake13f.xml": fixture("13f-table.xml").replace("250000", "25000") }),
    "a table of another shape": wrong({ "lake13f.xml": fixture("13f-table.xml").replaceAll("cusip", "isin") }),
    "a table that is cut off": wrong({ "lake13f.xml": fixture("13f-table.xml").slice(0, -60) }),
    "the cover of another quarter": wrong({ "primary_doc.xml": fixture("13f-cover.xml").replaceAll("09-30-2026", "06-30-2026") }),
    "the cover of another manager": wrong({ "primary_doc.xml": fixture("13f-cover.xml").replace("0000777000", "0000777001") }),
    "a folder without a table": wrong({ "index.json": fixture("13f-index.json").replace("lake13f.xml", "lake13f.txt") }),
  },
  refusals: [NO_SUCH],
});

itSurvivesAMisbehavingVendor("SEC profile", {
  answer,
  call: (vendor) => providers(vendor).of("sec", "profile")!.fetchProfile({ symbol: "ACME.B" }),
  expectGood: (row) => expect(row).toMatchObject({ symbol: "ACME.B", name: "ACME MACHINES INC", exchange: "NYSE", cik: "0001234567", industry: "Special Industry Machinery, NEC", headquarters: "DULUTH, MN", website: null, employees: null }),
  secrets: [],
  drifted: { "another name of the number": tickers.replaceAll("cik_str", "cik") },
  wrong: { "a filer under another symbol": wrong({ submissions: submissions.replace('"ACME-B"', '"OTHER"') }), "no name": wrong({ submissions: submissions.replace('"name": "ACME MACHINES INC"', '"title": "ACME"') }), "a map without the symbol": { body: edgar({ "company_tickers.json": tickers.replace("ACME-B", "ACME-C") }), outcome: "NOT_FOUND" } },
});

itSurvivesAMisbehavingVendor("SEC earnings dates", {
  answer,
  call: (vendor) => providers(vendor).of("sec", "earningsCalendar")!.fetchEarnings({ symbol: "ACME", from: "2026-01-01", to: "2026-12-31" }),
  expectGood: (rows) => expect((rows as EarningsRow[]).map(({ date, when, epsActual }) => [date, when, epsActual])).toEqual([["2026-04-30", "after-close", null], ["2026-07-30", "before-open", null]]),
  secrets: [],
  drifted: { "another name of the number": tickers.replaceAll("cik_str", "cik") },
  wrong: { "no items": wrong({ submissions: submissions.replace('"items"', '"itemList"') }) },
});

describe("SEC", () => {
  it("says who calls, asks the map of tickers once, and points to each filing", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers(answer);
    const { of } = providers({ url: vendor.url, deps: systemFetchDeps });
    await of("sec", "statements")!.fetchStatements({ symbol: "ACME", cik: null });
    const [row] = await of("sec", "statements")!.fetchStatements({ symbol: "ACME", cik: null });
    const [filing] = await of("sec", "filings")!.fetchFilings({ cik: "1234567", forms: ["10-K"], limit: 1 });
    await vendor.close();
    expect(vendor.requests.filter(({ url }) => url.includes("company_tickers"))).toHaveLength(1);
    expect(new Set(vendor.requests.map(({ headers }) => headers["user-agent"]))).toEqual(new Set(["Acme Research admin@acme.example"]));
    expect(row!.provenance).toMatchObject({ provider: "sec", asOf: "2024-03-31", url: `${vendor.url}/api/xbrl/companyfacts/CIK0001234567.json` });
    expect(filing).toMatchObject({ form: "10-K", documentUrl: "https://www.sec.gov/Archives/edgar/data/1234567/000123456725000005/acme-20241231.htm", provenance: { accession: "0001234567-25-000005" } });
  });

  it("lets an amendment take the place of a 13F, and adds the holdings of another", async () => {
    const vendor = await startMisbehavingVendor();
    const list = JSON.parse(manager) as { filings: { recent: Record<string, string[]> } };
    const two = { accessionNumber: ["0000777000-26-000031", "0000777000-26-000030"], filingDate: ["2026-11-14", "2026-11-12"], reportDate: ["2026-09-30", "2026-09-30"], acceptanceDateTime: ["2026-11-14T15:00:00.000Z", "2026-11-12T15:00:00.000Z"], form: ["13F-HR/A", "13F-HR"], items: ["", ""], primaryDocument: ["", ""] };
    const body = JSON.stringify({ ...list, filings: { recent: two, files: [] } });
    const ask = async (kind: string): Promise<HoldingReport> => {
      vendor.answers((request) => ({ ...answer(request), body: request.url.includes("26000031/primary_doc") ? fixture("13f-cover.xml").replace("<isAmendment>false</isAmendment>", `<isAmendment>true</isAmendment><amendmentInfo><amendmentType>${kind}</amendmentType></amendmentInfo>`) : edgar({ CIK0000777000: body })(request) }));
      return providers({ url: vendor.url, deps: systemFetchDeps }).of("sec", "holdings")!.fetchHoldings({ managerCik: "777000", periodEnd: "2026-09-30" });
    };
    const [restated, added] = [await ask("RESTATEMENT"), await ask("NEW HOLDINGS")];
    await vendor.close();
    expect(restated.holdings.map(({ provenance }) => provenance.accession)).toEqual(["0000777000-26-000031", "0000777000-26-000031"]);
    expect(added).toMatchObject({ filedOn: "2026-11-14", accession: "0000777000-26-000031" });
    expect(added.holdings.map(({ provenance }) => provenance.accession)).toEqual(["0000777000-26-000030", "0000777000-26-000030", "0000777000-26-000031", "0000777000-26-000031"]);
  });

  it("leaves earnings dates of the whole market to another vendor, without a call and without a mark against itself", async () => {
    const { of, status } = providers({ url: "http://127.0.0.1:9", deps: systemFetchDeps });
    await expect(of("sec", "earningsCalendar")!.fetchEarnings({ from: "2026-01-01", to: "2026-12-31" })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE", details: { reason: "not-offered" } });
    expect(status()[0]!.capabilities.find(({ capability }) => capability === "earningsCalendar")).toMatchObject({ calls: 0, failures: 0 });
  });

  it("is off without a name to call by, and says so", () => {
    const { of, status } = createProviders({ ...vendorFixture("sec", { url: "http://127.0.0.1:9", deps: systemFetchDeps }), vendors: [SEC] });
    expect(of("sec", "statements")).toBeNull();
    expect(status()[0]!.capabilities[0]).toMatchObject({ state: "key-missing", missing: ["SEC_USER_AGENT"] });
  });
});
