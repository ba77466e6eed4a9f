import { AppError } from "@/server/domain/app-error";
import type { WindowBasis } from "@/server/domain/market/ratios/trailing-window";
import type { Formula } from "@/server/domain/shared/formula";
import { engineProvenance, type ProvenanceOf } from "@/server/domain/shared/provenance";
import { quarterEndDate, quarterOfPeriodEnd, quarterRange, quartersBetween, type Quarter } from "@/server/domain/shared/quarter";
import { median } from "@/server/domain/shared/statistics";
import { companyAttribution, type ContributionPart, type Output } from "./company-attribution";
import { simulateCompany, type DriverDeviations, type QuarterFlows } from "./company-path";
import { conditionalResponse, type DriverPathResult, type PlausibilityResult } from "./conditional-response";
import { DRIVERS, type DriverId } from "./drivers";
import { DEVIATION_UNITS, type Unit } from "./output-units";
import type { Engine, PreparedCompany, SimulatedCompany } from "./prepare-engine";
import { revenueParts, supplyDeviation } from "./revenue-deviations";
import type { DriverBaseline } from "./scenario-start";
import { scenarioTravel, type TravelStep } from "./scenario-travel";
import { assertScenarioSpec, type ScenarioSpec } from "./shock";
import type { Rating, RatingTable } from "./synthetic-rating";
import type { InterestUnavailable, Unavailable } from "./unavailable";

/** Raised with every change of a formula or a prior: results of different versions are not compared. */
export const ENGINE_VERSION = "1.1.0";

/** A driver's path with the level it starts from; null where no value up to the start is stored. */
export type DriverOutcome = DriverPathResult & { unit: Unit; baseline: DriverBaseline | null; provenance: ProvenanceOf };

/** The statements a company's figures come from, and how far they lie from the start: negative is carried forward from earlier, positive is newer. */
export type StatementsUsed = { periodEnd: string; quarter: Quarter; quartersFromStart: number; window: WindowBasis; reference: string; provider: string };

export type CompanyOutcomeResult = {
  ticker: string;
  name: string;
  sector: string;
  isFinancial: boolean;
  provenance: ProvenanceOf;
  statements: StatementsUsed | null;
  ratingTable: RatingTable | null;
  unavailable: Unavailable | null;
  interestUnavailable: InterestUnavailable | null;
  icrBefore: (number | null)[];
  icrAfter: (number | null)[];
  ratingBefore: (Rating | null)[];
  ratingAfter: (Rating | null)[];
  revenueDelta: number[];
  ebitDelta: number[];
  interestDelta: number[];
  netIncomeDelta: number[];
};
export type SectorOutcomeResult = { sector: string; companies: number; provenance: ProvenanceOf; medianIcrDelta: (number | null)[]; ebitDelta: number[]; interestDelta: number[] };
export type ScenarioEvaluation = {
  quarters: Quarter[];
  drivers: DriverOutcome[];
  plausibility: PlausibilityResult;
  companies: CompanyOutcomeResult[];
  sectors: SectorOutcomeResult[];
  travel: TravelStep[];
};
export type CompanyEvaluation = {
  company: PreparedCompany;
  outcome: CompanyOutcomeResult;
  quarters: Quarter[];
  drivers: DriverOutcome[];
  before: QuarterFlows[];
  after: QuarterFlows[];
  contributions: Record<Output, ContributionPart[]>;
};

/** What a scenario does to the drivers, in the form the companies are simulated with. */
type Shocked = { spec: ScenarioSpec; paths: DriverPathResult[]; plausibility: PlausibilityResult; deviations: DriverDeviations; marketSpread: number[]; moving: DriverId[] };

function shockDrivers(engine: Engine, spec: ScenarioSpec): Shocked {
  assertScenarioSpec(spec);
  const { drivers: paths, plausibility } = conditionalResponse(spec, engine.covariance);
  const deviations: DriverDeviations = Object.fromEntries(paths.map(({ driver, deviation }) => [driver, deviation]));
  const marketSpread = marketSpreadPath(paths);
  const isMoving = ({ driver, deviation }: DriverPathResult) => deviation.some((value) => value !== 0) || (driver === "bbbYield" && marketSpread.some((value) => value !== 0));
  return { spec, paths, plausibility, deviations, marketSpread, moving: paths.filter(isMoving).map(({ driver }) => driver) };
}

/**
 * How the market's price of credit risk moves: the BBB yield against the ten-year Treasury.
 * A BBB yield that is merely held says nothing of spreads: the spread is then taken as unchanged, or a rate rise would cancel itself.
 */
function marketSpreadPath(paths: readonly DriverPathResult[]): number[] {
  const [bbb, treasury] = [paths.find(({ driver }) => driver === "bbbYield")!, paths.find(({ driver }) => driver === "treasury10y")!];
  const isSet = bbb.role === "shocked" || bbb.role === "responded";
  return bbb.deviation.map((value, t) => (isSet ? value - treasury.deviation[t]! + 0 : 0));
}

