import type { Provenance } from "@/server/contracts/common";
import type { CircuitDto, CircuitElement, SolveCircuitInput } from "@/server/contracts/circuit";
import { AppError } from "@/server/domain/app-error";
import type { CircuitElementSpec } from "@/server/domain/circuit/circuit-elements";
import { ASSUMED_COVENANT_ICR, RESIDUAL_LIMIT, companyCircuit } from "@/server/domain/circuit/company-circuit";
import { CIRCUIT_UNITS } from "@/server/domain/circuit/circuit-units";
import { ENGINE_VERSION, evaluateCompany, type CompanyEvaluation } from "@/server/domain/scenario/evaluate-scenario";
import type { Engine, SimulatedCompany } from "@/server/domain/scenario/prepare-engine";
import { assertScenarioSpec } from "@/server/domain/scenario/shock";
import { RATINGS, RATING_SOURCE, lowestCoverage, ratingSpread } from "@/server/domain/scenario/synthetic-rating";
import { engineProvenance } from "@/server/domain/shared/provenance";
import type { Ctx } from "@/server/services/ctx";
import { nearTickers } from "@/server/services/market/search-companies";
import { loadEngineInput } from "@/server/services/scenario/load-engine-input";
import { rememberCurrent } from "@/server/services/scenario/remember-current";
import { scenarioHash } from "@/server/services/scenario/run-scenario";

const KEEP_MS = 10 * 60_000;

/** The solved circuit of one company under a scenario, quarter by quarter, without and with the shock; asked again for the same, it is not solved again. */
export async function solveCircuit(ctx: Ctx, { ticker, spec }: SolveCircuitInput): Promise<CircuitDto> {
  assertScenarioSpec(spec);
  const { engine, figuresHash } = await loadEngineInput(ctx);
  const company = engine.companies.find(({ profile }) => profile.ticker === ticker);
  if (!company) throw new AppError("NOT_FOUND", `No company has the ticker ${ticker}`, { field: "ticker", suggestions: await nearTickers(ctx, ticker) });
  if (company.profile.isFinancial) {
    throw new AppError("RULE_VIOLATED", `${company.profile.name} is a bank or another financial company: interest is its raw material, and its circuit has another shape, which is not drawn yet`, { field: "ticker", reason: "financial", name: company.profile.name });
  }
  if (company.unavailable !== null) throw new AppError("RULE_VIOLATED", `${company.profile.name} has no circuit: its figures are missing or refused`, { field: "ticker", reason: "unavailable", name: company.profile.name, unavailable: company.unavailable });
  return rememberCurrent(ctx, { key: `circuit:${ticker}:`, stamp: scenarioHash(figuresHash, spec), ttlMs: KEEP_MS }, async () => toCircuit(engine, company, spec));
}

function toCircuit(engine: Engine, company: SimulatedCompany, spec: SolveCircuitInput["spec"]): CircuitDto {
  const { figures, tranches, options, profile } = company;
  const evaluation = evaluateCompany(engine, profile.ticker, spec);
  const { nodes, elements, before, after, worstResidual } = companyCircuit({ figures, tranches, before: evaluation.before, after: evaluation.after, taxRate: options.taxRate });
  return {
    ticker: profile.ticker,
    name: profile.name,
    // Figures enter the engine in US dollars or not at all.
    currency: "USD",
    spec,
    startsAt: engine.startsAt,
    statements: evaluation.outcome.statements!,
    units: CIRCUIT_UNITS,
    quarters: evaluation.quarters,
    drivers: evaluation.drivers,
    nodes,
    elements: elements.map((element): CircuitElement => ({ ...element, provenance: provenanceOf(element, company, evaluation) })),
    before,
    after,
    worstResidual,
    residualLimit: RESIDUAL_LIMIT,
    covenantIcr: { value: ASSUMED_COVENANT_ICR, provenance: engineProvenance("assumed", { formula: { code: "covenantAssumed" } }) },
    ratingTable: RATINGS.map((rating) => {
      const lowest = lowestCoverage(rating, options.ratingTable);
      return { rating, icrFrom: Number.isFinite(lowest) ? lowest : null, spread: ratingSpread(rating) };
    }),
    ratingSource: RATING_SOURCE,
    dataAsOf: figures.periodEnd,
    engineVersion: ENGINE_VERSION,
  };
}

/** Where an element's figures come from: the filing, the estimated exposures, an assumption, or the solution itself. */
function provenanceOf({ id, basis }: CircuitElementSpec, company: SimulatedCompany, { outcome }: CompanyEvaluation): Provenance {
  const { figures, margin, taxBasis, ladderBasis, profile } = company;
  const reported: Provenance = { basis: "reported", provider: figures.provider, asOf: figures.periodEnd, reference: figures.reference, formula: null, n: null, rSquared: null, stdError: null };
  if (id === "revenue") return outcome.provenance;
  if (id === "variableCosts" || id === "operatingCosts") {
    return margin.basis === "estimated"
      ? engineProvenance("estimated", { asOf: figures.periodEnd, reference: `company:${profile.ticker}`, formula: { code: "marginSlope" }, n: margin.n, rSquared: margin.rSquared, stdError: margin.stdError })
      : engineProvenance("assumed", { reference: `sector:${profile.sector}`, formula: { code: "marginOfSector" } });
  }
  if (id === "tax" && taxBasis === "assumed") return engineProvenance("assumed", { reference: `sector:${profile.sector}`, formula: { code: "statutoryTax" } });
  if (id === "interestFixed" && ladderBasis === "reproducesInterest") return engineProvenance("assumed", { asOf: figures.periodEnd, reference: figures.reference, formula: { code: "fixedDebtOfSector" } });
  switch (basis) {
    case "reported":
      return reported;
    case "assumed":
      return engineProvenance("assumed", { asOf: figures.periodEnd, reference: `sector:${profile.sector}` });
    default:
      return engineProvenance("computed", { asOf: figures.periodEnd, reference: figures.reference });
  }
}
