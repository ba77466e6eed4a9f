/** How an element behaves, which is also how it is drawn. */
export const ELEMENT_KINDS = ["source", "dependentSource", "resistor", "coil", "meter", "fuse", "diode", "switch", "capacitor"] as const;
export type ElementKind = (typeof ELEMENT_KINDS)[number];

export const ELEMENT_STATES = ["conducting", "blocked", "open", "closed"] as const;
export type ElementState = (typeof ELEMENT_STATES)[number];

/** Junctions in the order in which money reaches them; `ladder` joins the tranches of the debt, `ground` is everybody else. */
export const CIRCUIT_NODES = ["operations", "lenders", "ladder", "covenant", "obligations", "owners", "ground"] as const;
export type CircuitNodeId = (typeof CIRCUIT_NODES)[number];

/** Every element a company's circuit may have, in the order of the table: by junction, suppliers before lenders before the state before owners. */
export const CIRCUIT_ELEMENTS = [
  "revenue", "otherIncome", "variableCosts", "fixedCosts", "operatingCosts", "costShock", "toLenders",
  "newDebt", "interest", "interestFixed", "interestFloating", "interestRenewed", "interestCreditLine", "interestUnladdered", "fuse", "waiver", "toObligations",
  "workingCapital", "tax", "capex", "debtRepaid", "toOwners",
  "dividends", "otherUses", "kept",
] as const;
export type CircuitElementId = (typeof CIRCUIT_ELEMENTS)[number];

/** Where a figure comes from, as far as the circuit knows; the service adds provider and document. */
export type ElementBasis = "reported" | "exposure" | "assumed" | "computed";

export type CircuitElementSpec = {
  id: CircuitElementId;
  kind: ElementKind;
  from: CircuitNodeId;
  to: CircuitNodeId;
  /** Where it is drawn: money in, inside the company, money out. */
  column: "in" | "inside" | "out";
  /** The element this one is a part of. */
  partOf: CircuitElementId | null;
  basis: ElementBasis;
};

/**
 * Figures of an element's formula by name, USD, fractions or multiples as the name says; the words are in the message files under the element's id.
 * Null stands for a figure that is not reported.
 */
export type FormulaFigures = Readonly<Record<string, number | null>>;
