import { describe, expect, it } from "vitest";
import { STATEMENT_LINES, type StatementDto, type StatementLine } from "@/server/contracts/market";
import { shownPeriods, splitLines, yearOnYear } from "./statement-periods";

const statement = (fiscalYear: number, fiscalPeriod: string, periodEnd: string, lines: Partial<Record<StatementLine, string>>): StatementDto => ({
  periodKind: fiscalPeriod === "FY" ? "YEAR" : "QUARTER",
  fiscalYear,
  fiscalPeriod,
  periodEnd,
  currency: "USD",
  lines: Object.fromEntries(STATEMENT_LINES.map((line) => [line, lines[line] ?? null])) as StatementDto["lines"],
  reference: `10-Q ${periodEnd}`,
  accession: null,
  provider: "sec-filing",
  notes: [],
});

const quarters = [
  statement(2025, "Q3", "2025-09-30", { revenue: "110", netIncome: "-5" }),
  statement(2024, "Q3", "2024-09-30", { revenue: "100", netIncome: "-10" }),
  statement(2025, "Q2", "2025-06-30", { revenue: "105" }),
  statement(2024, "FY", "2024-12-31", { revenue: "400" }),
];

describe("statement periods", () => {
  it("are of one kind, oldest first", () => {
    expect(shownPeriods(quarters, "QUARTER").map(({ periodEnd }) => periodEnd)).toEqual(["2024-09-30", "2025-06-30", "2025-09-30"]);
    expect(shownPeriods(quarters, "YEAR")).toHaveLength(1);
  });

  it("keep apart the lines that no filing reports", () => {
    const { shown, missing } = splitLines(shownPeriods(quarters, "QUARTER"), "income");
    expect(shown).toEqual(["revenue", "netIncome"]);
    expect(missing).toContain("depreciation");
  });

  it("compare with the same quarter of the year before, and only on a positive base", () => {
    const periods = shownPeriods(quarters, "QUARTER");
    expect(yearOnYear(periods, "revenue")).toBeCloseTo(0.1, 12);
    expect(yearOnYear(periods, "netIncome")).toBeNull();
    expect(yearOnYear(periods.slice(1), "revenue")).toBeNull();
  });
});
