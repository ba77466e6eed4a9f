import { z } from "zod";
import { provenance, ticker } from "./common";
import { rating, scenarioSpec } from "./scenario";

export const ELEMENT_KINDS = ["source", "dependentSource", "resistor", "coil", "meter", "fuse", "diode", "switch", "capacitor"] as const;
export const ELEMENT_STATES = ["conducting", "blocked", "open", "closed"] as const;

/** A branch of the circuit. Its current is USD per quarter, positive from `from` to `to`. */
export const circuitElement = z.object({
  /** revenue, otherIncome, operatingCosts, interest, tranche:0, tax, capex, dividends, buybacks, debtRepaid, newDebt, kept … */
  id: z.string(),
  kind: z.enum(ELEMENT_KINDS),
  from: z.string(),
  to: z.string(),
  /** Where it is drawn: money in, inside the company, money out. */
  column: z.enum(["in", "inside", "out"]),
  /** The element this one is a part of (a tranche of interest); parts are drawn inside and add up to the whole. */
  partOf: z.string().nullable(),
  /** Formula in words with its figures, for the table twin. */
  formula: z.string(),
  provenance,
});
export type CircuitElement = z.infer<typeof circuitElement>;

export const circuitNode = z.object({
  /** operations, lenders, obligations, owners, ground. */
  id: z.string(),
});

export const circuitState = z.object({
  /** By element, in the order of `elements`. */
  currents: z.array(z.number()),
  states: z.array(z.enum(ELEMENT_STATES).nullable()),
  /** Required or offered return per year at each node, in the order of `nodes`. */
  potentials: z.array(z.number().nullable()),
  /** Worst |inflow - outflow - change of storage| over the largest current. */
  residual: z.number(),
  /** Balance-sheet stocks at the quarter's end, USD. */
  stocks: z.object({ cash: z.number().nullable(), debt: z.number().nullable(), equity: z.number().nullable() }),
  icr: z.number().nullable(),
  icrEbitda: z.number().nullable(),
  rating: rating.nullable(),
});
export type CircuitState = z.infer<typeof circuitState>;

export const solveCircuitInput = z.object({ ticker, spec: scenarioSpec });
export const circuit = z.object({
  ticker: z.string(),
  name: z.string(),
  currency: z.string(),
  spec: scenarioSpec,
  quarters: z.array(z.string()),
  nodes: z.array(circuitNode),
  elements: z.array(circuitElement),
  /** One per quarter, quarters + 1. */
  before: z.array(circuitState),
  after: z.array(circuitState),
  worstResidual: z.number(),
  residualLimit: z.number(),
  /** ICR below which the covenant fuse opens. */
  covenantIcr: z.object({ value: z.number(), provenance }),
  ratingTable: z.array(z.object({ rating, icrFrom: z.number(), spread: z.number() })),
  dataAsOf: z.string().nullable(),
  engineVersion: z.string(),
});
export type CircuitDto = z.infer<typeof circuit>;
