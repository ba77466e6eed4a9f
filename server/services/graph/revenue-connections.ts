import { estimateResponse, type Changes } from "@/server/domain/graph/estimate-response";
import { impactConnections, type ImpactConnection } from "@/server/domain/graph/impact-connections";
import { COMPANY_REVENUE_DRIVERS, FIRST_QUARTER, LEAST_COMPANY_QUARTERS, LEAST_SECTOR_QUARTERS, LOCKDOWN_QUARTERS, REVENUE_LAGS, REVENUE_MODELS } from "@/server/domain/graph/revenue-models";
import { revenueYearChanges, yearChanges } from "@/server/domain/graph/year-changes";
import { quarterlyValues } from "@/server/domain/scenario/driver-history";
import type { DriverId } from "@/server/domain/scenario/drivers";
import { quarterAt, quarterEndDate, quarterIndex } from "@/server/domain/shared/quarter";
import type { Db } from "@/server/platform/db";
import { loadObservations, type Observations } from "./load-driver-changes";

export const ESTIMATOR = "graph-estimator";

const dateOf = (quarter: number) => quarterEndDate(quarterAt(quarter));
const withHistory = (drivers: readonly DriverId[], changes: ReadonlyMap<DriverId, Changes>) => drivers.flatMap((driver) => (changes.has(driver) ? [{ driver, changes: changes.get(driver)! }] : []));

/** Log change of the quarterly mean of one series, or of the sum of several, without the lockdown. */
function proxyChanges(parts: readonly Observations[]): Map<number, number> {
  const means = parts.map(({ frequency, values }) => new Map(quarterlyValues(values, { frequency, transform: "mean" }).map(({ quarter, value }) => [quarterIndex(quarter), value])));
  const level = (t: number) => means.reduce<number | null>((sum, mean) => (sum === null || !mean.has(t) ? null : sum + mean.get(t)!), 0);
  const left = new Set(LOCKDOWN_QUARTERS.map(quarterIndex));
  return new Map([...(means[0]?.keys() ?? [])].flatMap((t): [number, number][] => {
    const [now, before] = [level(t), level(t - 1)];
    return now !== null && before !== null && now > 0 && before > 0 && t >= quarterIndex(FIRST_QUARTER) && !left.has(t) ? [[t, Math.log(now / before)]] : [];
  }));
}

/** Driver to sector: how the public proxy of a sector's sales responds. A sector whose series or drivers are not stored has no edges. */
export async function sectorRevenueConnections(db: Db, changes: ReadonlyMap<DriverId, Changes>): Promise<ImpactConnection[]> {
  const stored = await loadObservations(db, REVENUE_MODELS.flatMap(({ series }) => series));
  return REVENUE_MODELS.flatMap(({ sector, series, drivers }) => {
    const parts = series.flatMap((code) => (stored.has(code) ? [stored.get(code)!] : []));
    const given = withHistory(drivers, changes);
    if (parts.length < series.length || given.length === 0) return [];
    const estimate = estimateResponse({ response: proxyChanges(parts), drivers: given, lags: REVENUE_LAGS, leastPeriods: LEAST_SECTOR_QUARTERS });
    if (!estimate) return [];
    const method = { code: "sectorRevenueRegression", drivers: given.length, errorLags: estimate.errorLags } as const;
    return impactConnections(estimate, { to: `sector:${sector}`, response: "revenue", method, data: series.join(" + "), author: ESTIMATOR, dateOf });
  });
}

/** Driver to company: how a company's own reported revenue responds, where it has twenty quarters of them and more. */
export async function companyRevenueConnections(db: Db, changes: ReadonlyMap<DriverId, Changes>): Promise<ImpactConnection[]> {
  const rows = await db.$queryRaw<{ ticker: string; periodEnd: string; revenue: number }[]>`
    SELECT c.ticker, f.period_end::text AS "periodEnd", f.revenue::float8 AS revenue
    FROM financial_statement f JOIN company c ON c.id = f.company_id
    WHERE f.period_kind = 'QUARTER' AND f.revenue IS NOT NULL
      AND f.company_id IN (SELECT company_id FROM financial_statement WHERE period_kind = 'QUARTER' AND revenue IS NOT NULL GROUP BY company_id HAVING count(*) >= ${LEAST_COMPANY_QUARTERS})
    ORDER BY c.ticker, f.period_end`;
  const drivers = withHistory(COMPANY_REVENUE_DRIVERS, new Map([...changes].map(([driver, quarterly]) => [driver, yearChanges(quarterly)])));
  if (drivers.length === 0) return [];
  return [...new Set(rows.map(({ ticker }) => ticker))].flatMap((ticker) => {
    const own = rows.filter((row) => row.ticker === ticker);
    const estimate = estimateResponse({ response: revenueYearChanges(own), drivers, lags: REVENUE_LAGS, leastPeriods: LEAST_COMPANY_QUARTERS, leastErrorLags: 4 });
    if (!estimate) return [];
    const method = { code: "companyRevenueRegression", drivers: drivers.length, errorLags: estimate.errorLags } as const;
    return impactConnections(estimate, { to: `company:${ticker}`, response: "revenue", method, data: ticker, author: ESTIMATOR, dateOf });
  });
}
