import type { CompanyFigures } from "@/server/domain/scenario/company-figures";
import type { QuarterFlows } from "@/server/domain/scenario/company-path";
import type { DebtTranche } from "@/server/domain/scenario/debt-ladder";
import { GROUND, type Controls, type NetworkElement } from "./modified-nodal-analysis";

/** What a quarter takes over from the one before: solved, not copied from the statements. */
export type CarriedOver = {
  /** Current of each contract coil, USD per quarter. */
  coils: readonly number[];
  /** Cash at the quarter's start; null when the balance sheet does not say. */
  cash: number | null;
  /** Losses not yet set against taxed income. */
  losses: number;
};

export type QuarterInput = {
  figures: CompanyFigures;
  tranches: readonly DebtTranche[];
  path: readonly QuarterFlows[];
  /** 0 is the last actual quarter. */
  quarter: number;
  /** Costs that move with revenue, as a fraction of it. */
  variableShare: number;
  taxRate: number;
  /** Cover below which the covenant fuse opens. */
  covenantIcr: number;
  /** USD per unit of current, so that the matrix holds numbers near one. */
  scale: number;
  carried: CarriedOver;
};

/** The credit line has no contract of its own: it is drawn and repaid at will, so it follows the tranches without a coil. */
export const creditLineOf = (tranches: readonly DebtTranche[]): number => tranches.length;

/** Whether a tranche comes due and is priced anew in this quarter, for the first time or again. */
const isRenewed = ({ maturityQuarter, tenorQuarters }: DebtTranche, quarter: number): boolean =>
  quarter >= maturityQuarter && (quarter === maturityQuarter || (tenorQuarters > 0 && (quarter - maturityQuarter) % tenorQuarters === 0));

/** A fixed tranche that does not come due keeps the current it had; any other takes the price of the quarter. */
const stands = (tranche: DebtTranche, quarter: number): boolean => tranche.kind === "fixed" && quarter > 0 && !isRenewed(tranche, quarter);

/** Depreciation is taken out of the costs only where the cash-flow statement gives it back, or cash would gain what nobody paid. */
export const unpaidDepreciation = ({ depreciation, nonCash }: QuarterFlows): number => (depreciation !== null && nonCash !== null ? depreciation : 0);

/**
 * The network of one company in one quarter: money wires between the junctions, and beside them the control loops that say how much flows.
 *
 *     operations -> lenders -> obligations -> owners -> cash
 *
 * Money wires: revenue, costs, interest, tax and the rest, USD per quarter over `scale`. The four junctions are joined by ideal meters, so that their
 * common potential is the level of the cash plates (capacitance 1) and Kirchhoff's law alone decides what passes from one to the next.
 * Contract loops (one per tranche): a source of the contract's rate, in fractions per year, over a resistor of 4 / principal and a coil. A coil
 * of a tranche that stands has the current it had; where the contract is new the coil starts at the new rate. Assessment loop: income before tax less
 * earlier losses meets two diodes; one carries what is taxed, the other what is kept as a loss.
 */
export function companyNetwork(input: QuarterInput): NetworkElement[] {
  const { path, quarter, scale, variableShare, carried } = input;
  const flows = path[quarter]!;
  const source = (id: string, from: string, to: string, usd: number): NetworkElement => ({ id, kind: "currentSource", from, to, amps: usd / scale });
  const wire = (id: string, from: string, to: string): NetworkElement => ({ id, kind: "voltageSource", from, to, volts: 0 });
  const share = (id: string, from: string, to: string, controls: Controls): NetworkElement => ({ id, kind: "controlledCurrentSource", from, to, controls });
  const optional = (id: string, from: string, to: string, usd: number | null): NetworkElement[] => (usd === null ? [] : [source(id, from, to, usd)]);

  const unpaid = unpaidDepreciation(flows);
  return [
    source("revenue", GROUND, "operations", flows.revenue),
    source("otherIncome", GROUND, "operations", flows.otherIncome),
    share("variableCosts", "operations", GROUND, [{ element: "revenue", gain: variableShare }]),
    source("fixedCosts", "operations", GROUND, flows.fixedCosts - unpaid),
    source("costShock", "operations", GROUND, flows.costShock),
    wire("toLenders", "operations", "lenders"),
    source("newDebt", GROUND, "lenders", flows.newDebt),
    ...debtLadder(input),
    wire("toObligations", "lenders", "obligations"),
    ...optional("workingCapital", GROUND, "obligations", flows.nonCash === null ? null : flows.nonCash - unpaid),
    ...assessment(input),
    ...optional("capex", "obligations", GROUND, flows.capex),
    ...dueDebt(flows, scale),
    wire("toOwners", "obligations", "owners"),
    ...dividendLoop(flows, scale),
    ...optional("otherUses", "owners", GROUND, flows.otherUses),
    { id: "kept", kind: "capacitor", from: "owners", to: GROUND, farads: 1, voltsBefore: (carried.cash ?? 0) / scale },
  ];
}

