import type { DriverId } from "@/server/domain/scenario/drivers";
import { estimateResponse, type Changes, type ResponseEstimate } from "./estimate-response";

/** Drivers of monthly returns: the market, the two ends of the yield curve that hardly move together month by month, oil and the dollar. */
export const RETURN_DRIVERS = ["equityIndex", "treasury10y", "fedFunds", "oil", "usdIndex"] as const satisfies readonly DriverId[];
/** Series behind them; the market is the S&P 500's recorded closes, bitcoin its own. */
export const RETURN_SERIES = [
  { driver: "treasury10y", series: "GS10", kind: "percent" },
  { driver: "fedFunds", series: "FEDFUNDS", kind: "percent" },
  { driver: "oil", series: "OILPRICEx", kind: "level" },
  { driver: "usdIndex", series: "TWEXAFEGSMTHx", kind: "level" },
] as const;
export const MARKET_SYMBOL = "^GSPC";
export const BITCOIN_SYMBOL = "BTC-USD";
/** Three years. */
export const LEAST_MONTHS = 36;

/**
 * How a share or coin responds to the drivers, month by month: one regression on all of them together; bitcoin joins for what belongs to the crypto sector.
 *
 * @param input  response: `meanCloseChanges` of the instrument; drivers by id, engine units; withBitcoin: whether bitcoin is among the drivers
 * @returns elasticities with errors; null with fewer than 36 months or when a driver has no record
 */
export function estimateReturns({ response, drivers, withBitcoin }: { response: Changes; drivers: ReadonlyMap<DriverId, Changes>; withBitcoin: boolean }): ResponseEstimate<DriverId> | null {
  const wanted: DriverId[] = withBitcoin ? [...RETURN_DRIVERS, "btc"] : [...RETURN_DRIVERS];
  const given = wanted.flatMap((driver) => (drivers.has(driver) ? [{ driver, changes: drivers.get(driver)! }] : []));
  return given.length === wanted.length ? estimateResponse({ response, drivers: given, lags: [0], leastPeriods: LEAST_MONTHS }) : null;
}
