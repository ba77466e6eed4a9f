import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import type { CompanyFigures } from "@/server/domain/scenario/company-figures";
import type { QuarterFlows } from "@/server/domain/scenario/company-path";
import type { DebtTranche } from "@/server/domain/scenario/debt-ladder";
import type { CircuitElementId } from "./circuit-elements";
import { RESIDUAL_LIMIT, companyCircuit, type CompanyCircuit } from "./company-circuit";

const four = (value: number): [number, number, number, number] => [value, value, value, value];
const figuresOf = (more: Partial<CompanyFigures> = {}): CompanyFigures => ({
  ticker: "TEST", name: "Test company", sector: "MANUFACTURING", isFinancial: false, periodEnd: "2026-09-30", window: "four-quarters", reference: "10-Q 2026-09-30", provider: "sec-filing",
  revenue: four(100), ebit: four(20), interest: four(5), depreciation: null, preTax: four(15), tax: four(3.15), netIncome: four(11.85),
  operatingCashFlow: null, capex: null, dividends: null, debt: null, cash: null, equity: null, totalAssets: null, ...more,
});

/** A quarter whose statement lines close, from a few of them. */
function quarterOf(lines: { revenue: number; variable?: number; fixed?: number; interest?: readonly number[]; losses?: number; cashStart?: number } & Partial<Omit<QuarterFlows, "interest">>): QuarterFlows {
  const { revenue, variable = 60, fixed = 20, interest: interestByTranche = [5], losses = 0, cashStart, ...more } = lines;
  const interest = interestByTranche.reduce((sum, part) => sum + part, 0);
  const [costShock, otherIncome] = [more.costShock ?? 0, more.otherIncome ?? 0];
  const ebit = revenue - variable - fixed - costShock;
  const preTax = ebit - interest + otherIncome;
  const tax = Math.max(0, preTax - losses) * 0.21;
  const netIncome = preTax - tax;
  const { nonCash = null, capex = null, dividends = null, otherUses = null, newDebt = 0, debtRepaid = 0 } = more;
  const kept = netIncome + (nonCash ?? 0) - (capex ?? 0) - (dividends ?? 0) - (otherUses ?? 0) + newDebt - debtRepaid;
  return {
    revenue, variableCosts: variable, fixedCosts: fixed, costShock, ebit, depreciation: null, interestByTranche, interest, otherIncome, preTax, tax,
    lossCarryForward: Math.max(0, losses - preTax), netIncome, nonCash, capex, dividends, otherUses, debtRepaid, newDebt, creditLine: 0,
    cashEnd: cashStart === undefined ? null : cashStart + kept, debtEnd: null, equityEnd: null, icr: null, icrEbitda: null, rating: null, spread: 0.01,
    interestParts: { standing: interest, floating: 0, renewed: 0, rating: 0, creditLine: 0 }, ...more,
  };
}
const tranche = (more: Partial<DebtTranche> = {}): DebtTranche => ({ name: "Notes", kind: "fixed", amount: 400, rate: 0.05, spread: 0.012, maturityQuarter: 20, tenorQuarters: 20, ...more });
const solve = (path: QuarterFlows[], { figures = figuresOf(), tranches = [tranche()] }: { figures?: CompanyFigures; tranches?: DebtTranche[] } = {}) =>
  companyCircuit({ figures, tranches, before: path, after: path, taxRate: 0.21 });
const current = (circuit: CompanyCircuit, quarter: number, id: CircuitElementId) => circuit.after[quarter]!.currents[circuit.elements.findIndex((element) => element.id === id)]!;
const state = (circuit: CompanyCircuit, quarter: number, id: CircuitElementId) => circuit.after[quarter]!.states[circuit.elements.findIndex((element) => element.id === id)];

