import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { StatementRow, VendorProvenance } from "../capabilities";
import { secCompanyFacts, type SecFact } from "./sec-facts";
import { toStatements } from "./sec-statements";

const provenance: VendorProvenance = { provider: "sec", asOf: "2026-11-21", url: null, accession: null };
const statements = (json: unknown) => toStatements(secCompanyFacts.parse(json), provenance);
const acme = () => statements(JSON.parse(readFileSync(join(import.meta.dirname, "__fixtures__", "companyfacts.json"), "utf8")));
const named = (rows: readonly StatementRow[], name: string) => rows.find(({ fiscalYear, fiscalPeriod }) => `${fiscalYear} ${fiscalPeriod}` === name)!;
const noteTexts = ({ note }: StatementRow) => (note === null ? [] : (JSON.parse(note) as { code: string; text?: string }[]).map(({ code, text }) => text ?? code));

type Told = [tag: string, start: string | null, end: string, val: number, filing: { accn: string; fy: number | null; fp: string | null; form: string; filed: string }];
/** Facts of a filer by what its filings tell. */
function told(...facts: Told[]): unknown {
  const tags: Record<string, { units: Record<string, SecFact[]> }> = {};
  for (const [tag, start, end, val, filing] of facts) {
    const unit = tag.startsWith("EarningsPerShare") ? "USD/shares" : tag.includes("Shares") ? "shares" : "USD";
    ((tags[tag] ??= { units: {} }).units[unit] ??= []).push({ ...(start && { start }), end, val, ...filing });
  }
  return { cik: 1, entityName: "A", facts: { "us-gaap": tags } };
}
const q1 = { accn: "0000000001-24-000001", fy: 2024, fp: "Q1", form: "10-Q", filed: "2024-05-01" };
const q2 = { accn: "0000000001-24-000002", fy: 2024, fp: "Q2", form: "10-Q", filed: "2024-08-01" };
const amended = { ...q2, accn: "0000000001-24-000009", form: "10-Q/A", filed: "2024-10-01" };
const [M, FIRST, HALF] = [1_000_000, "2024-01-01", "2024-06-30"];

