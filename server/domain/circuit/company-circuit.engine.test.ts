import { describe, expect, it } from "vitest";
import type { CompanyFigures, Trailing } from "@/server/domain/scenario/company-figures";
import { simulateCompany, type DriverDeviations, type QuarterFlows, type SimulationOptions } from "@/server/domain/scenario/company-path";
import { debtLadder } from "@/server/domain/scenario/debt-ladder";
import { sectorPrior } from "@/server/domain/scenario/sector-priors";
import type { CircuitElementId } from "./circuit-elements";
import { ASSUMED_COVENANT_ICR, RESIDUAL_LIMIT, companyCircuit, type CircuitState, type CompanyCircuit } from "./company-circuit";
import { CIRCUIT_UNITS } from "./circuit-units";

const QUARTERS = 12;
const M = 1e6;
const spread = (mean: number): Trailing => [0.94 * mean * M, 0.99 * mean * M, 1.02 * mean * M, 1.05 * mean * M];
const company = (ticker: string, sector: string, more: Partial<CompanyFigures> & Pick<CompanyFigures, "revenue" | "ebit">): CompanyFigures => ({
  ticker, name: `${ticker}, made up`, sector, isFinancial: false, periodEnd: "2026-09-30", window: "four-quarters", reference: "10-Q 2026-09-30", provider: "synthetic",
  interest: null, depreciation: null, preTax: null, tax: null, netIncome: null, operatingCashFlow: null, capex: null, dividends: null,
  debt: null, cash: null, equity: null, totalAssets: null, ...more,
});

/** Round figures of every kind the engine knows; none is a real company. */
const COMPANIES = [
  company("WHOLE", "MANUFACTURING", { revenue: spread(16_000), ebit: spread(3_100), interest: spread(130), depreciation: spread(550), preTax: spread(3_200), tax: spread(700), netIncome: spread(2_500), operatingCashFlow: spread(3_000), capex: spread(700), dividends: spread(650), debt: 38_000 * M, cash: 6_000 * M, equity: 19_000 * M }),
  company("RICH", "SEMICONDUCTOR", { revenue: spread(40_000), ebit: spread(26_000), interest: spread(60), depreciation: spread(600), preTax: spread(27_000), tax: spread(4_000), netIncome: spread(23_000), operatingCashFlow: spread(22_000), capex: spread(1_500), dividends: spread(240), debt: 8_500 * M, cash: 9_000 * M, equity: 80_000 * M }),
  company("TRUST", "REALESTATE", { revenue: spread(900), ebit: spread(300), interest: spread(190), depreciation: spread(420), preTax: spread(120), tax: spread(2), netIncome: spread(118), operatingCashFlow: spread(500), capex: null, dividends: spread(520), debt: 18_000 * M, cash: 250 * M, equity: 20_000 * M }),
  company("LOSS", "CRYPTO", { revenue: spread(110), ebit: spread(-300), interest: spread(15), depreciation: spread(80), netIncome: spread(-330), operatingCashFlow: spread(-60), capex: spread(200), debt: 3_000 * M, cash: 40 * M, equity: -50 * M }),
  company("BARE", "MANUFACTURING", { revenue: spread(50), ebit: spread(4) }),
  company("NODEBT", "SEMICONDUCTOR", { revenue: spread(700), ebit: spread(150), interest: [0, 0, 0, 0], preTax: spread(160), tax: spread(20), netIncome: spread(140), operatingCashFlow: spread(200), capex: spread(30), dividends: spread(60), debt: 0, cash: 900 * M, equity: 3_000 * M }),
  company("UNLADDERED", "MANUFACTURING", { revenue: spread(2_000), ebit: spread(120), interest: spread(70), operatingCashFlow: spread(100), netIncome: spread(30), capex: spread(60), cash: 10 * M }),
  company("EDGE", "MANUFACTURING", { revenue: spread(4_000), ebit: spread(160), interest: spread(100), depreciation: spread(90), preTax: spread(60), tax: spread(12), netIncome: spread(48), operatingCashFlow: spread(120), capex: spread(80), dividends: spread(40), debt: 7_000 * M, cash: 20 * M, equity: 2_000 * M }),
];

const step = (size: number) => [0, ...Array.from({ length: QUARTERS }, () => size)];
const SCENARIOS: Record<string, DriverDeviations> = {
  none: {},
  rates: { fedFunds: step(0.02), treasury10y: step(0.015) },
  recession: { fedFunds: step(-0.02), treasury10y: step(-0.01), gdpGrowth: step(-0.06), oil: step(-0.4) },
  oil: { oil: step(1), gdpGrowth: step(-0.01) },
  collapse: { gdpGrowth: step(-0.4), fedFunds: step(0.05) },
};
const EXPOSURES = [{ driver: "gdpGrowth" as const, elasticity: 2.2, lagQuarters: 1 }];