/** A company with only the named drivers moving; the market spread belongs to the BBB yield. */
function simulate(engine: Engine, company: SimulatedCompany, { spec, deviations, marketSpread }: Shocked, drivers: readonly DriverId[], byKey: ReadonlyMap<string, PreparedCompany>): QuarterFlows[] {
  const { quarters } = spec;
  const moved: DriverDeviations = Object.fromEntries(drivers.map((driver) => [driver, deviations[driver]]));
  const supply = drivers.length === 0 ? undefined : supplyDeviation(revenueParts(company, { drivers: moved, quarters, spillovers: engine.spillovers, byKey }), quarters);
  return simulateCompany(company.figures, company.tranches, moved, company.exposures, {
    ...company.options, quarters,
    ...(supply && { supplyDeviation: supply }),
    ...(drivers.includes("bbbYield") && { marketSpread }),
  });
}

const byNodeKey = (engine: Engine) => new Map(engine.companies.map((company) => [company.key, company]));

/**
 * A scenario over all companies: paths of the drivers, what each company earns and pays without and with them, sectors, and the way of the shock through the graph.
 *
 *     change = after - before, both simulated: the debt ladder turns over in either
 *
 * @param engine  prepared figures
 * @param spec  the scenario; checked here
 * @returns see the types; money in USD per quarter, quarters + 1 values; a company without figures has empty arrays and the reason
 * @throws AppError INVALID_INPUT naming the field of the scenario at fault
 *
 * Convention: sector medians run over companies whose cover is defined before and after; sector sums over all that could be simulated.
 */
export function evaluateScenario(engine: Engine, spec: ScenarioSpec): ScenarioEvaluation {
  const shocked = shockDrivers(engine, spec);
  const byKey = byNodeKey(engine);
  const companies = engine.companies.map((company) => {
    if (company.unavailable !== null) return unavailableOutcome(company);
    return outcomeOf(engine, company, simulate(engine, company, shocked, [], byKey), simulate(engine, company, shocked, shocked.moving, byKey));
  });
  const sources = shocked.paths.flatMap(({ driver, deviation }) => {
    const quarter = deviation.findIndex((value) => value !== 0);
    return quarter < 0 ? [] : [{ key: `driver:${driver}`, quarter, sign: Math.sign(deviation[quarter]!) }];
  });
  return {
    quarters: quarterRange(engine.startsAt, spec.quarters + 1),
    drivers: driverOutcomes(engine, shocked),
    plausibility: shocked.plausibility,
    companies,
    sectors: sectorOutcomes(companies, { quarters: spec.quarters, asOf: quarterEndDate(engine.startsAt) }),
    travel: scenarioTravel(sources, engine.connections).filter(({ quarter }) => quarter <= spec.quarters),
  };
}

/**
 * A scenario for one company, with both runs quarter by quarter and the change split by driver, channel and path.
 *
 * @throws AppError NOT_FOUND when the engine does not know the ticker, INVALID_INPUT naming the field of the scenario at fault
 */
export function evaluateCompany(engine: Engine, ticker: string, spec: ScenarioSpec): CompanyEvaluation {
  const shocked = shockDrivers(engine, spec);
  const company = engine.companies.find(({ profile }) => profile.ticker === ticker);
  if (!company) throw new AppError("NOT_FOUND", `There is no company ${ticker}`, { field: "ticker" });
  const quarters = quarterRange(engine.startsAt, spec.quarters + 1);
  const drivers = driverOutcomes(engine, shocked);
  if (company.unavailable !== null) return { company, outcome: unavailableOutcome(company), quarters, drivers, before: [], after: [], contributions: { ebit: [], interest: [], netIncome: [], icr: [] } };
  const byKey = byNodeKey(engine);
  const run = (drivers: readonly DriverId[]) => simulate(engine, company, shocked, drivers, byKey);
  const [before, after] = [run([]), run(shocked.moving)];
  const contributions = companyAttribution({
    key: company.key,
    drivers: shocked.moving,
    simulate: run,
    revenueParts: revenueParts(company, { drivers: shocked.deviations, quarters: spec.quarters, spillovers: engine.spillovers, byKey }),
    trailingEbit: company.figures.ebit,
    trailingInterest: company.figures.interest,
    contributionMargin: company.options.contributionMargin,
  });
  return { company, outcome: outcomeOf(engine, company, before, after), quarters, drivers, before, after, contributions };
}

