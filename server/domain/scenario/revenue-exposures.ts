import type { RevenueExposure } from "./company-path";
import type { DriverId } from "./drivers";

/** A stored impact connection whose response is revenue: one coefficient of a joint regression. */
export type RevenueEstimate = {
  driver: DriverId;
  /** Relative change of revenue per engine unit of the driver. */
  elasticity: number;
  stdError: number;
  lagQuarters: number;
  n: number | null;
  rSquared: number | null;
};

export type CompanyExposure = RevenueExposure & {
  /** own: the company's history; sector: its sector's. */
  origin: "own" | "sector";
  /** Part of the estimate that is used, 0 to 1. */
  weight: number;
  stdError: number;
  n: number | null;
  rSquared: number | null;
};

/** Fewest companies from which the spread between companies is taken. */
const LEAST_COMPANIES = 3;

/**
 * Ridge regression's answer for one coefficient: an estimate that is small against its error is drawn to zero.
 *
 *     b* = b t^2 / (1 + t^2),  t = b / se
 *
 * @param elasticity  b
 * @param stdError  se, >= 0; 0: b is exact
 * @returns b*, in the unit of b, between 0 and b
 *
 * Convention: the ridge constant that minimises the expected square error, with the estimate put for the unknown coefficient.
 * Source: Hoerl and Kennard, "Ridge Regression: Biased Estimation for Nonorthogonal Problems", Technometrics 12(1), 1970 (k_i = sigma^2 / alpha_i^2).
 * Worked: b = 2, se = 1 -> 1.6
 */
export const ridgeShrunk = (elasticity: number, stdError: number): number => (elasticity === 0 ? 0 : (elasticity * elasticity ** 2) / (elasticity ** 2 + stdError ** 2));

/**
 * Spread of the true coefficients between the companies of a sector.
 *
 *     tau^2 = max(0, var(b) - mean(se^2))
 *
 * @param own  own estimates of one driver, one for each company of the sector
 * @returns tau^2, square of the coefficient's unit; null with fewer than three companies
 *
 * Source: Efron and Morris, "Data Analysis Using Stein's Estimator and its Generalizations", JASA 70, 1975 (method of moments).
 * Worked: b = 1, 2, 3 with se 0.5 -> 1 - 0.25 = 0.75
 */
export function betweenVariance(own: readonly { elasticity: number; stdError: number }[]): number | null {
  if (own.length < LEAST_COMPANIES) return null;
  const mean = own.reduce((sum, { elasticity }) => sum + elasticity, 0) / own.length;
  const variance = own.reduce((sum, { elasticity }) => sum + (elasticity - mean) ** 2, 0) / (own.length - 1);
  return Math.max(0, variance - own.reduce((sum, { stdError }) => sum + stdError ** 2, 0) / own.length);
}

/**
 * A company's exposures of revenue: its own estimates drawn to the sector's by precision.
 *
 *     b = w b_own + (1 - w) b*_sector,   w = tau^2 / (tau^2 + se_own^2)
 *
 * @param own  of the company's own history; empty where that is too short
 * @param sector  of its sector; empty where none was estimated
 * @param between  tau^2 by driver (`betweenVariance`); absent: the sector estimate's own variance stands in
 * @returns one entry for each estimate that has weight, each at its own lag; the sum of those of one driver is its exposure
 *
 * Convention: the sector's coefficient is `ridgeShrunk` first; without it a company's own is shrunk towards zero the same way. A company without own estimates takes the sector's.
 * Source: Efron and Morris (see `betweenVariance`): the empirical-Bayes posterior mean.
 * Worked: own 3 (se 1), sector 1 (se 0), tau^2 = 1 -> 1.5 own + 0.5 sector = 2
 */
export function companyExposures({ own, sector, between }: { own: readonly RevenueEstimate[]; sector: readonly RevenueEstimate[]; between: ReadonlyMap<DriverId, number> }): CompanyExposure[] {
  const ownWeight = (estimate: RevenueEstimate): number => {
    const ofSector = sector.find(({ driver }) => driver === estimate.driver);
    if (!ofSector) return estimate.elasticity === 0 ? 0 : ridgeShrunk(estimate.elasticity, estimate.stdError) / estimate.elasticity;
    const tau2 = between.get(estimate.driver) ?? ofSector.stdError ** 2;
    return tau2 + estimate.stdError ** 2 === 0 ? 1 : tau2 / (tau2 + estimate.stdError ** 2);
  };
  const owned = own.map((estimate) => ({ ...estimate, origin: "own" as const, weight: ownWeight(estimate), elasticity: ownWeight(estimate) * estimate.elasticity }));
  const inherited = sector.map((estimate) => {
    const weight = 1 - (owned.find(({ driver }) => driver === estimate.driver)?.weight ?? 0);
    return { ...estimate, origin: "sector" as const, weight, elasticity: weight * ridgeShrunk(estimate.elasticity, estimate.stdError) };
  });
  return [...owned, ...inherited].filter(({ elasticity }) => elasticity !== 0);
}
