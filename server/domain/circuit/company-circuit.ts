import { AppError } from "@/server/domain/app-error";
import type { CompanyFigures } from "@/server/domain/scenario/company-figures";
import type { QuarterFlows } from "@/server/domain/scenario/company-path";
import type { DebtTranche } from "@/server/domain/scenario/debt-ladder";
import type { Rating } from "@/server/domain/scenario/synthetic-rating";
import { CIRCUIT_ELEMENTS, CIRCUIT_NODES, type CircuitElementId, type CircuitElementSpec, type CircuitNodeId, type ElementState, type FormulaFigures } from "./circuit-elements";
import { companyNetwork, creditLineOf, trailingBefore, unladdered, unpaidDepreciation, type CarriedOver } from "./company-network";
import { modifiedNodalAnalysis, type NetworkSolution } from "./modified-nodal-analysis";

/** Kirchhoff's law must hold to this share of the largest current. */
export const RESIDUAL_LIMIT = 1e-9;

/** Coverage covenants differ from loan to loan and are rarely published; this is a common order of size and marked as assumed wherever it shows. */
export const ASSUMED_COVENANT_ICR = 1.5;

export type CircuitState = {
  /** USD per quarter by element, positive from its `from` to its `to`. */
  currents: number[];
  states: (ElementState | null)[];
  /** Fraction per year by node; null where it is not defined. */
  potentials: (number | null)[];
  /** Worst |inflow - outflow - change of storage| over the largest current. */
  residual: number;
  stocks: { cash: number | null; debt: number | null; equity: number | null };
  /** Sums of four quarters, USD. */
  trailing: { ebit: number; interest: number };
  icr: number | null;
  icrEbitda: number | null;
  rating: Rating | null;
  spread: number;
  figures: FormulaFigures[];
};

export type CompanyCircuit = {
  nodes: CircuitNodeId[];
  elements: CircuitElementSpec[];
  before: CircuitState[];
  after: CircuitState[];
  worstResidual: number;
};

export type CompanyCircuitInput = {
  figures: CompanyFigures;
  tranches: readonly DebtTranche[];
  /** The runs without and with the shock, of equal length; index 0 is the last actual quarter. */
  before: readonly QuarterFlows[];
  after: readonly QuarterFlows[];
  taxRate: number;
  covenantIcr?: number;
};

/**
 * The circuit of a non-financial company, solved for each quarter of two runs.
 *
 *     sum of currents into a junction - sum out of it - change of what is stored there = 0    for each junction, each quarter
 *
 * @param input.figures  reported figures; a line that is null has no element, in any quarter
 * @param input.tranches  debt by contract, USD and fractions per year
 * @param input.before, input.after  statements of the engine, USD per quarter; they give what enters and the prices of new contracts, all else is solved
 * @param input.taxRate  fraction of positive income before tax
 * @param input.covenantIcr  cover (EBIT / interest, trailing four quarters) below which the covenant fuse opens; default 1.5, assumed
 * @returns currents in USD per quarter by element, potentials as fractions per year, stocks in USD, and the worst residual over all quarters
 * @throws AppError RULE_VIOLATED for banks and other financials, and where no state of the diodes and the fuse is consistent; INVALID_INPUT when
 *   the runs are empty or differ in length
 *
 * Convention: cash, contract currents and losses are carried from one solved quarter to the next, so that an error would grow instead of hiding.
 * Potentials: operations 4 EBIT / (debt + equity); lenders 4 interest / debt; obligations 4 (interest + net income) / (debt + equity), the return of all
 * who finance the company, weighted; owners 4 net income / equity. Null where debt or equity is not reported or not positive.
 * Source: scenario as in `modifiedNodalAnalysis`; the elements follow the reported statement lines.
 * Worked: revenue 100, variable costs 60, fixed costs 20, interest 5, tax 21 % of 15, no other line -> 11.85 kept as cash
 */
export function companyCircuit(input: CompanyCircuitInput): CompanyCircuit {
  const { figures, before, after } = input;
  if (figures.isFinancial) throw new AppError("RULE_VIOLATED", "Interest is the raw material of a bank and not a cost beside its business, so its circuit has another shape, which is not drawn yet", { field: "ticker", reason: "financial" });
  if (before.length === 0 || before.length !== after.length) throw new AppError("INVALID_INPUT", "Both runs need the same number of quarters", { field: "after" });

  const elements = elementsOf(input);
  const [solvedBefore, solvedAfter] = [before, after].map((path) => solvePath(input, path, elements)) as [CircuitState[], CircuitState[]];
  return {
    nodes: CIRCUIT_NODES.filter((node) => elements.some(({ from, to }) => from === node || to === node)),
    elements,
    before: solvedBefore,
    after: solvedAfter,
    worstResidual: Math.max(...solvedBefore.map(({ residual }) => residual), ...solvedAfter.map(({ residual }) => residual)),
  };
}