/** The drivers' paths with where they start and how each is known. */
function driverOutcomes({ baselines, covariance: { n, from, to } }: Engine, { paths }: Shocked): DriverOutcome[] {
  return paths.map((path): DriverOutcome => {
    const baseline = baselines.get(path.driver) ?? null;
    const head = { asOf: baseline && quarterEndDate(baseline.quarter), reference: baseline?.series ?? null };
    const provenance = path.role === "responded"
      ? engineProvenance("estimated", { ...head, reference: [head.reference, `${from}–${to}`].join(" · "), formula: ROLE_FORMULA.responded, n })
      : engineProvenance("assumed", { ...head, formula: ROLE_FORMULA[path.role] });
    return { ...path, unit: DEVIATION_UNITS[DRIVERS[path.driver].kind], baseline, provenance };
  });
}

const ROLE_FORMULA = {
  shocked: { code: "setByPerson" }, responded: { code: "conditionalExpectation" }, held: { code: "heldAtBaseline" }, noHistory: { code: "noPublicHistory" },
} as const satisfies Record<DriverPathResult["role"], Formula>;

const INTEREST_REASON: Partial<Record<SimulatedCompany["ladderBasis"], InterestUnavailable>> = { none: "held", assumedRate: "assumedRate" };

function statementsUsed({ startsAt }: Engine, { periodEnd, window, reference, provider }: SimulatedCompany["figures"]): StatementsUsed {
  const quarter = quarterOfPeriodEnd(periodEnd);
  return { periodEnd, quarter, quartersFromStart: quartersBetween(startsAt, quarter), window, reference, provider };
}

function outcomeOf(engine: Engine, company: SimulatedCompany, before: readonly QuarterFlows[], after: readonly QuarterFlows[]): CompanyOutcomeResult {
  const delta = (read: (quarter: QuarterFlows) => number) => after.map((quarter, t) => read(quarter) - read(before[t]!));
  const hasNoDebt = company.figures.debt === 0 || (company.figures.interest?.every((value) => value === 0) ?? false);
  return {
    ...company.profile,
    provenance: exposureProvenance(company),
    statements: statementsUsed(engine, company.figures),
    ratingTable: company.options.ratingTable,
    unavailable: null,
    interestUnavailable: company.profile.isFinancial ? "rawMaterial" : hasNoDebt ? null : (INTEREST_REASON[company.ladderBasis] ?? null),
    icrBefore: before.map(({ icr }) => icr),
    icrAfter: after.map(({ icr }) => icr),
    ratingBefore: before.map(({ rating }) => rating),
    ratingAfter: after.map(({ rating }) => rating),
    revenueDelta: delta(({ revenue }) => revenue),
    ebitDelta: delta(({ ebit }) => ebit),
    interestDelta: delta(({ interest }) => interest),
    netIncomeDelta: delta(({ netIncome }) => netIncome),
  };
}

const unavailableOutcome = (company: PreparedCompany): CompanyOutcomeResult => ({
  ...company.profile,
  provenance: exposureProvenance(company),
  statements: null,
  ratingTable: null,
  unavailable: company.unavailable,
  interestUnavailable: null,
  icrBefore: [], icrAfter: [], ratingBefore: [], ratingAfter: [], revenueDelta: [], ebitDelta: [], interestDelta: [], netIncomeDelta: [],
});

function exposureProvenance({ exposures, profile, figures }: PreparedCompany): ProvenanceOf {
  const own = exposures.find(({ origin }) => origin === "own");
  const asOf = figures?.periodEnd ?? null;
  if (own) return engineProvenance("estimated", { asOf, reference: `company:${profile.ticker}`, formula: { code: "ownRegression" }, n: own.n, rSquared: own.rSquared });
  const inherited = exposures[0];
  return inherited
    ? engineProvenance("assumed", { asOf, reference: `sector:${profile.sector}`, formula: { code: "sectorRegression" }, n: inherited.n, rSquared: inherited.rSquared })
    : engineProvenance("assumed", { asOf, formula: { code: "noExposure" } });
}

function sectorOutcomes(companies: readonly CompanyOutcomeResult[], { quarters, asOf }: { quarters: number; asOf: string }): SectorOutcomeResult[] {
  return [...new Set(companies.map(({ sector }) => sector))].sort().map((sector) => {
    const members = companies.filter((company) => company.sector === sector && company.unavailable === null);
    const total = (read: (company: CompanyOutcomeResult) => number[]) => Array.from({ length: quarters + 1 }, (_, t) => members.reduce((sum, company) => sum + read(company)[t]!, 0));
    return {
      sector,
      companies: members.length,
      provenance: engineProvenance("computed", { asOf, formula: { code: "sectorOutcome" }, n: members.length }),
      medianIcrDelta: Array.from({ length: quarters + 1 }, (_, t) => median(members.flatMap(({ icrBefore, icrAfter }) => {
        const [before, after] = [icrBefore[t], icrAfter[t]];
        return typeof before === "number" && typeof after === "number" ? [after - before] : [];
      }))),
      ebitDelta: total(({ ebitDelta }) => ebitDelta),
      interestDelta: total(({ interestDelta }) => interestDelta),
    };
  });
}

