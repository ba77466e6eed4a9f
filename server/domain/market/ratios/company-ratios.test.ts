import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { companyRatios, ratioWindows } from "./company-ratios";
import { debtToEquity } from "./debt-to-equity";
import { interestCoverage, interestCoverageEbitda } from "./interest-coverage";
import { grossMargin, netMargin, operatingMargin } from "./margins";
import { priceEarnings } from "./price-earnings";
import { returnOnEquity } from "./return-on-equity";
import { trailingWindows, windowSum, type FlowLine, type StatementFigures } from "./trailing-window";

type Line = FlowLine | "equity" | "totalDebt";
const ENDS = ["2025-12-31", "2025-09-30", "2025-06-30", "2025-03-31"] as const;

function figures(periodKind: "QUARTER" | "YEAR", periodEnd: string, lines: Partial<Record<Line, number>>): StatementFigures {
  const of = (line: Line) => (lines[line] === undefined ? null : new Decimal(lines[line]));
  return {
    periodKind, periodEnd, equity: of("equity"), totalDebt: of("totalDebt"), revenue: of("revenue"), costOfRevenue: of("costOfRevenue"), operatingIncome: of("operatingIncome"),
    depreciation: of("depreciation"), interestExpense: of("interestExpense"), netIncome: of("netIncome"), epsBasic: of("epsBasic"), epsDiluted: of("epsDiluted"),
  };
}

/** Four quarters, newest first; a list gives one value per quarter from the oldest on. */
const quarters = (lines: Partial<Record<Line, number | readonly number[]>>, ends: readonly string[] = ENDS) =>
  ends.map((periodEnd, index) => figures("QUARTER", periodEnd, Object.fromEntries(Object.entries(lines).map(([line, value]) => [line, typeof value === "number" ? value : value[ends.length - 1 - index]]))));

const amount = fc.integer({ min: 1, max: 1_000_000_000 });

describe("trailingWindows", () => {
  it("gives the worked example of its docstring, in whatever order the statements come", () => {
    fc.assert(fc.property(fc.shuffledSubarray(quarters({ revenue: 1 }), { minLength: 4 }), (statements) => {
      expect(trailingWindows(statements).map(({ basis, periodEnd }) => ({ basis, periodEnd }))).toEqual([{ basis: "four-quarters", periodEnd: "2025-12-31" }]);
    }));
  });

  it("does not bridge a quarter that is not known", () => {
    expect(trailingWindows(quarters({ revenue: 1 }, ["2025-12-31", "2025-09-30", "2025-03-31", "2024-12-31"]))).toEqual([]);
    expect(trailingWindows(quarters({ revenue: 1 }).slice(1))).toEqual([]);
    expect(trailingWindows([])).toEqual([]);
  });

  it("takes the later of four quarters and a fiscal year, and the quarters when both end on one day", () => {
    const bases = (yearEnd: string) => trailingWindows([...quarters({}), figures("YEAR", yearEnd, {})]).map(({ basis }) => basis);
    expect(bases("2026-03-31")).toEqual(["fiscal-year", "four-quarters"]);
    expect(bases("2025-12-31")).toEqual(["four-quarters", "fiscal-year"]);
    expect(bases("2024-12-31")).toEqual(["four-quarters", "fiscal-year"]);
  });

  it("leaves out a fiscal year that is long past", () => {
    expect(trailingWindows([figures("YEAR", "2016-12-31", {}), ...quarters({}).slice(0, 2)])).toEqual([]);
    expect(trailingWindows([figures("YEAR", "2016-12-31", {})])).toHaveLength(1);
  });

  it("adds nothing up when one quarter is missing", () => {
    const [window] = trailingWindows(quarters({ revenue: [10, 11, 12, 13] }));
    expect(windowSum(window!, "revenue")?.toNumber()).toBe(46);
    const [holed] = trailingWindows(quarters({ revenue: [10, 11, 12, 13] }).map((statement, index) => (index === 2 ? { ...statement, revenue: null } : statement)));
    expect(windowSum(holed!, "revenue")).toBeNull();
  });
});

