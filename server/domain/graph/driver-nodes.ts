import { DRIVER_IDS, DRIVERS, type DriverId } from "@/server/domain/scenario/drivers";

const LABELS: Record<DriverId, string> = {
  fedFunds: "Fed funds rate",
  treasury3m: "3-month Treasury",
  treasury10y: "10-year Treasury",
  bbbYield: "BBB corporate yield",
  mortgageRate: "Mortgage rate",
  gdpGrowth: "Real GDP growth",
  unemployment: "Unemployment",
  cpiInflation: "CPI inflation",
  housePrice: "House prices",
  commercialProperty: "Commercial property",
  equityIndex: "Equity index",
  vix: "Market volatility",
  oil: "Crude oil",
  usdIndex: "US dollar index",
  btc: "Bitcoin",
};

/** The drivers as nodes of the graph, in the order of the scenario engine; `series` are the records a driver may be read from, best first. */
export const DRIVER_NODES = DRIVER_IDS.map((driver) => ({ driver, label: LABELS[driver], series: DRIVERS[driver].sources.map(({ series }) => series) }));
