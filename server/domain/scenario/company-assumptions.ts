import type { Formula } from "@/server/domain/shared/formula";
import { engineProvenance, type ProvenanceOf } from "@/server/domain/shared/provenance";
import type { DebtLadder } from "./debt-ladder";
import { SUPPLY_DAMPING, type PreparedCompany } from "./prepare-engine";
import { priorSector, sectorPrior } from "./sector-priors";

export const ASSUMPTION_NAMES = ["contributionMargin", "taxRate", "oilCostShare", "passThrough", "supplyDamping", "floatingShare", "fixedYears", "debtInLadder"] as const;
export const ASSUMPTION_UNITS = ["fraction", "years", "USD"] as const;
export type Assumption = { name: (typeof ASSUMPTION_NAMES)[number]; value: number; unit: (typeof ASSUMPTION_UNITS)[number]; provenance: ProvenanceOf };

/** The coefficients a company was simulated with beside its exposures, each with how it is known. */
export function companyAssumptions(company: PreparedCompany): Assumption[] {
  if (company.unavailable !== null) return [];
  const { figures, margin, options, profile, taxBasis, ladderBasis, tranches } = company;
  const prior = sectorPrior(profile.sector);
  const assumed = (formula: Formula = { code: "sectorPrior", sector: priorSector(profile.sector) }) => engineProvenance("assumed", { reference: `sector:${profile.sector}`, formula });
  const marginProvenance = margin.basis === "estimated"
    ? engineProvenance("estimated", { asOf: figures.periodEnd, reference: `company:${profile.ticker}`, formula: { code: "marginSlope" }, n: margin.n, rSquared: margin.rSquared, stdError: margin.stdError })
    : assumed({ code: "marginOfSector" });
  const tax = taxBasis === "reported" ? engineProvenance("computed", { asOf: figures.periodEnd, reference: figures.reference, formula: { code: "effectiveTax" } }) : assumed({ code: "statutoryTax" });
  const list: Assumption[] = [
    { name: "contributionMargin", value: options.contributionMargin, unit: "fraction", provenance: marginProvenance },
    { name: "taxRate", value: options.taxRate, unit: "fraction", provenance: tax },
    { name: "oilCostShare", value: options.oilCostShare, unit: "fraction", provenance: assumed() },
    { name: "passThrough", value: options.passThrough, unit: "fraction", provenance: assumed() },
    { name: "supplyDamping", value: SUPPLY_DAMPING, unit: "fraction", provenance: assumed({ code: "supplyDamping" }) },
  ];
  if (tranches.length === 0) return list;
  return [
    ...list,
    { name: "floatingShare", value: prior.floatingShare, unit: "fraction", provenance: assumed() },
    { name: "fixedYears", value: prior.fixedYears, unit: "years", provenance: assumed() },
    { name: "debtInLadder", value: tranches.reduce((sum, { amount }) => sum + amount, 0), unit: "USD", provenance: engineProvenance(ladderBasis === "reproducesInterest" ? "reported" : "assumed", { asOf: figures.periodEnd, reference: figures.reference, formula: LADDER_FORMULA[ladderBasis] }) },
  ];
}

const LADDER_FORMULA = {
  reproducesInterest: { code: "ladderReproducesInterest" },
  partBearsInterest: { code: "ladderPartBearsInterest" },
  doesNotReprice: { code: "ladderDoesNotReprice" },
  assumedRate: { code: "ladderAssumedRate" },
  none: null,
} as const satisfies Record<DebtLadder["basis"], Formula | null>;