describe("ratios", () => {
  it("give the worked examples of their docstrings", () => {
    const covered = quarters({ operatingIncome: [30, 20, 25, 25], interestExpense: 5, depreciation: 10 });
    expect(interestCoverage(covered)).toBe(5);
    expect(interestCoverageEbitda(covered)).toBe(7);
    const sold = quarters({ revenue: 100, costOfRevenue: 60, operatingIncome: 25, netIncome: 12.5 });
    expect(grossMargin(sold)).toBe(0.4);
    expect(operatingMargin(sold)).toBe(0.25);
    expect(netMargin(sold)).toBe(0.125);
    expect(returnOnEquity(quarters({ netIncome: 5, equity: 100 }))).toBe(0.2);
    expect(debtToEquity(quarters({ totalDebt: 50, equity: 200 }))).toBe(0.25);
    expect(priceEarnings(60, quarters({ epsDiluted: [0.5, 0.75, 0.75, 1] }))).toBe(20);
  });

  it("are null where there is no answer", () => {
    const nothing = [[], quarters({})];
    for (const ratio of [interestCoverage, interestCoverageEbitda, grossMargin, operatingMargin, netMargin, returnOnEquity, debtToEquity]) expect(nothing.map(ratio)).toEqual([null, null]);
    expect(interestCoverage(quarters({ operatingIncome: 10, interestExpense: 0 }))).toBeNull();
    expect(interestCoverage(quarters({ operatingIncome: 10, interestExpense: -3 }))).toBeNull();
    expect(interestCoverageEbitda(quarters({ operatingIncome: 10, interestExpense: 1 }))).toBeNull();
    expect(netMargin(quarters({ revenue: 0, netIncome: 1 }))).toBeNull();
    expect(returnOnEquity(quarters({ netIncome: 5, equity: -100 }))).toBeNull();
    expect(debtToEquity(quarters({ totalDebt: 50, equity: 0 }))).toBeNull();
    expect(priceEarnings(60, quarters({ epsDiluted: -1 }))).toBeNull();
    expect(priceEarnings(null, quarters({ epsDiluted: 1 }))).toBeNull();
  });

  it("keep a debt of zero apart from a debt that was not reported", () => {
    expect(debtToEquity(quarters({ totalDebt: 0, equity: 10 }))).toBe(0);
    expect(debtToEquity(quarters({ equity: 10 }))).toBeNull();
  });

  it("take debt and equity from the newest balance sheet that tells both, unless it is old", () => {
    const toldIn = (index: number) => quarters({ equity: 10 }).map((statement, at) => (at === index ? { ...statement, totalDebt: new Decimal(5) } : statement));
    expect([0, 1, 2, 3].map((index) => debtToEquity(toldIn(index)))).toEqual([0.5, 0.5, 0.5, null]);
  });

  it("refuse a price that cannot be one", () => {
    for (const price of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => priceEarnings(price, quarters({ epsDiluted: 1 }))).toThrow(AppError);
  });

  it("take both sides from one window: the year when a quarter lacks a line", () => {
    const statements = [...quarters({ operatingIncome: 25 }), figures("YEAR", "2025-12-31", { operatingIncome: 90, interestExpense: 30 })];
    expect(interestCoverage(statements)).toBe(3);
  });

  it("say which months each of them speaks of", () => {
    const statements = [...quarters({ revenue: 100, operatingIncome: 25, equity: 40, totalDebt: 10, epsBasic: 1 }), figures("YEAR", "2025-06-30", { operatingIncome: 90, interestExpense: 30, netIncome: 5, equity: 38 })];
    expect(ratioWindows(statements)).toEqual({
      revenue: { basis: "four-quarters", periodEnd: "2025-12-31" }, operatingMargin: { basis: "four-quarters", periodEnd: "2025-12-31" }, priceEarnings: { basis: "four-quarters", periodEnd: "2025-12-31" },
      icr: { basis: "fiscal-year", periodEnd: "2025-06-30" }, returnOnEquity: { basis: "fiscal-year", periodEnd: "2025-06-30" },
      debtToEquity: { basis: "balance-sheet", periodEnd: "2025-12-31" }, icrEbitda: null, netMargin: null, grossMargin: null,
    });
  });

  it("fall back on basic earnings per share", () => {
    expect(priceEarnings(60, quarters({ epsBasic: 1.5 }))).toBe(10);
  });

  it("leave the coverage of a bank out", () => {
    const statements = quarters({ operatingIncome: 10, interestExpense: 5, depreciation: 1 });
    expect(companyRatios(statements, { price: null, isFinancial: true })).toMatchObject({ icr: null, icrEbitda: null });
    expect(companyRatios(statements, { price: null, isFinancial: false })).toMatchObject({ icr: 2, icrEbitda: 2.2 });
  });

  it("do not depend on the unit of the money", () => {
    fc.assert(fc.property(amount, amount, amount, amount, fc.integer({ min: 1, max: 1_000_000 }), (revenue, operatingIncome, interestExpense, equity, unit) => {
      const small = quarters({ revenue, operatingIncome, interestExpense, netIncome: operatingIncome, equity, totalDebt: interestExpense });
      const large = small.map((statement) => Object.fromEntries(Object.entries(statement).map(([line, value]) => [line, value instanceof Decimal ? value.times(unit) : value])) as StatementFigures);
      const [a, b] = [small, large].map((statements) => companyRatios(statements, { price: null, isFinancial: false }));
      for (const key of ["icr", "returnOnEquity", "debtToEquity", "operatingMargin", "netMargin"] as const) expect(b![key]! / a![key]!).toBeCloseTo(1, 12);
    }));
  });

  it("keep the order of the margins and of the two coverages", () => {
    fc.assert(fc.property(amount, amount, amount, amount, (revenue, operatingIncome, depreciation, interestExpense) => {
      const statements = quarters({ revenue, costOfRevenue: 0, operatingIncome, depreciation, interestExpense });
      expect(grossMargin(statements)).toBe(1);
      expect(interestCoverageEbitda(statements)!).toBeGreaterThan(interestCoverage(statements)!);
    }));
  });
});
