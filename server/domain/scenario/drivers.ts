/** The economic drivers a scenario may move, in the order in which they are shown. */
export const DRIVER_IDS = [
  "fedFunds", "treasury3m", "treasury10y", "bbbYield", "mortgageRate",
  "gdpGrowth", "unemployment", "cpiInflation",
  "housePrice", "commercialProperty", "equityIndex", "vix", "oil", "usdIndex", "btc",
] as const;
export type DriverId = (typeof DRIVER_IDS)[number];

/**
 * Units in which a person states a shock. 100 bp is 1 pp is 0.01; 10 percent is a relative change of 0.10; points are of the index itself.
 */
export const SHOCK_UNITS = ["bp", "pp", "percent", "points"] as const;
export type ShockUnit = (typeof SHOCK_UNITS)[number];

/**
 * rate: a fraction per year; growth: an annualised fraction; level: a price or index, whose deviation is a relative change; points: an index that moves in its own points.
 */
export const DRIVER_KINDS = ["rate", "growth", "level", "points"] as const;
export type DriverKind = (typeof DRIVER_KINDS)[number];

/** How observations become one value a quarter. `percentMean`: mean / 100; `indexGrowth`: annualised growth of the quarterly mean; `mean`: the mean. */
export type DriverTransform = "percentMean" | "indexGrowth" | "mean";

export type DriverSource = { series: string; transform: DriverTransform };

export type DriverDefinition = {
  kind: DriverKind;
  /** Allowed units; the limits are in the first. */
  units: readonly ShockUnit[];
  minimum: number;
  maximum: number;
  /** Public history in order of preference; the first that is stored is read. A driver without any stored history never responds. */
  sources: readonly DriverSource[];
};

const rate = (...sources: DriverSource[]): DriverDefinition => ({ kind: "rate", units: ["bp", "pp"], minimum: -2_000, maximum: 2_000, sources });
const growth = (limit: number, ...sources: DriverSource[]): DriverDefinition => ({ kind: "growth", units: ["pp", "bp"], minimum: -limit, maximum: limit, sources });
const level = (...sources: DriverSource[]): DriverDefinition => ({ kind: "level", units: ["percent"], minimum: -95, maximum: 300, sources });
const percentMean = (series: string): DriverSource => ({ series, transform: "percentMean" });
const plainMean = (series: string): DriverSource => ({ series, transform: "mean" });

export const DRIVERS: Record<DriverId, DriverDefinition> = {
  fedFunds: rate(percentMean("FEDFUNDS")),
  treasury3m: rate(percentMean("TB3MS")),
  treasury10y: rate(percentMean("GS10")),
  bbbYield: rate(percentMean("FRB_ST_BBB"), percentMean("BAA")),
  mortgageRate: rate(percentMean("FRB_ST_MORTGAGE")),
  gdpGrowth: growth(40, percentMean("A191RL1Q225SBEA")),
  unemployment: { ...rate(percentMean("UNRATE")), units: ["pp", "bp"], minimum: -20, maximum: 20 },
  cpiInflation: growth(30, { series: "CPIAUCSL", transform: "indexGrowth" }),
  housePrice: level(plainMean("FRB_ST_HPI")),
  commercialProperty: level(plainMean("FRB_ST_CRE")),
  equityIndex: level(plainMean("FRB_ST_EQUITY"), plainMean("S&P 500")),
  vix: { kind: "points", units: ["points"], minimum: -100, maximum: 100, sources: [plainMean("FRB_ST_VIX"), plainMean("VIXCLSx")] },
  oil: level(plainMean("OILPRICEx")),
  usdIndex: level(plainMean("TWEXAFEGSMTHx")),
  btc: level(plainMean("BTC-USD")),
};
