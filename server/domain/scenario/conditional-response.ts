import { AppError } from "@/server/domain/app-error";
import { dot, inverse, multiply, multiplyVector } from "@/server/domain/shared/linear-algebra";
import { ledoitWolf } from "@/server/domain/shared/ledoit-wolf";
import { chiSquareTail } from "@/server/domain/shared/statistics";
import type { Quarter } from "@/server/domain/shared/quarter";
import { fromModelUnits, isGrowthRate, quarterlyMoves, toModelUnits, type DriverHistory } from "./driver-history";
import { DRIVER_IDS, DRIVERS, type DriverId } from "./drivers";
import { deviationPath, type ScenarioSpec } from "./shock";

/** Twenty years of quarters: fewer say too little of how drivers move together. */
export const MINIMUM_QUARTERS = 80;

export type DriverCovariance = {
  drivers: readonly DriverId[];
  /** Of quarterly moves, in model units (changes of rates and points, log changes of levels, rates of growth as they are), rows and columns as `drivers`. */
  covariance: readonly (readonly number[])[];
  n: number;
  from: Quarter | null;
  to: Quarter | null;
  shrinkage: number | null;
};

export type DriverRole = "shocked" | "responded" | "held" | "noHistory";
export type DriverPathResult = { driver: DriverId; role: DriverRole; deviation: number[]; deviationSd: number[] };
export type PlausibilityResult = { distance: number | null; pValue: number | null; degreesOfFreedom: number; n: number; from: string | null; to: string | null; shrinkage: number | null };

/**
 * How the drivers have moved together: covariance of their quarterly moves (`quarterlyMoves`), shrunk, over all quarters in which every one of them is known.
 * A driver with a short past would cut the common range for all; those are left out, the one whose absence lengthens it most first, until 80 quarters are common.
 */
export function driverCovariance(histories: readonly DriverHistory[]): DriverCovariance {
  let known = DRIVER_IDS.flatMap((id) => {
    const history = histories.find(({ driver }) => driver === id);
    const changes = history ? quarterlyMoves(history) : new Map<Quarter, number>();
    return changes.size >= MINIMUM_QUARTERS && new Set(changes.values()).size > 1 ? [{ driver: id, changes }] : [];
  });
  const common = (set: typeof known) => [...(set[0]?.changes.keys() ?? [])].filter((quarter) => set.every(({ changes }) => changes.has(quarter))).sort();
  while (known.length > 1 && common(known).length < MINIMUM_QUARTERS) {
    const without = known.map((left) => known.filter((one) => one !== left));
    known = without.reduce((best, set) => (common(set).length > common(best).length ? set : best));
  }
  const quarters = common(known);
  if (known.length === 0 || quarters.length < MINIMUM_QUARTERS) return { drivers: [], covariance: [], n: 0, from: null, to: null, shrinkage: null };
  const { covariance, shrinkage, n } = ledoitWolf(quarters.map((quarter) => known.map(({ changes }) => changes.get(quarter)!)));
  return { drivers: known.map(({ driver }) => driver), covariance, n, from: quarters[0]!, to: quarters.at(-1)!, shrinkage };
}

/**
 * Paths of all drivers under a scenario, and how unusual its shocks are.
 *
 *     E[m_U | m_S] = S_US S_SS^-1 m_S,   Var = S_UU - S_US S_SS^-1 S_SU per quarter,   m the moves of a quarter
 *     level:  d_t = m_1 + ... + m_t,  sd_t = sqrt(t Var);     rate of growth:  d_t = m_t,  sd_t = sqrt(Var)
 *     D^2 = max_t m_S' S_SS^-1 m_S,   p = P(chi^2_|S| > D^2)
 *
 * @param spec  a checked scenario
 * @param past  covariance of quarterly moves (`driverCovariance`)
 * @returns for each driver its role, the deviation from the baseline (engine units, quarters + 1 values, first 0) and the standard deviation of the response in the
 * same unit; plausibility, whose distance is null when no shocked driver has a past or nothing moves
 * @throws AppError RULE_VIOLATED when the shocked drivers' covariance cannot be inverted
 *
 * Convention: deviation form: the baseline holds the means, so they cancel and no shock gives exact zeros; a shock of size zero is no shock. Moves of different
 * quarters are taken as independent. Prices and indices respond in logarithms. A shocked driver without a past moves alone: nothing responds to it. Levels (rates of
 * interest, unemployment, prices, indices, VIX) keep what a quarter has done to them: conditional variances add up, and the band widens with the square root of time; for
 * prices and indices it is scaled by 1 + deviation (delta method). Rates of growth (GDP, CPI) are flows: what moves a level for good moves growth for one quarter, growth
 * that is shocked moves levels in each of its quarters, and their band does not widen.
 * Source: Anderson, "An Introduction to Multivariate Statistical Analysis", 3rd ed., 2003, theorem 2.5.1; Mahalanobis, "On the generalised distance in statistics", 1936.
 * Worked: variances 1 and 4, covariance 1, step of 1 on the first -> response 1 and variance 3 a quarter, D = 1, p = 0.3173: a level stays at 1 with sd 1.73, 2.45, 3 …,
 * a rate of growth is at 1, 0, 0 … with sd 1.73 throughout
 */
