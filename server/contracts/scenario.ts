import { z } from "zod";
import { WINDOW_BASES } from "@/server/domain/market/ratios/trailing-window";
import { ASSUMPTION_NAMES, ASSUMPTION_UNITS } from "@/server/domain/scenario/company-assumptions";
import { CHANNELS, OUTPUTS } from "@/server/domain/scenario/company-attribution";
import { DRIVER_IDS, SHOCK_UNITS } from "@/server/domain/scenario/drivers";
import { UNITS } from "@/server/domain/scenario/output-units";
import { RESPONSE_MODES, SHOCK_SHAPES } from "@/server/domain/scenario/shock";
import { RATINGS, RATING_TABLES } from "@/server/domain/scenario/synthetic-rating";
import { INTEREST_UNAVAILABLE, PLAIN_UNAVAILABLE, UNAVAILABLE_CODES } from "@/server/domain/scenario/unavailable";
import { isoDate, provenance, ticker } from "./common";
import { sectorCode } from "./market";

export { ASSUMPTION_NAMES, CHANNELS, DRIVER_IDS, INTEREST_UNAVAILABLE, OUTPUTS, RATINGS, RESPONSE_MODES, SHOCK_SHAPES, SHOCK_UNITS, UNAVAILABLE_CODES, UNITS };

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
  /** Unit of a deviation. */
  unit: z.enum(UNITS),
  /** Level at the start of every scenario: fraction for rates and growth, level otherwise; null without history. */
  baseline: z.number().nullable(),
  /** The quarter the level speaks of, and how far it lies from the start: 0, or negative when it is carried forward from earlier. */
  baselineQuarter: z.string().nullable(),
  quartersFromStart: z.number().int().nullable(),
  /** Quarterly history up to the start, oldest first, same unit as baseline. */
  history: z.array(z.object({ quarter: z.string(), value: z.number() })),
  provenance,
});
export type DriverInfo = z.infer<typeof driverInfo>;
/** `startsAt`: the last actual quarter, from which scenarios go on. */
export const driverList = z.object({ startsAt: z.string(), drivers: z.array(driverInfo) });

export const preset = z.object({ id: z.string(), spec: scenarioSpec });
export const presetList = z.object({ presets: z.array(preset) });

export const driverPath = z.object({
  driver: driverId,
  /** shocked: set by the person; responded: conditional expectation; held: left where it was; noHistory: cannot respond, held. */
  role: z.enum(["shocked", "responded", "held", "noHistory"]),
  unit: z.enum(UNITS),
  /** The level the path starts from and the quarter it speaks of; negative `quartersFromStart`: carried forward from earlier. Null without history. */
  baseline: z.object({ series: z.string(), value: z.number(), quarter: z.string(), quartersFromStart: z.number().int() }).nullable(),
  provenance,
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

/** Why a company has no outcome: a code with its values; the sentence stands in the messages. */
export const unavailable = z.discriminatedUnion("code", [z.object({ code: z.enum(PLAIN_UNAVAILABLE) }), z.object({ code: z.literal("figureRefused"), field: z.string() })]);
export type Unavailable = z.infer<typeof unavailable>;

/** The statements a company's figures come from; `quartersFromStart` is negative when they are carried forward from earlier, positive when they are newer. */
export const statementsUsed = z.object({ periodEnd: isoDate, quarter: z.string(), quartersFromStart: z.number().int(), window: z.enum(WINDOW_BASES), reference: z.string(), provider: z.string() });
export type StatementsUsed = z.infer<typeof statementsUsed>;

/** Money is USD per quarter; every array has quarters + 1 values, the first is the last actual quarter. */
export const companyOutcome = z.object({
  ticker: z.string(),
  name: z.string(),
  sector: sectorCode,
  isFinancial: z.boolean(),
  /** Revenue exposures: own history (estimated) or the sector's (assumed). */
  provenance,
  /** Null without an outcome, as is the table by which it is rated. */
  statements: statementsUsed.nullable(),
  ratingTable: z.enum(RATING_TABLES).nullable(),
  /** Why no outcome can be computed (missing figures); then the arrays are empty. */
  unavailable: unavailable.nullable(),
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
  interestUnavailable: z.enum(INTEREST_UNAVAILABLE).nullable(),
});
export type CompanyOutcome = z.infer<typeof companyOutcome>;

export const sectorOutcome = z.object({
  sector: sectorCode,
  companies: z.number().int(),
  provenance,
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
  /** The last actual quarter, from which the paths go on: the newest that half of the drivers and half of the companies reach. */
  startsAt: z.string(),
  /** Newest period end of the statements in use. */
  dataAsOf: z.string().nullable(),
  /** Unit of each field of an outcome. */
  units: z.record(z.string(), z.enum(UNITS)),
  /** "2026Q3", …; the first is `startsAt`. */
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
  startsAt: z.string(),
  quarters: z.array(z.string()),
  drivers: z.array(driverPath),
  /** Unit of each path; contributions are in the unit of their output. */
  units: z.record(z.string(), z.enum(UNITS)),
  before: companyPaths,
  after: companyPaths,
  /** For each output the signed parts; they add up to after - before to 1e-9 relative. */
  contributions: z.record(z.enum(OUTPUTS), z.array(contribution)),
  exposures: z.array(z.object({ driver: driverId, elasticity: z.number(), lagQuarters: z.number().int(), provenance })),
  assumptions: z.array(z.object({ name: z.enum(ASSUMPTION_NAMES), value: z.number(), unit: z.enum(ASSUMPTION_UNITS), provenance })),
  tranches: z.array(z.object({ name: z.string(), kind: z.enum(["fixed", "floating"]), amount: z.number(), rate: z.number(), spread: z.number(), maturityQuarter: z.number().int(), provenance })),
});
export type CompanyScenario = z.infer<typeof companyScenario>;
