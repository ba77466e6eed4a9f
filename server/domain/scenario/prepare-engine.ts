import { AppError } from "@/server/domain/app-error";
import { dampedLeontief, type Spillover, type SupplyLink } from "@/server/domain/graph/damped-leontief";
import { compareText } from "@/server/domain/shared/compare-text";
import { quarterOfPeriodEnd, type Quarter } from "@/server/domain/shared/quarter";
import { companyFigures, type CompanyFigures, type CompanyProfile, type FiguresResult, type StatementFigures, type Trailing } from "./company-figures";
import type { SimulationOptions } from "./company-path";
import { driverCovariance, type DriverCovariance } from "./conditional-response";
import { contributionMargin, fittedPrior, type MarginEstimate, type QuarterResult } from "./contribution-margin";
import { debtLadder, type DebtLadder, type DebtTranche } from "./debt-ladder";
import type { DriverHistory } from "./driver-history";
import { DRIVER_IDS, type DriverId } from "./drivers";
import { betweenVariance, companyExposures, type CompanyExposure, type RevenueEstimate } from "./revenue-exposures";
import { driverBaseline, scenarioStart, type DriverBaseline } from "./scenario-start";
import { sectorPrior } from "./sector-priors";
import { ratingSpread, syntheticRating } from "./synthetic-rating";
import type { Unavailable } from "./unavailable";

/** A stored connection of the graph; `from` and `to` are node keys (driver:oil, sector:BANKING, company:JPM). */
export type EngineConnection = {
  kind: "membership" | "impact" | "supply" | "competition" | "ownership";
  from: string;
  to: string;
  response: string;
  strength: number;
  sign: number;
  elasticity: number | null;
  stdError: number | null;
  n: number | null;
  rSquared: number | null;
  significant: boolean | null;
  lagQuarters: number;
};

export type EngineInput = {
  histories: readonly DriverHistory[];
  companies: readonly { profile: CompanyProfile; statements: readonly StatementFigures[] }[];
  connections: readonly EngineConnection[];
};

/** A company ready to be simulated, or the reason why it cannot be. */
export type PreparedCompany = {
  key: string;
  profile: CompanyProfile;
  exposures: readonly CompanyExposure[];
} & (
  | { figures: null; unavailable: Unavailable }
  | { figures: CompanyFigures; unavailable: null; tranches: readonly DebtTranche[]; ladderBasis: DebtLadder["basis"]; margin: MarginEstimate; taxBasis: "reported" | "assumed"; options: Omit<SimulationOptions, "quarters"> }
);
export type SimulatedCompany = Extract<PreparedCompany, { unavailable: null }>;

export type Engine = {
  /** The last actual quarter: index 0 of every path (`scenarioStart`). */
  startsAt: Quarter;
  /** Levels at the start, of the drivers that have a past. */
  baselines: ReadonlyMap<DriverId, DriverBaseline>;
  /** Newest period end of the statements in use. */
  dataAsOf: string | null;
  covariance: DriverCovariance;
  /** In order of ticker. */
  companies: readonly PreparedCompany[];
  spillovers: ReadonlyMap<string, readonly Spillover[]>;
  connections: readonly EngineConnection[];
};

/** Part of a customer's change that reaches its supplier; assumed: stocks and other customers take up the rest. */
export const SUPPLY_DAMPING = 0.5;
/** Companies from this size take the table of large firms. The source cuts at a market value of 5 billion; balance-sheet total stands in for it. */
export const LARGE_FROM_ASSETS = 5e9;
/** Effective tax rates beyond this range say more of one-off items than of the next dollar. */
const HIGHEST_TAX_RATE = 0.5;

/**
 * Everything of a scenario that does not depend on its shocks, computed once for a set of figures: covariance of the drivers, exposures, margins, debt ladders, supply network.
 *
 * @throws AppError RULE_VIOLATED when no figures are stored or the supply network has no finite answer
 */
export function prepareEngine({ histories, companies, connections }: EngineInput): Engine {
  const described = companies
    .toSorted((a, b) => compareText(a.profile.ticker, b.profile.ticker))
    .map((company) => ({ ...company, result: companyFigures(company.profile, company.statements, sectorPrior(company.profile.sector).taxRate) }));
  const ends = described.flatMap(({ result }) => result.figures?.periodEnd ?? []).sort();
  const startsAt = scenarioStart({ drivers: histories.flatMap(({ values }) => values.at(-1)?.quarter ?? []), companies: ends.map(quarterOfPeriodEnd) });
  if (!startsAt) throw new AppError("RULE_VIOLATED", "No figures are stored yet, so there is nothing to simulate", { field: "figures" });
  const baselines = new Map(histories.flatMap((history): [DriverId, DriverBaseline][] => {
    const baseline = driverBaseline(history, startsAt);
    return baseline ? [[history.driver, baseline]] : [];
  }));
  const level = (driver: DriverId) => baselines.get(driver)?.value ?? null;
  const exposuresOf = exposureFinder(connections, companies.map(({ profile }) => profile));
  const prepared = described.map((company) => preparedOrRefused({ ...company, exposures: exposuresOf(company.profile), fedFunds: level("fedFunds"), treasury10y: level("treasury10y") }));
  const links = connections.filter(({ kind }) => kind === "supply").map(({ from, to, strength }): SupplyLink => ({ supplier: from, customer: to, share: strength }));
  return { startsAt, baselines, dataAsOf: ends.at(-1) ?? null, covariance: driverCovariance(histories), companies: prepared, spillovers: dampedLeontief(links, { damping: SUPPLY_DAMPING }), connections };
}