describe("SEC statements", () => {
  it("takes a quarter that was only filed as a sum since the year's start as the difference of two, and says of which lines", () => {
    const second = named(acme(), "2024 Q2");
    expect(second).toMatchObject({ depreciation: "55000000", operatingCashFlow: "220000000", dividendsPaid: "20000000", capex: "80000000", revenue: "1100000000", periodStart: "2024-04-01", reference: "10-Q 2024-06-30", filedOn: "2024-08-01" });
    expect(noteTexts(second)[0]).toBe("From sums since the start of the fiscal year: depreciation, operatingCashFlow, capex, dividendsPaid.");
  });

  it("takes the fourth quarter as the year less nine months, without figures per share, which do not add up", () => {
    expect(named(acme(), "2024 Q4")).toMatchObject({ periodKind: "QUARTER", periodEnd: "2024-12-31", revenue: "1300000000", depreciation: "60000000", netIncome: "207000000", epsDiluted: null, sharesDiluted: null, totalAssets: "5300000000", reference: "10-K 2024-12-31" });
    expect(noteTexts(named(acme(), "2024 Q4"))).toContain("fourthQuarter");
    expect(named(acme(), "2024 FY")).toMatchObject({ periodKind: "YEAR", depreciation: "220000000", dividendsPaid: "84000000", epsDiluted: "7.04", totalDebt: "1225000000", filedOn: "2025-02-13" });
  });

  it("tells a restated figure as it stands, since when it does, and what it was", () => {
    const first = named(acme(), "2024 Q1");
    expect(first).toMatchObject({ epsDiluted: "0.73", sharesDiluted: "200000000", revenue: "1000000000", filedOn: "2025-05-01", provenance: { accession: "0001234567-24-000010" } });
    expect(noteTexts(first)).toContain("Restated: epsDiluted (1.45 in the 10-Q filed on 2024-05-02); sharesDiluted (100000000 in the 10-Q filed on 2024-05-02).");
  });

  it("leaves out a count of shares that a split sets apart from the restated average, and marks the rows before the split", () => {
    const rows = acme();
    expect(named(rows, "2024 Q1").sharesOutstanding).toBeNull();
    expect(named(rows, "2025 Q1").sharesOutstanding).toBe("198000000");
    expect(noteTexts(named(rows, "2024 Q3")).join(" ")).toContain("from 2025-03-31 on they are of another basis");
    expect(noteTexts(named(rows, "2025 Q1")).join(" ")).not.toContain("basis");
  });

  it("does not take coarser rounding for a restatement, and keeps the exact figure", () => {
    const [row] = statements(told(["Assets", null, "2024-03-31", 5_000_123_000, q1], ["Assets", null, "2024-03-31", 5_000_100_000, amended], ["Assets", null, HALF, 5_100_200_000, amended], ["Revenues", FIRST, "2024-03-31", 1_000_499_000, q1], ["Revenues", FIRST, "2024-03-31", 1_000_500_000, amended]));
    expect(row).toMatchObject({ revenue: "1000499000", totalAssets: "5000123000", note: null, filedOn: "2024-05-01" });
  });

  it("makes no difference of a restated sum and one that was not", () => {
    const base: Told[] = [["Assets", null, "2024-03-31", 500 * M, q1], ["Assets", null, HALF, 500 * M, q2], ["Revenues", FIRST, "2024-03-31", 100 * M, q1], ["Revenues", FIRST, HALF, 210 * M, q2], ["NetIncomeLoss", "2024-04-01", HALF, 11 * M, q2], ["NetIncomeLoss", FIRST, "2024-03-31", 10 * M, q1]];
    expect(named(statements(told(...base)), "2024 Q2").revenue).toBe("110000000");
    const restated = named(statements(told(...base, ["Revenues", FIRST, HALF, 190 * M, amended])), "2024 Q2");
    expect(restated).toMatchObject({ revenue: null, netIncome: "11000000" });
  });

  it("takes no difference of periods that are not one quarter apart", () => {
    const nine = { ...q2, accn: "0000000001-24-000003", fp: "Q3", filed: "2024-11-01" };
    const rows = statements(told(["Assets", null, "2024-09-30", 5 * M, nine], ["Revenues", FIRST, "2024-03-31", M, q1], ["Revenues", FIRST, "2024-09-30", 3 * M, nine], ["NetIncomeLoss", "2024-07-01", "2024-09-30", M, nine]));
    expect(named(rows, "2024 Q3")).toMatchObject({ revenue: null, netIncome: "1000000" });
  });

  it("names a period as the filer counts its years, though one filing gives a wrong year, and comparative periods by the years between", () => {
    const year = (fy: number, end: string, said = fy): Told[] => {
      const filing = { accn: `0000000001-${end.slice(2, 4)}-000007`, fy: said, fp: "FY", form: "10-K", filed: `${end.slice(0, 4)}-03-15` };
      return [["Assets", null, end, 5 * M, filing], ["Revenues", `${Number(end.slice(0, 4)) - 1}-02-01`, end, fy * M, filing]];
    };
    const before: Told = ["NetIncomeLoss", "2021-01-31", "2022-01-29", 7 * M, { accn: "0000000001-23-000007", fy: 2022, fp: "FY", form: "10-K", filed: "2023-03-15" }];
    const rows = statements(told(...year(2022, "2023-01-28"), ...year(2023, "2024-02-03", 2024), ...year(2024, "2025-02-01"), before)).filter(({ periodKind }) => periodKind === "YEAR");
    expect(rows.map(({ fiscalYear, periodEnd }) => [fiscalYear, periodEnd])).toEqual([[2021, "2022-01-29"], [2022, "2023-01-28"], [2023, "2024-02-03"], [2024, "2025-02-01"]]);
  });

  it("knows years of three quarters of twelve weeks and one of sixteen", () => {
    const start = "2023-09-04";
    const filing = (fp: string, at: number) => ({ accn: `0000000001-24-00001${at}`, fy: 2024, fp, form: fp === "FY" ? "10-K" : "10-Q", filed: `2024-${["", "01", "04", "07", "11"][at]}-15` });
    const facts = (["2023-11-26", "2024-02-18", "2024-05-12", "2024-09-01"] as const).flatMap((end, at): Told[] => {
      const told = filing(at === 3 ? "FY" : `Q${at + 1}`, at + 1);
      return [["Assets", null, end, 5 * M, told], ["Revenues", start, end, [12, 24, 36, 52][at]! * M, told]];
    });
    expect(statements(told(...facts)).map(({ fiscalPeriod, revenue, periodStart }) => [fiscalPeriod, revenue, periodStart])).toEqual([["Q1", "12000000", start], ["Q2", "12000000", "2023-11-27"], ["Q3", "12000000", "2024-02-19"], ["Q4", "16000000", "2024-05-13"], ["FY", "52000000", start]]);
  });

  it("adds depreciation and amortization that stand apart, and says when there is only the one", () => {
    const base: Told[] = [["Assets", null, "2024-03-31", 5 * M, q1], ["Revenues", FIRST, "2024-03-31", 3 * M, q1], ["Depreciation", FIRST, "2024-03-31", 40, q1]];
    expect(statements(told(...base))[0]).toMatchObject({ depreciation: "40" });
    expect(noteTexts(statements(told(...base))[0]!)).toEqual(["Depreciation is without amortization, which is not reported beside it."]);
    expect(statements(told(...base, ["AmortizationOfIntangibleAssets", FIRST, "2024-03-31", 2, q1]))[0]).toMatchObject({ depreciation: "42" });
  });

  it("passes over proxy statements and foreign units, and gives nothing for a filer without a balance sheet", () => {
    const proxy = { accn: "0000000001-25-000001", fy: null, fp: null, form: "DEF 14A", filed: "2025-04-01" };
    expect(statements(told(["Assets", null, "2024-03-31", 5, q1], ["Revenues", FIRST, "2024-03-31", 3, q1], ["Revenues", FIRST, "2024-03-31", 99, proxy]))).toMatchObject([{ revenue: "3", filedOn: "2024-05-01" }]);
    expect(statements(told(["Revenues", FIRST, "2024-03-31", 3, q1]))).toEqual([]);
  });

  const recorded = join(import.meta.dirname, "../../../../shared/data/payloads/sec");
  it.skipIf(!existsSync(recorded))("reads recorded facts as the filings give them", () => {
    const read = (ticker: string) => statements(JSON.parse(readFileSync(join(recorded, `companyfacts_${ticker}.json`), "utf8")));
    const [apple, nvidia, marvell] = [read("AAPL"), read("NVDA"), read("MRVL")];
    // As the statements of these filings say.
    expect(named(apple, "2025 FY")).toMatchObject({ periodEnd: "2025-09-27", revenue: "416161000000", netIncome: "112010000000", epsDiluted: "7.46", totalLiabilities: "285508000000", operatingCashFlow: "111482000000", provenance: { accession: "0000320193-25-000079" } });
    expect(named(apple, "2025 Q2")).toMatchObject({ revenue: "95359000000", operatingCashFlow: "23952000000", operatingIncome: "29589000000", costOfRevenue: "50492000000" });
    expect(named(nvidia, "2025 Q1")).toMatchObject({ epsDiluted: "0.6", sharesDiluted: "24890000000", sharesOutstanding: null });
    expect(named(marvell, "2022 Q4")).toMatchObject({ revenue: "1342978000", netIncome: "6168000" });
    for (const rows of [apple, nvidia, marvell]) {
      const keys = rows.map(({ fiscalYear, fiscalPeriod }) => `${fiscalYear} ${fiscalPeriod}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const year of rows.filter(({ periodKind, revenue }) => periodKind === "YEAR" && revenue !== null)) {
        const quarters = rows.filter(({ periodKind, fiscalYear, revenue }) => periodKind === "QUARTER" && fiscalYear === year.fiscalYear && revenue !== null);
        if (quarters.length === 4) expect(quarters.reduce((sum, { revenue }) => sum + Number(revenue), 0)).toBe(Number(year.revenue));
      }
    }
  });
});