export function conditionalResponse(spec: ScenarioSpec, past: DriverCovariance): { drivers: DriverPathResult[]; plausibility: PlausibilityResult } {
  const { quarters } = spec;
  const zeros = () => Array.from({ length: quarters + 1 }, () => 0);
  const set = new Map(spec.shocks.map((shock) => [shock.driver, deviationPath(shock, quarters)]));
  const moving = past.drivers.flatMap((driver, index) => (set.get(driver)?.some((value) => value !== 0) ? [{ index, ...movesOf(driver, set.get(driver)!) }] : []));
  const responding = past.drivers.flatMap((driver, index) => (set.has(driver) ? [] : [{ driver, index }]));
  const inverseOfShocked = inverse(moving.map((a) => moving.map((b) => past.covariance[a.index]![b.index]!)));
  if (!inverseOfShocked) throw new AppError("RULE_VIOLATED", "The shocked drivers have always moved as one; shock one of them only", { field: "shocks" });

  const responses = new Map<DriverId, { deviation: number[]; deviationSd: number[] }>();
  if (spec.mode === "respond" && moving.length > 0) {
    const across = responding.map((u) => moving.map((s) => past.covariance[u.index]![s.index]!));
    const betas = multiply(across, inverseOfShocked);
    for (const [i, { driver, index }] of responding.entries()) {
      const isGrowth = isGrowthRate(driver);
      const deviation = zeros().map((_, t) => fromModelUnits(driver, dot(betas[i]!, moving.map(({ moves, total }) => (isGrowth ? moves : total)[t]!))) + 0);
      const variance = Math.max(0, past.covariance[index]![index]! - dot(betas[i]!, across[i]!));
      const scale = (t: number) => (DRIVERS[driver].kind === "level" ? 1 + deviation[t]! : 1);
      const quartersOfDoubt = (t: number) => (isGrowth ? Math.min(t, 1) : t);
      responses.set(driver, { deviation, deviationSd: zeros().map((_, t) => Math.sqrt(quartersOfDoubt(t) * variance) * scale(t)) });
    }
  }
  const drivers = DRIVER_IDS.map((driver): DriverPathResult => {
    const path = set.get(driver);
    if (path) return { driver, role: "shocked", deviation: path, deviationSd: zeros() };
    const response = responses.get(driver);
    if (response) return { driver, role: "responded", ...response };
    return { driver, role: past.drivers.includes(driver) ? "held" : "noHistory", deviation: zeros(), deviationSd: zeros() };
  });

  const squares = zeros().slice(1).map((_, t) => {
    const move = moving.map(({ moves }) => moves[t + 1]!);
    return dot(move, multiplyVector(inverseOfShocked, move));
  });
  const distance = moving.length > 0 ? Math.sqrt(Math.max(...squares)) : null;
  const { n, from, to, shrinkage } = past;
  return { drivers, plausibility: { distance, pValue: distance === null ? null : chiSquareTail(distance ** 2, moving.length), degreesOfFreedom: moving.length, n, from, to, shrinkage } };
}

/** A driver's path as the move of each quarter and what the moves have added up to, in model units; the total of a level is its path, so that no rounding adds up. */
function movesOf(driver: DriverId, path: readonly number[]): { moves: number[]; total: number[] } {
  if (!isGrowthRate(driver)) {
    const total = path.map((value) => toModelUnits(driver, value));
    return { total, moves: total.map((value, t) => value - (total[t - 1] ?? 0)) };
  }
  let sum = 0;
  return { moves: [...path], total: path.map((value) => (sum += value)) };
}