/** The elements that exist for this company in any quarter of either run; direction and column follow the first quarter and stay. */
function elementsOf({ figures, before, after, tranches }: CompanyCircuitInput): CircuitElementSpec[] {
  const all = [...before, ...after];
  const first = before[0]!;
  const ever = (amount: (flows: QuarterFlows) => number | null) => all.some((flows) => (amount(flows) ?? 0) !== 0);
  const hasDebt = ever(({ interest }) => interest);
  const fixed = tranches.filter(({ kind, amount }) => kind === "fixed" && amount > 0);
  const quarters = before.length - 1;
  const line = creditLineOf(tranches);
  const paidFixed = first.fixedCosts - unpaidDepreciation(first);
  // Where the margin leaves less than no fixed costs, their split from the variable ones says nothing, and both are one element.
  const merged = paidFixed < 0;
  const present: Record<CircuitElementId, boolean> = {
    revenue: true,
    otherIncome: ever(({ otherIncome }) => otherIncome),
    variableCosts: !merged && ever(({ variableCosts }) => variableCosts),
    fixedCosts: !merged && paidFixed !== 0,
    operatingCosts: merged,
    costShock: ever(({ costShock }) => costShock),
    toLenders: true,
    newDebt: ever(({ newDebt }) => newDebt),
    interest: hasDebt,
    interestFixed: hasDebt && fixed.length > 0,
    interestFloating: hasDebt && tranches.some(({ kind, amount }) => kind === "floating" && amount > 0),
    interestRenewed: hasDebt && fixed.some(({ maturityQuarter }) => maturityQuarter <= quarters),
    interestCreditLine: hasDebt && ever(({ interestByTranche }) => interestByTranche[line] ?? 0),
    interestUnladdered: hasDebt && ever(unladdered),
    fuse: hasDebt && figures.interest !== null,
    waiver: hasDebt && figures.interest !== null,
    toObligations: true,
    workingCapital: first.nonCash !== null,
    tax: true,
    capex: first.capex !== null,
    debtRepaid: ever(({ debtRepaid }) => debtRepaid),
    toOwners: true,
    dividends: first.dividends !== null,
    otherUses: ever(({ otherUses }) => otherUses),
    kept: true,
  };
  const workingCapital = (first.nonCash ?? 0) - unpaidDepreciation(first);
  const shapes: Record<CircuitElementId, Omit<CircuitElementSpec, "id">> = {
    revenue: money("source", "ground", "operations", "in", "exposure"),
    otherIncome: first.otherIncome < 0 ? money("dependentSource", "operations", "ground", "out", "computed") : money("source", "ground", "operations", "in", "computed"),
    variableCosts: money("resistor", "operations", "ground", "out", "exposure"),
    fixedCosts: money("dependentSource", "operations", "ground", "out", "computed"),
    operatingCosts: money("resistor", "operations", "ground", "out", "computed"),
    costShock: money("resistor", "operations", "ground", "out", "assumed"),
    toLenders: money("meter", "operations", "lenders", "inside", "computed"),
    newDebt: money("source", "ground", "lenders", "in", "assumed"),
    interest: money("meter", "ladder", "covenant", "out", "computed"),
    interestFixed: { ...money("coil", "lenders", "ladder", "inside", "assumed"), partOf: "interest" },
    interestFloating: { ...money("coil", "lenders", "ladder", "inside", "assumed"), partOf: "interest" },
    interestRenewed: { ...money("coil", "lenders", "ladder", "inside", "assumed"), partOf: "interest" },
    interestCreditLine: { ...money("coil", "lenders", "ladder", "inside", "assumed"), partOf: "interest" },
    interestUnladdered: { ...money("coil", "lenders", "ladder", "inside", "reported"), partOf: "interest" },
    fuse: { ...money("fuse", "covenant", "ground", "out", "assumed"), partOf: "interest" },
    waiver: { ...money("resistor", "covenant", "ground", "out", "assumed"), partOf: "interest" },
    toObligations: money("meter", "lenders", "obligations", "inside", "computed"),
    workingCapital: workingCapital < 0 ? money("dependentSource", "obligations", "ground", "out", "reported") : money("source", "ground", "obligations", "in", "reported"),
    tax: money("diode", "obligations", "ground", "out", "reported"),
    capex: money("dependentSource", "obligations", "ground", "out", "reported"),
    debtRepaid: money("switch", "obligations", "ground", "out", "assumed"),
    toOwners: money("meter", "obligations", "owners", "inside", "computed"),
    dividends: money("diode", "owners", "ground", "out", "reported"),
    otherUses: (first.otherUses ?? 0) < 0 ? money("source", "ground", "owners", "in", "computed") : money("dependentSource", "owners", "ground", "out", "computed"),
    kept: money("capacitor", "owners", "ground", "inside", "computed"),
  };
  return CIRCUIT_ELEMENTS.filter((id) => present[id]).map((id) => ({ id, ...shapes[id] }));
}

