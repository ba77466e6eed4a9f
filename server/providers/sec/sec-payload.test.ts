import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { VendorProvenance } from "../capabilities";
import { coverDay, isWhole, readCover, readHoldings, secCover, secHoldingTable, toHoldings } from "./sec-holdings";
import { readSecFeed, secCurrentFeed, secSubmissions, secTicker, secTickers, tenDigits, toCurrentFilings, toFilings } from "./sec-payload";

const provenance: VendorProvenance = { provider: "sec", asOf: "2026-11-21", url: null, accession: null };
const fixture = (name: string) => readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8");
const table = () => secHoldingTable.parse(readHoldings(fixture("13f-table.xml"))).informationTable.infoTable;

describe("SEC payloads", () => {
  it("writes filers and share classes as the SEC's addresses and maps do", () => {
    expect([tenDigits(320193), tenDigits("CIK0000320193"), secTicker("brk.b"), secTicker("BF-B")]).toEqual(["0000320193", "0000320193", "BRK-B", "BF-B"]);
  });

  it("takes values of a 13F for thousands until the day since which they are dollars", () => {
    const value = (filedOn: string) => toHoldings(table(), { filedOn, provenance })[0]!.value;
    expect([value("2023-01-02"), value("2023-01-03")]).toEqual(["1500000000", "1500000"]);
  });

  it("holds a table to the sum on its cover", () => {
    const cover = secCover.parse(readCover(fixture("13f-cover.xml")));
    expect(coverDay(cover.edgarSubmission.formData.coverPage.reportCalendarOrQuarter)).toBe("2026-09-30");
    expect([isWhole(cover, table()), isWhole(cover, table().slice(1)), isWhole(cover, table().map((row) => ({ ...row, value: "1" })))]).toEqual([true, false, false]);
  });

  it("points to the index of a filing that has no document of its own", () => {
    const filer = secSubmissions.parse(JSON.parse(fixture("submissions.json")));
    const [, , form4] = toFilings(filer.filings.recent, { filer, provenance });
    expect(form4).toMatchObject({ form: "4", primaryDocument: null, reportDate: null, documentUrl: "https://www.sec.gov/Archives/edgar/data/1234567/000199999926000003/0001999999-26-000003-index.htm", provenance: { asOf: "2026-09-03", accession: "0001999999-26-000003" } });
  });

  it("refuses a malformed answer", () => {
    expect(secTickers.safeParse([{ cik: 1 }]).success).toBe(false);
    expect(secHoldingTable.safeParse(readHoldings("<informationTable/>")).success).toBe(false);
    expect(() => readHoldings("<informationTable><infoTable>")).toThrow();
  });

  const recorded = join(import.meta.dirname, "../../../../shared/data/payloads/sec");
  const record = (name: string) => readFileSync(join(recorded, name), "utf8");
  it.skipIf(!existsSync(recorded))("reads recorded answers", () => {
    expect(Object.values(secTickers.parse(JSON.parse(record("company_tickers.json")))).find(({ ticker }) => ticker === "AAPL")).toMatchObject({ cik_str: 320193 });

    const filer = secSubmissions.parse(JSON.parse(record("submissions_MRVL.json")));
    const filings = toFilings(filer.filings.recent, { filer, provenance });
    expect(filings[0]).toMatchObject({ cik: "0001835632", company: "Marvell Technology, Inc.", form: "SCHEDULE 13G/A", filedOn: "2026-06-05", acceptedAt: "2026-06-05T14:13:06.000Z", items: [] });
    expect(filings.filter(({ form, items }) => form === "8-K" && items.includes("2.02")).length).toBeGreaterThan(15);

    const newest = toCurrentFilings(secCurrentFeed.parse(readSecFeed(record("current_filings_atom.xml"))), provenance);
    expect(newest).toHaveLength(100);
    expect(newest.find(({ company }) => company === "Biohaven Ltd.")).toMatchObject({ cik: "0001935979", form: "8-K", filedOn: "2026-01-12", acceptedAt: "2026-01-12T16:19:08.000Z", items: ["7.01", "9.01"], accession: "0001935979-26-000005" });

    const holdings = toHoldings(secHoldingTable.parse(readHoldings(record("13f_infotable.xml"))).informationTable.infoTable, { filedOn: "2024-02-14", provenance });
    expect(holdings[0]).toMatchObject({ issuer: "3M CO", cusip: "88579Y101", value: "409469", shares: "2334", shareKind: "SH", putCall: null });
    expect(holdings.length).toBeLessThanOrEqual(255);
    expect(secCover.parse(readCover(record("13f_primary_doc.xml"))).edgarSubmission.formData).toMatchObject({ coverPage: { filingManager: { name: "METLIFE INC" } }, summaryPage: { tableEntryTotal: "6", tableValueTotal: "11019796" } });
  });
});
