import { z } from "zod";
import { CIRCUIT_ELEMENTS, CIRCUIT_NODES, ELEMENT_KINDS, ELEMENT_STATES } from "@/server/domain/circuit/circuit-elements";
import { UNITS } from "@/server/domain/scenario/output-units";
import { provenance, ticker } from "./common";
import { driverPath, rating, scenarioSpec, statementsUsed } from "./scenario";

export { CIRCUIT_ELEMENTS, CIRCUIT_NODES, ELEMENT_KINDS, ELEMENT_STATES };

export const circuitNodeId = z.enum(CIRCUIT_NODES);
export const circuitElementId = z.enum(CIRCUIT_ELEMENTS);

/** A branch of the circuit. Its current is USD per quarter, positive from `from` to `to`. */
export const circuitElement = z.object({
  id: circuitElementId,
  kind: z.enum(ELEMENT_KINDS),
  from: circuitNodeId,
  to: circuitNodeId,
  /** Where it is drawn: money in, inside the company, money out. */
  column: z.enum(["in", "inside", "out"]),
  /** The element this one is a part of (a group of tranches of the interest); parts are drawn inside. */
  partOf: circuitElementId.nullable(),
  provenance,
});
export type CircuitElement = z.infer<typeof circuitElement>;

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
  /** Sums of four quarters behind the cover, USD. */
  trailing: z.object({ ebit: z.number(), interest: z.number() }),
  icr: z.number().nullable(),
  icrEbitda: z.number().nullable(),
  rating: rating.nullable(),
  /** Spread at which debt would be renewed, fraction per year. */
  spread: z.number(),
  /** By element: the figures of its formula by name; the words stand in the message files under the element's id. */
  figures: z.array(z.record(z.string(), z.number().nullable())),
});
export type CircuitStateDto = z.infer<typeof circuitState>;

export const solveCircuitInput = z.object({ ticker, spec: scenarioSpec });
export type SolveCircuitInput = z.infer<typeof solveCircuitInput>;

export const circuit = z.object({
  ticker: z.string(),
  name: z.string(),
  currency: z.string(),
  spec: scenarioSpec,
  /** The last actual quarter, and the statements the company's figures come from. */
  startsAt: z.string(),
  statements: statementsUsed,
  /** Unit of each field of a state, and by `element.figure` of the figures of each formula. */
  units: z.record(z.string(), z.enum(UNITS)),
  quarters: z.array(z.string()),
  drivers: z.array(driverPath),
  nodes: z.array(circuitNodeId),
  elements: z.array(circuitElement),
  /** One per quarter, quarters + 1. */
  before: z.array(circuitState),
  after: z.array(circuitState),
  worstResidual: z.number(),
  residualLimit: z.number(),
  /** ICR below which the covenant fuse opens. */
  covenantIcr: z.object({ value: z.number(), provenance }),
  /** Best grade first; the last one has no lower end. */
  ratingTable: z.array(z.object({ rating, icrFrom: z.number().nullable(), spread: z.number() })),
  ratingSource: z.string(),
  dataAsOf: z.string().nullable(),
  engineVersion: z.string(),
});
export type CircuitDto = z.infer<typeof circuit>;
