import { z } from "zod";
import { CHANNELS, OUTPUTS } from "@/server/domain/scenario/company-attribution";
import { DRIVER_IDS, SHOCK_UNITS } from "@/server/domain/scenario/drivers";
import { RESPONSE_MODES, SHOCK_SHAPES } from "@/server/domain/scenario/shock";
import { RATINGS } from "@/server/domain/scenario/synthetic-rating";
import { provenance, ticker } from "./common";
import { sectorCode } from "./market";

export { CHANNELS, DRIVER_IDS, OUTPUTS, RATINGS, RESPONSE_MODES, SHOCK_SHAPES, SHOCK_UNITS };

export const driverId = z.enum(DRIVER_IDS);
export type DriverId = z.infer<typeof driverId>;

export const shock = z.object({
  driver: driverId,
  /** In `unit`; the range and the units allowed depend on the driver (`domain/scenario/drivers.ts`). */
  size: z.number(),
  unit: z.enum(SHOCK_UNITS),
  shape: z.enum(SHOCK_SHAPES).default("step"),
  /** First quarter that is moved; 1 is the quarter after the last actual one. */
  startQuarter: z.number().int().min(1).max(40).default(1),
  /** step: how long it lasts; ramp: quarters until the full size (then held); pulse: quarters held before it is gone; halfLife: not used. */
  durationQuarters: z.number().int().min(1).max(40).default(40),
  /** halfLife only: quarters until half is left. */
  halfLifeQuarters: z.number().min(0.25).max(40).default(4),
});
export type Shock = z.infer<typeof shock>;

export const scenarioSpec = z.object({
  /** At most one shock per driver. Empty: the baseline against itself. */
  shocks: z.array(shock).max(DRIVER_IDS.length).readonly(),
  mode: z.enum(RESPONSE_MODES).default("respond"),
  quarters: z.number().int().min(1).max(40).default(12),
});
export type ScenarioSpec = z.infer<typeof scenarioSpec>;

export const rating = z.enum(RATINGS);
export type Rating = z.infer<typeof rating>;

export const driverInfo = z.object({
  driver: driverId,
  kind: z.enum(["rate", "growth", "level", "points"]),
  units: z.array(z.enum(SHOCK_UNITS)),
  /** Largest |size| accepted, in the first unit. */
  limit: z.number(),
  /** Range of sizes accepted, in the first unit; a level can fall by less than it can rise. */
  minimum: z.number(),
  maximum: z.number(),
  /** Series it is derived from; null where no public history is stored. */
  series: z.string().nullable(),
  /** Level in the last actual quarter: fraction for rates and growth, level otherwise; null without history. */
  baseline: z.number().nullable(),
  baselineQuarter: z.string().nullable(),
  /** Quarterly history, oldest first, same unit as baseline. */
  history: z.array(z.object({ quarter: z.string(), value: z.number() })),
  provenance,
});
export type DriverInfo = z.infer<typeof driverInfo>;
export const driverList = z.object({ drivers: z.array(driverInfo) });

export const preset = z.object({ id: z.string(), spec: scenarioSpec });
export const presetList = z.object({ presets: z.array(preset) });

export const driverPath = z.object({
  driver: driverId,
  /** shocked: set by the person; responded: conditional expectation; held: left where it was; noHistory: cannot respond, held. */
  role: z.enum(["shocked", "responded", "held", "noHistory"]),
  /** Deviation from the baseline, quarters + 1 values, the first is 0. Fraction for rates, growth; relative change for levels; points for vix. */
  deviation: z.array(z.number()),
  /** Standard deviation of the response at each quarter (conditional covariance); zeros where it is set or held. */
  deviationSd: z.array(z.number()),
});
export type DriverPath = z.infer<typeof driverPath>;