/** EBIT as a sum of solved currents and a constant: revenue less what it costs, with depreciation, which costs but is not paid. */
function operatingIncome({ path, quarter, scale }: QuarterInput): { controls: Controls; constant: number } {
  const controls = [
    { element: "revenue", gain: 1 },
    { element: "variableCosts", gain: -1 },
    { element: "fixedCosts", gain: -1 },
    { element: "costShock", gain: -1 },
  ];
  return { controls, constant: -unpaidDepreciation(path[quarter]!) / scale };
}

/** Contract loops, their money wires to the ladder, the meter and the covenant fuse with the way around it. */
function debtLadder(input: QuarterInput): NetworkElement[] {
  const { tranches, path, quarter, scale, carried } = input;
  const interest = path[quarter]!.interestByTranche;
  const coils = tranches.flatMap((tranche, k): NetworkElement[] => {
    if (tranche.amount <= 0) return [];
    const principal = tranche.amount / scale;
    const current = interest[k]! / scale;
    const before = stands(tranche, quarter) ? carried.coils[k]! / scale : current;
    // Ohm's law of a contract: rate per year over 4 / principal is interest per quarter. The source follows the contract, so a coil that stands feels no voltage.
    const ohms = 4 / principal;
    return [
      { id: `rate:${k}`, kind: "voltageSource", from: `contract:${k}`, to: GROUND, volts: before * ohms },
      { id: `principal:${k}`, kind: "resistor", from: `contract:${k}`, to: `coupon:${k}`, ohms },
      { id: `coil:${k}`, kind: "inductor", from: `coupon:${k}`, to: GROUND, henries: ohms, ampsBefore: before },
      { id: `tranche:${k}`, kind: "controlledCurrentSource", from: "lenders", to: "ladder", controls: [{ element: `coil:${k}`, gain: 1 }] },
    ];
  });
  const line = creditLineOf(tranches);
  return [
    ...coils,
    { id: `tranche:${line}`, kind: "currentSource", from: "lenders", to: "ladder", amps: (interest[line] ?? 0) / scale },
    { id: "unladdered", kind: "currentSource", from: "lenders", to: "ladder", amps: unladdered(path[quarter]!) / scale },
    { id: "interest", kind: "voltageSource", from: "ladder", to: "covenant", volts: 0 },
    ...covenant(input),
  ];
}

/** Interest that no tranche explains, because the debt behind it is not reported; rounding of the sum is not such interest. */
export function unladdered({ interest, interestByTranche }: QuarterFlows): number {
  const rest = interest - interestByTranche.reduce((sum, part) => sum + part, 0);
  return Math.abs(rest) <= 1e-9 * Math.abs(interest) ? 0 : rest;
}

