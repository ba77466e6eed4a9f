import type { Formula } from "./formula";

/** Where a figure comes from; the wire's schema of it stands in the contracts. */
export type ProvenanceBasis = "reported" | "recorded" | "replay" | "simulated" | "estimated" | "assumed" | "computed";

export type ProvenanceOf = {
  basis: ProvenanceBasis;
  provider: string;
  asOf: string | null;
  reference: string | null;
  formula: Formula | null;
  n: number | null;
  rSquared: number | null;
  stdError: number | null;
};

/** Provenance of a figure that the engine makes; what is not said is null. */
export const engineProvenance = (basis: ProvenanceBasis, part: Partial<Omit<ProvenanceOf, "basis">> = {}): ProvenanceOf => ({
  provider: "nexus-engine", asOf: null, reference: null, formula: null, n: null, rSquared: null, stdError: null, ...part, basis,
});
