import { engineProvenance, type ProvenanceOf } from "@/server/domain/shared/provenance";
import { SUPPLY_DAMPING, type PreparedCompany } from "./prepare-engine";
import { sectorPrior } from "./sector-priors";

export type Assumption = { name: string; value: number; unit: string; provenance: ProvenanceOf };

/** The coefficients a company was simulated with beside its exposures, each with how it is known; ranges and reasons stand with the sector priors. */
export function companyAssumptions(company: PreparedCompany): Assumption[] {
  if (company.unavailable !== null) return [];
  const { figures, margin, options, profile, taxBasis, ladderBasis, tranches } = company;
  const prior = sectorPrior(profile.sector);
  const assumed = (formula: string | null = null) => engineProvenance("assumed", { reference: `sector:${profile.sector}`, formula: formula ?? prior.reason });
  const marginProvenance = margin.basis === "estimated"
    ? engineProvenance("estimated", { asOf: figures.periodEnd, reference: `company:${profile.ticker}`, formula: "slope of the change of EBIT on the change of revenue", n: margin.n, rSquared: margin.rSquared, stdError: margin.stdError })
    : assumed("the sector's margin, fitted to EBIT / revenue: at most three times it, at least a third of the sector's");
  const tax = taxBasis === "reported" ? engineProvenance("computed", { asOf: figures.periodEnd, reference: figures.reference, formula: "tax / income before tax, trailing four quarters" }) : assumed("statutory rate (26 U.S.C. 11); none for a trust that pays out its income (26 U.S.C. 857)");
  const list: Assumption[] = [
    { name: "contributionMargin", value: options.contributionMargin, unit: "fraction", provenance: marginProvenance },
    { name: "taxRate", value: options.taxRate, unit: "fraction", provenance: tax },
    { name: "oilCostShare", value: options.oilCostShare, unit: "fraction", provenance: assumed() },
    { name: "passThrough", value: options.passThrough, unit: "fraction", provenance: assumed() },
    { name: "supplyDamping", value: SUPPLY_DAMPING, unit: "fraction", provenance: assumed("part of a customer's change that reaches its supplier") },
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
  reproducesInterest: "reported debt; its rates reproduce reported interest",
  partBearsInterest: "reported interest is under 1 % of debt: only the debt it pays for at today's cost",
  doesNotReprice: "reported interest is over 15 % of debt: rates stand as they are",
  assumedRate: "interest is not reported: today's cost of debt",
  none: null,
} as const;
