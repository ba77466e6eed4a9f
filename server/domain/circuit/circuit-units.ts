import type { Unit } from "@/server/domain/scenario/output-units";
import type { CircuitElementId } from "./circuit-elements";

/** Of a circuit and of its states, by field. */
const STATE_UNITS = {
  currents: "usdPerQuarter", potentials: "fractionPerYear", stocks: "usd", trailing: "usd", icr: "times", icrEbitda: "times", rating: "grade", spread: "fractionPerYear",
  residual: "fraction", worstResidual: "fraction", residualLimit: "fraction", covenantIcr: "times", icrFrom: "times",
} as const satisfies Record<string, Unit>;

const TRANCHES = { amount: "usd", rate: "fractionPerYear", count: "count" } as const;
const COVENANT = { ebit: "usd", interest: "usd", icr: "times", limit: "times" } as const;

/** Of the figures of a formula, by element: a tax rate is a fraction, a rate of interest one per year. */
const FIGURE_UNITS: Partial<Record<CircuitElementId, Readonly<Record<string, Unit>>>> = {
  revenue: { base: "usdPerQuarter", deviation: "relative" },
  variableCosts: { share: "fraction" },
  operatingCosts: { costs: "usdPerQuarter", share: "fraction", depreciation: "usdPerQuarter" },
  fixedCosts: { fixed: "usdPerQuarter", depreciation: "usdPerQuarter" },
  interestFixed: TRANCHES, interestFloating: TRANCHES, interestRenewed: TRANCHES, interestCreditLine: TRANCHES,
  interest: { debt: "usd" },
  fuse: COVENANT, waiver: COVENANT,
  workingCapital: { nonCash: "usdPerQuarter", depreciation: "usdPerQuarter" },
  tax: { rate: "fraction", preTax: "usdPerQuarter", losses: "usd" },
  kept: { cash: "usd", cashBefore: "usd" },
};

/** Unit of everything a circuit gives: by field, and by `element.figure` for the figures of the formulas. */
export const CIRCUIT_UNITS: Readonly<Record<string, Unit>> = {
  ...STATE_UNITS,
  ...Object.fromEntries(Object.entries(FIGURE_UNITS).flatMap(([id, figures]) => Object.entries(figures).map(([name, unit]) => [`${id}.${name}`, unit]))),
};
