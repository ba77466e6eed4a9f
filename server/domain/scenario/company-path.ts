import type { DriverId } from "./drivers";
import type { Rating, RatingTable } from "./synthetic-rating";

/** Trailing four quarters of a flow, oldest first, USD; a fiscal year stands for four equal quarters where no single quarters are reported. */
export type Trailing = readonly [number, number, number, number];

/** One company's reported figures: what the simulation starts from. Flows are positive as paid or earned; null is "not reported", never zero. */
export type CompanyFigures = {
  ticker: string;
  name: string;
  sector: string;
  isFinancial: boolean;
  /** Last day of the newest period the figures speak of, YYYY-MM-DD. */
  periodEnd: string;
  /** Filing the newest period comes from. */
  reference: string;
  provider: string;
  revenue: Trailing;
  /** Operating income; for financials income before tax. */
  ebit: Trailing;
  /** Interest expense. */
  interest: Trailing | null;
  depreciation: Trailing | null;
  /** Net income + income tax. */
  preTax: Trailing | null;
  tax: Trailing | null;
  netIncome: Trailing | null;
  operatingCashFlow: Trailing | null;
  capex: Trailing | null;
  dividends: Trailing | null;
  /** Balance-sheet stocks at `periodEnd`, USD. */
  debt: number | null;
  cash: number | null;
  equity: number | null;
  totalAssets: number | null;
};

/** A part of the debt. It is repaid and borrowed anew at the start of quarter `maturityQuarter` (1 is the first simulated quarter). */
export type DebtTranche = {
  name: string;
  kind: "fixed" | "floating";
  /** USD. */
  amount: number;
  /** Rate in the last actual quarter, fraction per year. */
  rate: number;
  /** Part of the rate that is spread over the reference (fed funds when floating, ten-year Treasury when fixed), fraction per year. */
  spread: number;
  maturityQuarter: number;
  /** Quarters until the renewed tranche matures again. */
  tenorQuarters: number;
};

/** Deviations of the drivers from their baseline in engine units, quarters + 1 values each, the first 0; a driver that is left out does not move. */
export type DriverDeviations = Partial<Record<DriverId, readonly number[]>>;

/** Relative change of revenue per engine unit of a driver, `lagQuarters` later. */
export type RevenueExposure = { driver: DriverId; elasticity: number; lagQuarters: number };

export type SimulationOptions = {
  /** Simulated quarters after the last actual one. */
  quarters: number;
  /** Share of a change of revenue that stays as EBIT. */
  contributionMargin: number;
  /** Oil's share of operating costs, and the part of a cost shock that customers bear. */
  oilCostShare: number;
  passThrough: number;
  /** Fraction of positive income before tax. */
  taxRate: number;
  ratingTable: RatingTable;
  /** Levels of the reference rates in the last actual quarter, fraction per year; null when no history is stored. */
  fedFunds: number | null;
  treasury10y: number | null;
  /** Relative change of revenue that arrives over supply connections, quarters + 1 values. */
  supplyDeviation?: readonly number[];
  /** Change of the market's credit spread, fraction per year, quarters + 1 values; added to the spread of renewed debt. */
  marketSpread?: readonly number[];
};

/**
 * One quarter of a company, USD per quarter. Index 0 of a path is the last actual quarter: the mean of the trailing four reported ones.
 *
 *     ebit = revenue - variableCosts - fixedCosts - costShock
 *     preTax = ebit - interest + otherIncome
 *     netIncome = preTax - tax
 *     cashEnd = cashStart + netIncome + nonCash - capex - dividends - otherUses + newDebt - debtRepaid
 */
export type QuarterFlows = {
  revenue: number;
  variableCosts: number;
  fixedCosts: number;
  /** Cost shock that customers do not bear; positive costs more. */
  costShock: number;
  ebit: number;
  depreciation: number | null;
  /** In the order of the tranches; the credit line comes last. */
  interestByTranche: readonly number[];
  interest: number;
  /** Derived: what makes the reported income before tax close; held constant. Zero where that is not reported. */
  otherIncome: number;
  preTax: number;
  tax: number;
  /** Losses not yet set against taxed income, at the quarter's end. */
  lossCarryForward: number;
  netIncome: number;
  /** Reported operating cash flow - net income, held constant; null when either is not reported. */
  nonCash: number | null;
  capex: number | null;
  dividends: number | null;
  /** Derived: buybacks, acquisitions and other uses (negative: money raised) that leave cash as it was in the last actual quarter; held constant. Null when nonCash or capex is. */
  otherUses: number | null;
  debtRepaid: number;
  newDebt: number;
  /** Part of debtEnd that was drawn because cash ran out. */
  creditLine: number;
  cashEnd: number | null;
  debtEnd: number | null;
  equityEnd: number | null;
  /** EBIT / interest, trailing four quarters; null for financials, where interest is not reported or not positive. */
  icr: number | null;
  /** (EBIT + depreciation) / interest, trailing four quarters; null besides where depreciation is not reported. */
  icrEbitda: number | null;
  rating: Rating | null;
  /** Spread at which debt would be renewed next quarter, fraction per year. */
  spread: number;
  /** Interest by origin; the parts add up to `interest`. */
  interestParts: InterestParts;
};

/** USD per quarter. `standing`: debt that still pays the rate it had; `floating`: reference rate of floating debt; `renewed`: reference and market spread of renewed debt; `rating`: rating spread of renewed debt; `creditLine`: the line drawn when cash runs out. */
export type InterestParts = { standing: number; floating: number; renewed: number; rating: number; creditLine: number };
