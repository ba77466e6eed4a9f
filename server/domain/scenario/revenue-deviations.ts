import type { Spillover } from "@/server/domain/graph/damped-leontief";
import type { DriverDeviations } from "./company-path";
import { toModelUnits } from "./driver-history";
import type { DriverId } from "./drivers";
import type { PreparedCompany } from "./prepare-engine";
import type { CompanyExposure } from "./revenue-exposures";

/** One way by which a driver reaches a company's revenue: relative change, quarters + 1 values, and the nodes it passes. */
export type RevenuePart = { driver: DriverId; channel: "demand" | "supply"; path: readonly string[]; amount: number[] };

const exposureDeviation = ({ driver, elasticity, lagQuarters }: CompanyExposure, drivers: DriverDeviations, quarters: number): number[] =>
  Array.from({ length: quarters + 1 }, (_, t) => (t < lagQuarters ? 0 : elasticity * toModelUnits(driver, drivers[driver]?.[t - lagQuarters] ?? 0)));

const wayTo = ({ key, profile }: PreparedCompany, { driver, origin }: CompanyExposure): string[] => (origin === "own" ? [`driver:${driver}`, key] : [`driver:${driver}`, `sector:${profile.sector}`, key]);

/**
 * Relative changes of revenue that reach a company, one for each way through the graph: driver to company or to its sector, and on over supply connections.
 *
 *     demand: e g(d_{t - lag});   supply: weight x the customer's demand part, weight from (I - W)^-1 - I (`dampedLeontief`)
 *
 * @returns fractions of revenue; parts whose driver does not move are left out; the sum is the company's total
 */
export function revenueParts(company: PreparedCompany, { drivers, quarters, spillovers, byKey }: {
  drivers: DriverDeviations;
  quarters: number;
  spillovers: ReadonlyMap<string, readonly Spillover[]>;
  byKey: ReadonlyMap<string, PreparedCompany>;
}): RevenuePart[] {
  const moving = (one: PreparedCompany) => one.exposures.filter(({ driver }) => drivers[driver]?.some((value) => value !== 0));
  const demand = moving(company).map((exposure): RevenuePart => ({ driver: exposure.driver, channel: "demand", path: wayTo(company, exposure), amount: exposureDeviation(exposure, drivers, quarters) }));
  const supply = (spillovers.get(company.key) ?? []).flatMap(({ source, weight, chain }) => {
    const customer = byKey.get(source);
    return customer ? moving(customer).map((exposure): RevenuePart => ({
      driver: exposure.driver,
      channel: "supply",
      path: [...wayTo(customer, exposure), ...chain.slice(1)],
      amount: exposureDeviation(exposure, drivers, quarters).map((value) => weight * value),
    })) : [];
  });
  return [...demand, ...supply];
}

/** What arrives over supply connections, added up; undefined where nothing does. */
export function supplyDeviation(parts: readonly RevenuePart[], quarters: number): number[] | undefined {
  const supply = parts.filter(({ channel }) => channel === "supply");
  return supply.length === 0 ? undefined : Array.from({ length: quarters + 1 }, (_, t) => supply.reduce((sum, { amount }) => sum + amount[t]!, 0));
}