const money = (kind: CircuitElementSpec["kind"], from: CircuitNodeId, to: CircuitNodeId, column: CircuitElementSpec["column"], basis: CircuitElementSpec["basis"]): Omit<CircuitElementSpec, "id"> => ({ kind, from, to, column, partOf: null, basis });

type Solved = { input: CompanyCircuitInput; path: readonly QuarterFlows[]; flows: QuarterFlows; quarter: number; usd: (id: string) => number; solution: NetworkSolution; trailing: CircuitState["trailing"]; cash: number | null; carried: CarriedOver; variableShare: number };

function solvePath(input: CompanyCircuitInput, path: readonly QuarterFlows[], elements: readonly CircuitElementSpec[]): CircuitState[] {
  const { figures, tranches, before, taxRate, covenantIcr = ASSUMED_COVENANT_ICR } = input;
  const start = before[0]!;
  const variableShare = start.revenue === 0 ? 0 : start.variableCosts / start.revenue;
  const scale = Math.max(1, ...[...input.before, ...input.after].map(({ revenue, fixedCosts, newDebt }) => Math.max(Math.abs(revenue), Math.abs(fixedCosts), newDebt)));
  const states: CircuitState[] = [];
  let carried: CarriedOver = { coils: tranches.map((_, k) => start.interestByTranche[k] ?? 0), cash: cashBeforeFirst(start), losses: start.lossCarryForward };

  for (const [quarter, flows] of path.entries()) {
    const network = companyNetwork({ figures, tranches, path, quarter, variableShare, taxRate, covenantIcr, scale, carried });
    const solution = modifiedNodalAnalysis(network);
    const usd = (id: string) => (solution.currents[id] ?? 0) * scale;
    const cash = carried.cash === null ? null : solution.potentials.owners! * scale;
    const earlier = trailingBefore({ figures, path }, quarter);
    const ownEbit = usd("revenue") - usd("variableCosts") - usd("fixedCosts") - usd("costShock") - unpaidDepreciation(flows);
    const trailing = quarter === 0 ? { ebit: 4 * ownEbit, interest: 4 * usd("interest") } : { ebit: earlier.ebit + ownEbit, interest: earlier.interest + usd("interest") };
    const solved: Solved = { input, path, flows, quarter, usd, solution, trailing, cash, carried, variableShare };
    const currents = elements.map((element) => currentOf(element, solved));
    // What the plates gained must be what flowed into them, on top of Kirchhoff's law at the junctions.
    const largest = Math.max(...Object.values(solution.currents).map((current) => Math.abs(current * scale)));
    const stored = cash === null || carried.cash === null || largest === 0 ? 0 : Math.abs(usd("kept") - (cash - carried.cash)) / largest;
    states.push({
      currents,
      states: elements.map((element) => stateOf(element, solved)),
      potentials: potentialsOf(elements, solved, ownEbit),
      residual: Math.max(solution.residual, stored),
      stocks: { cash, debt: flows.debtEnd, equity: flows.equityEnd },
      trailing,
      icr: trailing.interest > 0 && flows.icr !== null ? trailing.ebit / trailing.interest : null,
      icrEbitda: flows.icrEbitda,
      rating: flows.rating,
      spread: flows.spread,
      figures: elements.map((element) => figuresOf(element, solved)),
    });
    carried = {
      coils: tranches.map((_, k) => usd(`coil:${k}`)),
      cash: path[quarter + 1]?.cashEnd === null ? null : cash,
      losses: quarter === 0 ? start.lossCarryForward : usd("loss"),
    };
  }
  return states;
}

/** Cash a quarter before the first one, so that the first quarter's plates end at the reported balance. */
function cashBeforeFirst({ cashEnd, netIncome, nonCash, capex, dividends, otherUses, newDebt, debtRepaid }: QuarterFlows): number | null {
  if (cashEnd === null) return null;
  return cashEnd - (netIncome + (nonCash ?? 0) - (capex ?? 0) - (dividends ?? 0) - (otherUses ?? 0) + newDebt - debtRepaid);
}

