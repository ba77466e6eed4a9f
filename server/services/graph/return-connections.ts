import { impactConnections, type ImpactConnection } from "@/server/domain/graph/impact-connections";
import { meanCloseChanges, monthlyChanges, monthStart, type MonthMean } from "@/server/domain/graph/monthly-changes";
import { BITCOIN_SYMBOL, estimateReturns, MARKET_SYMBOL, RETURN_SERIES } from "@/server/domain/graph/return-model";
import type { Changes } from "@/server/domain/graph/estimate-response";
import type { DriverId } from "@/server/domain/scenario/drivers";
import type { Db } from "@/server/platform/db";
import { loadObservations } from "./load-driver-changes";
import { ESTIMATOR } from "./revenue-connections";

type Priced = { symbol: string; ticker: string | null; crypto: boolean; months: MonthMean[] };

/**
 * Driver to company and driver to asset: how recorded prices respond. Simulated bars are never read: an estimate on them would measure the simulator.
 * `skipped` counts instruments whose prices are simulated or too short.
 */
export async function returnConnections(db: Db): Promise<{ connections: ImpactConnection[]; skipped: number }> {
  const [priced, instruments] = await Promise.all([loadMonthMeans(db), db.instrument.count({ where: { kind: { in: ["EQUITY", "ETF", "CRYPTO"] } } })]);
  const drivers = await loadMonthlyDrivers(db, priced);
  const connections: ImpactConnection[] = [];
  let estimated = 0;
  for (const { symbol, ticker, crypto, months } of priced) {
    if (symbol.startsWith("^")) continue;
    const withBitcoin = crypto && symbol !== BITCOIN_SYMBOL;
    const estimate = estimateReturns({ response: meanCloseChanges(months), drivers, withBitcoin });
    if (!estimate) continue;
    estimated += 1;
    const data = [symbol, MARKET_SYMBOL, ...(withBitcoin ? [BITCOIN_SYMBOL] : []), ...RETURN_SERIES.map(({ series }) => series)].join(", ");
    connections.push(...impactConnections(estimate, { to: ticker ? `company:${ticker}` : `asset:${symbol}`, response: "return", method: { code: "returnRegression", errorLags: estimate.errorLags }, data, author: ESTIMATOR, dateOf: monthStart }));
  }
  return { connections, skipped: instruments - estimated };
}

/**
 * Sums are exact (numeric), so that a parallel plan gives the same mean to the last bit. A company is stood for by the share under its own ticker. The bars are summed
 * apart from the names: joined, a planner without fresh statistics sums them again for every instrument.
 */
async function loadMonthMeans(db: Db): Promise<Priced[]> {
  const [instruments, rows] = await Promise.all([
    db.instrument.findMany({
      where: { priceOrigin: "RECORDED", kind: { in: ["EQUITY", "ETF", "CRYPTO", "INDEX"] } },
      select: { id: true, symbol: true, kind: true, company: { select: { ticker: true, sector: { select: { code: true } } } } },
      orderBy: { symbol: "asc" },
    }),
    db.$queryRaw<{ id: string; month: number; mean: number; days: number }[]>`
      SELECT instrument_id::text AS id, (extract(year FROM time AT TIME ZONE 'UTC') * 12 + extract(month FROM time AT TIME ZONE 'UTC') - 1)::int AS month, avg(close::numeric)::float8 AS mean, count(*)::int AS days
      FROM price_bar WHERE interval = 'D1' AND origin = 'RECORDED' AND close > 0 GROUP BY 1, 2 ORDER BY 1, 2`,
  ]);
  const months = new Map<string, MonthMean[]>();
  for (const { id, ...month } of rows) {
    const own = months.get(id);
    if (own) own.push(month);
    else months.set(id, [month]);
  }
  return instruments
    .filter(({ id, symbol, company }) => months.has(id) && (company === null || company.ticker === symbol))
    .map(({ id, symbol, kind, company }) => ({ symbol, ticker: company?.ticker ?? null, crypto: kind === "CRYPTO" || company?.sector.code === "CRYPTO", months: months.get(id)! }));
}

async function loadMonthlyDrivers(db: Db, priced: readonly Priced[]): Promise<Map<DriverId, Changes>> {
  const stored = await loadObservations(db, RETURN_SERIES.map(({ series }) => series));
  const drivers = new Map<DriverId, Changes>(RETURN_SERIES.flatMap(({ driver, series, kind }) => (stored.has(series) ? [[driver, monthlyChanges(stored.get(series)!.values, kind)] as const] : [])));
  const market = priced.find(({ symbol }) => symbol === MARKET_SYMBOL);
  const bitcoin = priced.find(({ symbol }) => symbol === BITCOIN_SYMBOL);
  if (market) drivers.set("equityIndex", meanCloseChanges(market.months));
  if (bitcoin) drivers.set("btc", meanCloseChanges(bitcoin.months));
  return drivers;
}