describe("companyCircuit", () => {
  it("gives the worked example of its docstring", () => {
    const circuit = solve([quarterOf({ revenue: 100 })]);
    expect(current(circuit, 0, "kept")).toBeCloseTo(11.85, 10);
    expect(current(circuit, 0, "toLenders")).toBeCloseTo(20, 10);
    expect(current(circuit, 0, "toObligations")).toBeCloseTo(15, 10);
    expect(circuit.worstResidual).toBeLessThanOrEqual(RESIDUAL_LIMIT);
  });

  it("has no element for a line that is not reported", () => {
    const ids = solve([quarterOf({ revenue: 100 })]).elements.map(({ id }) => id);
    for (const id of ["dividends", "capex", "workingCapital", "otherUses", "otherIncome"]) expect(ids).not.toContain(id);
    const full = solve([quarterOf({ revenue: 100, dividends: 0, capex: 1, nonCash: 2, otherUses: 3 })]).elements.map(({ id }) => id);
    for (const id of ["dividends", "capex", "workingCapital", "otherUses"]) expect(full).toContain(id);
  });

  it("charges the cash plates with what is kept, quarter by quarter", () => {
    const path = [quarterOf({ revenue: 100, cashStart: 50 })];
    for (let t = 1; t <= 4; t++) path.push(quarterOf({ revenue: 100 - t, variable: 0.6 * (100 - t), cashStart: path[t - 1]!.cashEnd! }));
    const circuit = solve(path);
    path.forEach(({ cashEnd }, t) => expect(circuit.after[t]!.stocks.cash).toBeCloseTo(cashEnd!, 9));
  });

  it("blocks the tax diode in a loss, carries the loss, and sets it against later income", () => {
    const loss = quarterOf({ revenue: 50, variable: 30, losses: 0 });
    const after = quarterOf({ revenue: 100, losses: loss.lossCarryForward });
    const circuit = solve([quarterOf({ revenue: 100 }), loss, after]);
    expect(loss.preTax).toBe(-5);
    expect(current(circuit, 1, "tax")).toBeCloseTo(0, 12);
    expect(state(circuit, 1, "tax")).toBe("blocked");
    expect(current(circuit, 2, "tax")).toBeCloseTo((15 - 5) * 0.21, 10);
    expect(state(circuit, 2, "tax")).toBe("conducting");
  });

  it("opens the covenant fuse below the limit while the interest keeps being owed", () => {
    const weak = quarterOf({ revenue: 66, variable: 39.6 });
    const circuit = solve([quarterOf({ revenue: 100 }), quarterOf({ revenue: 100 }), weak, weak, weak, weak]);
    expect(state(circuit, 1, "fuse")).toBe("closed");
    expect(current(circuit, 1, "waiver")).toBeCloseTo(0, 12);
    // Four quarters of 6.4 against 5: cover 1.28.
    expect(circuit.after[5]!.trailing.ebit / circuit.after[5]!.trailing.interest).toBeCloseTo(1.28, 10);
    expect(state(circuit, 5, "fuse")).toBe("open");
    expect(current(circuit, 5, "fuse")).toBeCloseTo(0, 12);
    expect(current(circuit, 5, "waiver")).toBeCloseTo(5, 10);
    expect(current(circuit, 5, "interest")).toBeCloseTo(5, 10);
  });

  it("lets a standing contract pay what it paid, whatever the statements say, and prices a renewed one anew", () => {
    const tranches = [tranche({ maturityQuarter: 2 }), tranche({ kind: "floating", amount: 200 })];
    const paths = [quarterOf({ revenue: 100, interest: [5, 2] }), quarterOf({ revenue: 100, interest: [5, 3] }), quarterOf({ revenue: 100, interest: [8, 3] })];
    const circuit = solve(paths, { tranches });
    expect([0, 1, 2].map((t) => current(circuit, t, "interestFixed"))).toEqual([5, 5, 0].map((value) => expect.closeTo(value, 10)));
    expect([0, 1, 2].map((t) => current(circuit, t, "interestRenewed"))).toEqual([0, 0, 8].map((value) => expect.closeTo(value, 10)));
    expect([0, 1, 2].map((t) => current(circuit, t, "interestFloating"))).toEqual([2, 3, 3].map((value) => expect.closeTo(value, 10)));
    const wrong = solve([paths[0]!, quarterOf({ revenue: 100, interest: [6, 3] })], { tranches });
    expect(current(wrong, 1, "interestFixed")).toBeCloseTo(5, 10);
  });

  it("closes the switch of a repayment only when debt is due", () => {
    const circuit = solve([quarterOf({ revenue: 100 }), quarterOf({ revenue: 100, debtRepaid: 40, newDebt: 40 })]);
    expect(state(circuit, 0, "debtRepaid")).toBe("open");
    expect(state(circuit, 1, "debtRepaid")).toBe("closed");
    expect(current(circuit, 1, "debtRepaid")).toBeCloseTo(40, 10);
  });

  it("leaves potentials undefined where a stock is not reported or not positive", () => {
    const known = { debtEnd: 400, equityEnd: 200 };
    const circuit = solve([quarterOf({ revenue: 100, ...known })]);
    const at = (node: string, from: CompanyCircuit) => from.after[0]!.potentials[from.nodes.findIndex((id) => id === node)];
    expect(at("operations", circuit)).toBeCloseTo(80 / 600, 12);
    expect(at("lenders", circuit)).toBeCloseTo(0.05, 12);
    expect(at("owners", circuit)).toBeCloseTo((4 * 11.85) / 200, 12);
    expect(at("ground", circuit)).toBeNull();
    expect(at("owners", solve([quarterOf({ revenue: 100, debtEnd: 400, equityEnd: -3 })]))).toBeNull();
  });

  it("refuses financials with a reason and runs of different length", () => {
    const thrown = (run: () => unknown) => {
      try {
        return void run();
      } catch (error) {
        return error;
      }
    };
    const refused = thrown(() => solve([quarterOf({ revenue: 100 })], { figures: figuresOf({ isFinancial: true }) }));
    expect(refused).toBeInstanceOf(AppError);
    expect(refused).toMatchObject({ code: "RULE_VIOLATED", details: { field: "ticker", reason: "financial" } });
    expect(thrown(() => companyCircuit({ figures: figuresOf(), tranches: [], before: [quarterOf({ revenue: 1 })], after: [], taxRate: 0.2 }))).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("agrees with any statements that close, to 1e-9 of their size", () => {
    const usd = fc.integer({ min: -2_000_000, max: 2_000_000 }).map((thousand) => thousand * 1_000);
    const positive = fc.integer({ min: 1, max: 50_000_000 }).map((thousand) => thousand * 1_000);
    const quarter = fc.record({ growth: fc.integer({ min: -90, max: 200 }), costShock: usd, newDebt: positive, floating: positive });
    const company = fc.record({ revenue: positive, fixed: positive, interest: positive, otherIncome: usd, nonCash: fc.option(usd), capex: fc.option(positive), dividends: fc.option(positive), quarters: fc.array(quarter, { minLength: 1, maxLength: 8 }) });
    fc.assert(
      fc.property(company, ({ revenue, fixed, interest, otherIncome, nonCash, capex, dividends, quarters }) => {
        const lines = { nonCash, capex, dividends, otherIncome, fixed, otherUses: nonCash !== null && capex !== null ? 1_000 : null };
        const path = [quarterOf({ ...lines, revenue, variable: 0.4 * revenue, interest: [interest, interest], cashStart: 1e9 })];
        for (const { growth, costShock, newDebt, floating } of quarters) {
          const last = path.at(-1)!;
          const sold = revenue * (1 + growth / 100);
          path.push(quarterOf({ ...lines, revenue: sold, variable: 0.4 * sold, interest: [interest, floating], costShock, newDebt, debtRepaid: newDebt, losses: last.lossCarryForward, cashStart: last.cashEnd! }));
        }
        const circuit = solve(path, { tranches: [tranche({ amount: 80 * interest }), tranche({ kind: "floating", amount: 4e9 })], figures: figuresOf({ cash: 1e9 }) });
        expect(circuit.worstResidual).toBeLessThanOrEqual(RESIDUAL_LIMIT);
        path.forEach((flows, t) => {
          const size = Math.max(flows.revenue, flows.fixedCosts, flows.newDebt, flows.interest, Math.abs(flows.cashEnd!));
          const same = (id: CircuitElementId, value: number) => expect(Math.abs(current(circuit, t, id) - value)).toBeLessThanOrEqual(1e-9 * size);
          same("variableCosts", flows.variableCosts);
          same("interest", flows.interest);
          same("tax", flows.tax);
          same("kept", flows.netIncome + (nonCash ?? 0) - (capex ?? 0) - (dividends ?? 0) - (flows.otherUses ?? 0));
          expect(Math.abs(circuit.after[t]!.stocks.cash! - flows.cashEnd!)).toBeLessThanOrEqual(1e-9 * size);
        });
      }),
    );
  });
});