/** Tranches of a part of the interest in a quarter. */
function tranchesOf(id: CircuitElementId, { input: { tranches }, quarter }: Pick<Solved, "input" | "quarter">): number[] {
  const belongs = ({ kind, maturityQuarter }: DebtTranche) => {
    if (id === "interestFloating") return kind === "floating";
    return kind === "fixed" && (id === "interestFixed" ? quarter < maturityQuarter : id === "interestRenewed" && quarter >= maturityQuarter);
  };
  if (id === "interestCreditLine") return [creditLineOf(tranches)];
  return tranches.flatMap((tranche, k) => (belongs(tranche) ? [k] : []));
}

function currentOf({ id, kind, from }: CircuitElementSpec, solved: Solved): number {
  const { usd } = solved;
  if (id === "operatingCosts") return usd("variableCosts") + usd("fixedCosts");
  if (id === "interestUnladdered") return usd("unladdered");
  if (kind === "coil") return tranchesOf(id, solved).reduce((sum, k) => sum + usd(`tranche:${k}`), 0);
  // These two enter the network as inflows; where they are drawn as outflows their sign turns with them.
  if ((id === "otherIncome" || id === "workingCapital") && from !== "ground") return -usd(id);
  return id === "otherUses" && from === "ground" ? -usd(id) : usd(id);
}

function stateOf({ id, kind }: CircuitElementSpec, { solution, quarter, usd }: Solved): ElementState | null {
  if (kind === "diode") {
    const gate = id === "tax" ? "taxed" : "payout";
    return (id === "tax" && quarter === 0) || solution.closed[gate] ? (usd(id) > 0 ? "conducting" : "blocked") : "blocked";
  }
  if (kind === "switch") return solution.closed.maturity ? "closed" : "open";
  return kind === "fuse" ? (solution.closed.fuse ? "closed" : "open") : null;
}

function potentialsOf(elements: readonly CircuitElementSpec[], { flows: { debtEnd, equityEnd }, usd, flows }: Solved, ebit: number): (number | null)[] {
  const over = (flow: number, stock: number | null) => (stock !== null && stock > 0 ? (4 * flow) / stock : null);
  const capital = debtEnd !== null && equityEnd !== null && equityEnd > 0 ? debtEnd + equityEnd : null;
  const netIncome = ebit + usd("otherIncome") - usd("interest") - usd("tax");
  const byNode: Partial<Record<CircuitNodeId, number | null>> = {
    operations: over(ebit, capital),
    lenders: flows.interest === 0 ? null : over(usd("interest"), debtEnd),
    obligations: over(usd("interest") + netIncome, capital),
    owners: over(netIncome, equityEnd),
  };
  return CIRCUIT_NODES.filter((node) => elements.some(({ from, to }) => from === node || to === node)).map((node) => byNode[node] ?? null);
}

/** The figures of each formula in the quarter, by the names its words use. */
function figuresOf({ id }: CircuitElementSpec, solved: Solved): FormulaFigures {
  const { input, path, flows, usd, trailing, cash, carried, variableShare, quarter } = solved;
  const first = input.before[0]!;
  const amountOf = (k: number) => input.tranches[k]?.amount ?? (quarter === 0 ? 0 : (path[quarter - 1]?.creditLine ?? 0));
  switch (id) {
    case "revenue":
      return { base: first.revenue, deviation: first.revenue === 0 ? null : usd("revenue") / first.revenue - 1 };
    case "variableCosts":
      return { share: variableShare };
    case "operatingCosts":
      return { costs: flows.variableCosts + flows.fixedCosts, share: variableShare, depreciation: unpaidDepreciation(flows) || null };
    case "fixedCosts":
      return { fixed: flows.fixedCosts, depreciation: unpaidDepreciation(flows) || null };
    case "interestFixed":
    case "interestFloating":
    case "interestRenewed":
    case "interestCreditLine": {
      const parts = tranchesOf(id, solved);
      const amount = parts.reduce((sum, k) => sum + amountOf(k), 0);
      const paid = parts.reduce((sum, k) => sum + usd(`tranche:${k}`), 0);
      return { amount, rate: amount > 0 ? (4 * paid) / amount : null, count: parts.length };
    }
    case "interest":
      return { debt: flows.debtEnd };
    case "fuse":
    case "waiver":
      return { ebit: trailing.ebit, interest: trailing.interest, icr: trailing.interest > 0 ? trailing.ebit / trailing.interest : null, limit: input.covenantIcr ?? ASSUMED_COVENANT_ICR };
    case "workingCapital":
      return { nonCash: flows.nonCash, depreciation: unpaidDepreciation(flows) || null };
    case "tax":
      return { rate: input.taxRate, preTax: flows.preTax, losses: quarter === 0 ? 0 : carried.losses };
    case "kept":
      return { cash, cashBefore: carried.cash };
    default:
      return {};
  }
}