/** The covenant fuse and the way around it; without a reported interest no lender can test the cover, and the branch is a plain wire. */
function covenant(input: QuarterInput): NetworkElement[] {
  const { figures, quarter, scale, covenantIcr } = input;
  if (figures.interest === null) return [{ id: "fuse", kind: "voltageSource", from: "covenant", to: GROUND, volts: 0 }];
  const { controls, constant } = operatingIncome(input);
  const earlier = trailingBefore(input, quarter);
  return [
    {
      id: "fuse",
      kind: "fuse",
      from: "covenant",
      to: GROUND,
      holdsWhile: {
        controls: [...controls, { element: "interest", gain: -covenantIcr }],
        constant: constant + (earlier.ebit - covenantIcr * earlier.interest) / scale,
      },
    },
    // A broken covenant lets lenders act; it does not free anybody from the interest, which then runs past the open fuse.
    { id: "waiver", kind: "resistor", from: "covenant", to: GROUND, ohms: 1 },
  ];
}

/** EBIT and interest of the three quarters before, of which the first come from the reported statements. */
export function trailingBefore({ figures, path }: Pick<QuarterInput, "figures" | "path">, quarter: number): { ebit: number; interest: number } {
  // The last actual quarter is a mean of four, so nothing has to be added to it.
  if (quarter === 0) return { ebit: 0, interest: 0 };
  const sum = (reported: readonly number[], simulated: readonly number[]) => [...reported.slice(quarter), ...simulated.slice(Math.max(1, quarter - 3), quarter)].reduce((total, value) => total + value, 0);
  return {
    ebit: sum(figures.ebit, path.map(({ ebit }) => ebit)),
    interest: sum(figures.interest ?? path.slice(0, 1).flatMap(({ interest }) => [interest, interest, interest, interest]), path.map(({ interest }) => interest)),
  };
}

/** Tax: in the last actual quarter as reported, then a share of what the assessment's diode lets through. */
function assessment(input: QuarterInput): NetworkElement[] {
  const { path, quarter, scale, taxRate, carried } = input;
  if (quarter === 0) return [{ id: "tax", kind: "currentSource", from: "obligations", to: GROUND, amps: path[0]!.tax / scale }];
  const { controls, constant } = operatingIncome(input);
  return [
    { id: "income", kind: "controlledCurrentSource", from: GROUND, to: "assessment", controls: [...controls, { element: "otherIncome", gain: 1 }, { element: "interest", gain: -1 }] },
    { id: "deductions", kind: "currentSource", from: GROUND, to: "assessment", amps: constant - carried.losses / scale },
    { id: "taxed", kind: "diode", from: "assessment", to: GROUND },
    { id: "loss", kind: "diode", from: GROUND, to: "relief" },
    // Without it the two diodes, both tried as conducting at first, would short each other.
    { id: "relieved", kind: "resistor", from: "relief", to: "assessment", ohms: 1 },
    { id: "tax", kind: "controlledCurrentSource", from: "obligations", to: GROUND, controls: [{ element: "taxed", gain: taxRate }] },
  ];
}

/** Debt that falls due: the switch of the repayment closes in that quarter only. */
function dueDebt({ debtRepaid }: QuarterFlows, scale: number): NetworkElement[] {
  return [
    { id: "due", kind: "voltageSource", from: "due", to: GROUND, volts: debtRepaid / scale },
    { id: "maturity", kind: "switch", from: "due", to: "repayment", closed: debtRepaid > 0 },
    { id: "notice", kind: "resistor", from: "repayment", to: GROUND, ohms: 1 },
    { id: "debtRepaid", kind: "controlledCurrentSource", from: "obligations", to: GROUND, controls: [{ element: "notice", gain: 1 }] },
  ];
}

/** Dividends run one way only: a negative plan would need owners to pay in. */
function dividendLoop({ dividends }: QuarterFlows, scale: number): NetworkElement[] {
  if (dividends === null) return [];
  return [
    { id: "plan", kind: "currentSource", from: GROUND, to: "declared", amps: dividends / scale },
    { id: "payout", kind: "diode", from: "declared", to: GROUND },
    { id: "unpaid", kind: "resistor", from: "declared", to: GROUND, ohms: 1 },
    { id: "dividends", kind: "controlledCurrentSource", from: "owners", to: GROUND, controls: [{ element: "payout", gain: 1 }] },
  ];
}
