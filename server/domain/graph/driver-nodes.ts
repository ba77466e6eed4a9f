/** The drivers as nodes of the graph: label and the series that is their main record. Bitcoin has no public-domain history. */
export const DRIVER_NODES = [
  { driver: "fedFunds", label: "Fed funds rate", series: "FEDFUNDS" },
  { driver: "treasury3m", label: "3-month Treasury", series: "TB3MS" },
  { driver: "treasury10y", label: "10-year Treasury", series: "GS10" },
  { driver: "bbbYield", label: "BBB corporate yield", series: "FRB_ST_BBB" },
  { driver: "mortgageRate", label: "Mortgage rate", series: "FRB_ST_MORTGAGE" },
  { driver: "gdpGrowth", label: "Real GDP growth", series: "A191RL1Q225SBEA" },
  { driver: "unemployment", label: "Unemployment", series: "UNRATE" },
  { driver: "cpiInflation", label: "CPI inflation", series: "CPIAUCSL" },
  { driver: "housePrice", label: "House prices", series: "FRB_ST_HPI" },
  { driver: "commercialProperty", label: "Commercial property", series: "FRB_ST_CRE" },
  { driver: "equityIndex", label: "Equity index", series: "FRB_ST_EQUITY" },
  { driver: "vix", label: "Market volatility", series: "FRB_ST_VIX" },
  { driver: "oil", label: "Crude oil", series: "OILPRICEx" },
  { driver: "usdIndex", label: "US dollar index", series: "TWEXAFEGSMTHx" },
  { driver: "btc", label: "Bitcoin", series: null },
] as const;
