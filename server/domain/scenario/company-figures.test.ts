import { describe, expect, it } from "vitest";
import { companyFigures, type StatementFigures } from "./company-figures";

const row = (periodEnd: string, part: Partial<StatementFigures> = {}): StatementFigures => ({
  periodKind: "QUARTER", periodEnd, currency: "USD", reference: `10-Q ${periodEnd}`, provider: "synthetic",
  revenue: 100, operatingIncome: 20, interestExpense: 4, depreciation: null, incomeTax: 3, netIncome: 13, operatingCashFlow: 25, capex: 10, dividendsPaid: null,
  totalDebt: 400, cash: 50, equity: 300, totalAssets: 1_000, ...part,
});
const ends = ["2024-12-31", "2025-03-31", "2025-06-30", "2025-09-30"];
const profile = { ticker: "SYNTH", name: "Synthetic", sector: "OTHER", isFinancial: false };
const quarters = (part: (i: number) => Partial<StatementFigures> = () => ({})) => ends.map((end, i) => row(end, part(i)));

describe("companyFigures", () => {
  it("gives the worked example of its docstring, whatever the order of the rows", () => {
    const rows = quarters((i) => ({ revenue: i + 1 })).toReversed();
    expect(companyFigures(profile, [row("2024-09-30", { revenue: 9 }), ...rows], 0.21).figures).toMatchObject({ revenue: [1, 2, 3, 4], periodEnd: "2025-09-30", window: "four-quarters", reference: "10-Q 2025-09-30" });
    expect(companyFigures(profile, [row("2024-12-31", { periodKind: "YEAR", revenue: 10 })], 0.21).figures!.revenue).toEqual([2.5, 2.5, 2.5, 2.5]);
  });

  it("takes the year where quarters are missing or older", () => {
    const year = row("2025-09-30", { periodKind: "YEAR", revenue: 444 });
    expect(companyFigures(profile, [...quarters().filter((_, i) => i !== 2), year], 0.21).figures!.revenue[0]).toBe(111);
    expect(companyFigures(profile, [...quarters(), { ...year, periodEnd: "2025-12-31" }], 0.21).figures!.revenue[0]).toBe(111);
    expect(companyFigures(profile, [...quarters(), year], 0.21).figures!.revenue[0]).toBe(100);
  });

  it("leaves a line null when a quarter does not report it, and never puts zero for it", () => {
    const { figures } = companyFigures(profile, quarters((i) => (i === 1 ? { capex: null, interestExpense: null } : {})), 0.21);
    expect(figures).toMatchObject({ capex: null, interest: null, dividends: null, ebit: [20, 20, 20, 20], preTax: [16, 16, 16, 16] });
  });

  it("takes stocks from the newest quarter that reports them", () => {
    expect(companyFigures(profile, quarters((i) => ({ totalDebt: i === 3 ? null : 100 * i, cash: null })), 0.21).figures).toMatchObject({ debt: 200, cash: null });
  });

  it("derives EBIT from net income, tax and interest where it is not reported", () => {
    const derived = companyFigures(profile, quarters(() => ({ operatingIncome: null })), 0.21).figures!;
    expect([derived.ebit[0], derived.ebitDerived]).toEqual([13 + 3 + 4, true]);
    const untaxed = companyFigures(profile, quarters(() => ({ operatingIncome: null, incomeTax: null, netIncome: 79 })), 0.21).figures!;
    expect(untaxed.ebit[0]).toBeCloseTo(104, 12);
    expect(companyFigures(profile, quarters(() => ({ operatingIncome: null, interestExpense: null })), 0.21).unavailable).toEqual({ code: "ebitNotDerivable" });
  });

  it("does not treat a bank's interest as the cost of its debt", () => {
    const { figures } = companyFigures({ ...profile, isFinancial: true }, quarters(), 0.21);
    expect(figures).toMatchObject({ interest: null, ebit: [16, 16, 16, 16] });
  });

  it("says why there is nothing", () => {
    expect(companyFigures(profile, [], 0.21).unavailable).toEqual({ code: "noStatement" });
    expect(companyFigures(profile, quarters(() => ({ currency: "EUR" })), 0.21).unavailable).toEqual({ code: "notInDollars" });
    expect(companyFigures(profile, quarters().slice(1), 0.21).unavailable).toEqual({ code: "noTwelveMonths" });
    expect(companyFigures(profile, quarters(() => ({ revenue: null })), 0.21).unavailable).toEqual({ code: "revenueNotReported" });
    expect(companyFigures(profile, quarters((i) => ({ revenue: i === 0 ? -5 : 5 })), 0.21).unavailable).toEqual({ code: "revenueNotReported" });
  });
});