/** Own estimates drawn to the sector's, for each company; the spread between companies is taken within the sector. */
function exposureFinder(connections: readonly EngineConnection[], profiles: readonly CompanyProfile[]): (profile: CompanyProfile) => CompanyExposure[] {
  const byTarget = new Map<string, RevenueEstimate[]>();
  for (const { kind, from, to, response, elasticity, stdError, lagQuarters, n, rSquared } of connections) {
    const driver = DRIVER_IDS.find((id) => from === `driver:${id}`);
    if (kind !== "impact" || response !== "revenue" || !driver || elasticity === null || stdError === null) continue;
    byTarget.set(to, [...(byTarget.get(to) ?? []), { driver, elasticity, stdError, lagQuarters, n, rSquared }]);
  }
  const estimates = (key: string) => byTarget.get(key) ?? [];
  const betweenOf = new Map([...new Set(profiles.map(({ sector }) => sector))].map((sector) => {
    const own = profiles.filter((profile) => profile.sector === sector).flatMap(({ ticker }) => estimates(`company:${ticker}`));
    const spread = DRIVER_IDS.flatMap((driver): [DriverId, number][] => {
      const tau2 = betweenVariance(own.filter((estimate) => estimate.driver === driver));
      return tau2 === null ? [] : [[driver, tau2]];
    });
    return [sector, new Map(spread)] as const;
  }));
  return ({ ticker, sector }) => companyExposures({ own: estimates(`company:${ticker}`), sector: estimates(`sector:${sector}`), between: betweenOf.get(sector)! });
}

const sum = (flow: Trailing): number => flow[0] + flow[1] + flow[2] + flow[3];

type CompanyToPrepare = { profile: CompanyProfile; statements: readonly StatementFigures[]; result: FiguresResult; exposures: CompanyExposure[]; fedFunds: number | null; treasury10y: number | null };

/** Figures that a rule refuses take their own company out, with the reason, and not the other companies. */
function preparedOrRefused(company: CompanyToPrepare): PreparedCompany {
  try {
    return prepareCompany(company);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { profile, exposures } = company;
    return { key: `company:${profile.ticker}`, profile, exposures, figures: null, unavailable: { code: "figureRefused", field: error.details.field ?? "" } };
  }
}

function prepareCompany({ profile, statements, result, exposures, fedFunds, treasury10y }: CompanyToPrepare): PreparedCompany {
  const head = { key: `company:${profile.ticker}`, profile, exposures };
  const prior = sectorPrior(profile.sector);
  const { figures, unavailable } = result;
  if (!figures) return { ...head, figures: null, unavailable };
  const margin = contributionMargin(quarterResults(statements), prior.contributionMargin);
  if (profile.isFinancial && (margin.basis === "assumed" || exposures.length === 0)) {
    return { ...head, figures: null, unavailable: { code: "bankMarginUnknown" } };
  }
  const ratingTable = profile.isFinancial ? "financial" : figures.totalAssets !== null && figures.totalAssets < LARGE_FROM_ASSETS ? "small" : "large";
  const interest = figures.interest && sum(figures.interest);
  const rating = interest !== null && interest > 0 ? syntheticRating(sum(figures.ebit) / interest, ratingTable) : null;
  const ladder = profile.isFinancial
    ? { tranches: [], basis: "none" as const }
    // Gains on hedges may turn a year's interest negative: then no ladder can pay it, and it is held as reported.
    : debtLadder({ debt: figures.debt, interest: interest === null ? null : Math.max(0, interest) / 4, floatingShare: prior.floatingShare, fixedYears: prior.fixedYears, fedFunds, treasury10y, ratingSpread: ratingSpread(rating ?? "BBB") });

  const effective = figures.preTax && figures.tax && sum(figures.preTax) > 0 ? sum(figures.tax) / sum(figures.preTax) : null;
  const isUsual = effective !== null && effective >= 0 && effective <= HIGHEST_TAX_RATE;
  const usable = margin.basis === "assumed" ? { ...margin, margin: fittedPrior(prior.contributionMargin, sum(figures.ebit) / sum(figures.revenue)) } : margin;
  return {
    ...head,
    figures, unavailable: null, tranches: ladder.tranches, ladderBasis: ladder.basis, margin: usable,
    taxBasis: isUsual ? "reported" : "assumed",
    options: { contributionMargin: usable.margin, oilCostShare: prior.oilCostShare, passThrough: prior.passThrough, taxRate: isUsual ? effective : prior.taxRate, ratingTable, fedFunds, treasury10y },
  };
}

function quarterResults(statements: readonly StatementFigures[]): QuarterResult[] {
  const byQuarter = new Map(statements.flatMap(({ periodKind, periodEnd, revenue, operatingIncome }) => {
    const quarter = quarterOfPeriodEnd(periodEnd);
    return periodKind === "QUARTER" && revenue !== null && operatingIncome !== null ? [[quarter, { quarter, revenue, ebit: operatingIncome }] as const] : [];
  }));
  return [...byQuarter.values()];
}