export const plausibility = z.object({
  /** Mahalanobis distance of the shocked drivers' largest quarterly change; null when none of the shocked drivers has history. */
  distance: z.number().nullable(),
  /** Chi-square upper tail: the share of quarters at least as unusual. */
  pValue: z.number().nullable(),
  degreesOfFreedom: z.number().int(),
  /** Quarters behind the covariance, and their range. */
  n: z.number().int(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Ledoit-Wolf shrinkage intensity, 0 to 1. */
  shrinkage: z.number().nullable(),
});

/** Money is USD per quarter; every array has quarters + 1 values, the first is the last actual quarter. */
export const companyOutcome = z.object({
  ticker: z.string(),
  name: z.string(),
  sector: sectorCode,
  isFinancial: z.boolean(),
  /** Revenue exposures: own history (estimated) or the sector's (assumed). */
  provenance,
  /** Why no outcome can be computed (missing figures); then the arrays are empty. */
  unavailable: z.string().nullable(),
  /** Earnings cover per quarter, trailing four quarters, without and with the shock; null for financials and where interest is zero. */
  icrBefore: z.array(z.number().nullable()),
  icrAfter: z.array(z.number().nullable()),
  ratingBefore: z.array(rating.nullable()),
  ratingAfter: z.array(rating.nullable()),
  revenueDelta: z.array(z.number()),
  ebitDelta: z.array(z.number()),
  interestDelta: z.array(z.number()),
  netIncomeDelta: z.array(z.number()),
  /** Why the change of interest is not known (debt or interest not reported, or interest negative); then interest is held, and `interestDelta` holds at most what a credit line costs. Null when it is computed. */
  interestUnavailable: z.string().nullish(),
});
export type CompanyOutcome = z.infer<typeof companyOutcome>;

export const sectorOutcome = z.object({
  sector: sectorCode,
  companies: z.number().int(),
  /** Median change of cover over the companies that have one; null when none has. */
  medianIcrDelta: z.array(z.number().nullable()),
  ebitDelta: z.array(z.number()),
  interestDelta: z.array(z.number()),
});

export const scenarioResult = z.object({
  spec: scenarioSpec,
  engineVersion: z.string(),
  /** SHA-256 of spec, coefficients and figures: equal inputs give equal bytes. */
  inputHash: z.string(),
  dataAsOf: z.string().nullable(),
  /** "2026Q3", …; the first is the last actual quarter. */
  quarters: z.array(z.string()),
  drivers: z.array(driverPath),
  plausibility,
  companies: z.array(companyOutcome),
  sectors: z.array(sectorOutcome),
  /** Connections in the order in which the shock reaches them: hop 0 leaves the shocked drivers. */
  travel: z.array(z.object({ from: z.string(), to: z.string(), quarter: z.number().int(), hop: z.number().int(), sign: z.number().int() })),
});
export type ScenarioResult = z.infer<typeof scenarioResult>;

export const contribution = z.object({
  driver: driverId,
  channel: z.enum(CHANNELS),
  /** Node keys from the driver to the company. */
  path: z.array(z.string()),
  /** Signed, quarters + 1 values, unit of the output. */
  amount: z.array(z.number()),
});
export type Contribution = z.infer<typeof contribution>;

export const companyPaths = z.object({
  /** USD per quarter. */
  revenue: z.array(z.number()),
  ebit: z.array(z.number()),
  interest: z.array(z.number()),
  preTax: z.array(z.number()),
  tax: z.array(z.number()),
  netIncome: z.array(z.number()),
  debt: z.array(z.number().nullable()),
  icr: z.array(z.number().nullable()),
  icrEbitda: z.array(z.number().nullable()),
  rating: z.array(rating.nullable()),
  /** Decimal fraction per year. */
  spread: z.array(z.number()),
  /** USD at the quarter's end; null where not reported. */
  equity: z.array(z.number().nullable()),
  /** Net income of four quarters over equity; null where equity is not positive. */
  returnOnEquity: z.array(z.number().nullable()),
  debtToEquity: z.array(z.number().nullable()),
});
export const companyScenarioInput = z.object({ ticker, spec: scenarioSpec });
export const companyScenario = z.object({
  outcome: companyOutcome,
  quarters: z.array(z.string()),
  before: companyPaths,
  after: companyPaths,
  /** For each output the signed parts; they add up to after - before to 1e-9 relative. */
  contributions: z.record(z.enum(OUTPUTS), z.array(contribution)),
  exposures: z.array(z.object({ driver: driverId, elasticity: z.number(), lagQuarters: z.number().int(), provenance })),
  assumptions: z.array(z.object({ name: z.string(), value: z.number(), unit: z.string(), provenance })),
  tranches: z.array(z.object({ name: z.string(), kind: z.enum(["fixed", "floating"]), amount: z.number(), rate: z.number(), spread: z.number(), maturityQuarter: z.number().int(), provenance })),
});
export type CompanyScenario = z.infer<typeof companyScenario>;