function run(figures: CompanyFigures, drivers: DriverDeviations) {
  const prior = sectorPrior(figures.sector);
  const mean = figures.interest && figures.interest.reduce((sum, value) => sum + value, 0) / 4;
  const { tranches } = debtLadder({ debt: figures.debt, interest: mean, floatingShare: prior.floatingShare, fixedYears: 2, fedFunds: 0.04, treasury10y: 0.042, ratingSpread: 0.012 });
  const options: SimulationOptions = { quarters: QUARTERS, contributionMargin: prior.contributionMargin, oilCostShare: prior.oilCostShare, passThrough: prior.passThrough, taxRate: prior.taxRate, ratingTable: "large", fedFunds: 0.04, treasury10y: 0.042 };
  const before = simulateCompany(figures, tranches, {}, EXPOSURES, options);
  const after = simulateCompany(figures, tranches, drivers, EXPOSURES, options);
  return { before, after, circuit: companyCircuit({ figures, tranches, before, after, taxRate: prior.taxRate }) };
}

const cases = COMPANIES.flatMap((figures) => Object.entries(SCENARIOS).map(([name, drivers]) => ({ ticker: figures.ticker, scenario: name, figures, drivers })));

/** Solved current by element, zero where the element is absent. */
const reader = ({ elements }: CompanyCircuit, state: CircuitState) => (id: CircuitElementId) => state.currents[elements.findIndex((element) => element.id === id)] ?? 0;

describe("companyCircuit against the engine", () => {
  it.each(cases)("conserves money in every quarter: $ticker, $scenario", ({ figures, drivers }) => {
    expect(run(figures, drivers).circuit.worstResidual).toBeLessThanOrEqual(RESIDUAL_LIMIT);
  });

  it.each(cases)("solves for what the statements say, to 1e-9: $ticker, $scenario", ({ figures, drivers }) => {
    const { before, after, circuit } = run(figures, drivers);
    const compare = (flows: QuarterFlows, state: CircuitState) => {
      const current = reader(circuit, state);
      const size = Math.max(1, ...[flows.revenue, flows.fixedCosts, flows.newDebt, flows.preTax, flows.interest, flows.cashEnd ?? 0].map(Math.abs));
      const same = (solved: number, stated: number) => expect(Math.abs(solved - stated)).toBeLessThanOrEqual(1e-9 * size);
      const unpaid = flows.nonCash !== null ? (flows.depreciation ?? 0) : 0;
      same(current("variableCosts") + current("fixedCosts") + current("operatingCosts") + current("costShock"), flows.revenue - flows.ebit - unpaid);
      same(current("interest"), flows.interest);
      same(["interestFixed", "interestFloating", "interestRenewed", "interestCreditLine", "interestUnladdered"].reduce((sum, id) => sum + current(id as CircuitElementId), 0), flows.interest);
      same(current("fuse") + current("waiver"), figures.interest === null ? 0 : flows.interest);
      same(current("tax"), flows.tax);
      same(current("capex"), flows.capex ?? 0);
      same(current("dividends"), flows.dividends ?? 0);
      same(current("toOwners"), flows.netIncome + (flows.nonCash ?? 0) - (flows.capex ?? 0) + flows.newDebt - flows.debtRepaid);
      if (flows.cashEnd !== null) same(state.stocks.cash!, flows.cashEnd);
      else expect(state.stocks.cash).toBeNull();
      if (flows.icr !== null) {
        expect(state.icr).toBeCloseTo(flows.icr, 9);
        expect(state.states[circuit.elements.findIndex(({ id }) => id === "fuse")]).toBe(flows.icr >= ASSUMED_COVENANT_ICR ? "closed" : "open");
      }
    };
    before.forEach((flows, t) => compare(flows, circuit.before[t]!));
    after.forEach((flows, t) => compare(flows, circuit.after[t]!));
  });

  it("changes nothing to the last bit without a shock", () => {
    for (const figures of COMPANIES) {
      const { circuit } = run(figures, {});
      expect(circuit.after).toEqual(circuit.before);
    }
  });

  it("joins fixed and variable costs where the margin leaves no fixed ones, and draws no negative cost", () => {
    const { circuit } = run(COMPANIES[1]!, {});
    const ids = circuit.elements.map(({ id }) => id);
    expect(ids).toContain("operatingCosts");
    expect(ids).not.toContain("fixedCosts");
    expect(reader(circuit, circuit.before[0]!)("operatingCosts")).toBeGreaterThan(0);
  });

  it("draws the credit line when cash runs out and repays nothing it does not have", () => {
    const { after, circuit } = run(COMPANIES[7]!, SCENARIOS.collapse!);
    expect(after.at(-1)!.creditLine).toBeGreaterThan(0);
    expect(circuit.elements.map(({ id }) => id)).toContain("interestCreditLine");
    expect(circuit.after.at(-1)!.stocks.cash).toBeCloseTo(0, 2);
  });

  it("has a unit for every number it gives", () => {
    for (const { figures, drivers } of cases) {
      const { elements, before, after } = run(figures, drivers).circuit;
      for (const state of [...before, ...after]) {
        for (const field of Object.keys(state)) if (field !== "states" && field !== "figures") expect(CIRCUIT_UNITS).toHaveProperty(field);
        state.figures.forEach((named, i) => Object.keys(named).forEach((name) => expect(CIRCUIT_UNITS).toHaveProperty([`${elements[i]!.id}.${name}`])));
      }
    }
  });
});
