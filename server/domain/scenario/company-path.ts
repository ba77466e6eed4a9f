import { AppError } from "@/server/domain/app-error";
import type { CompanyFigures, Trailing } from "./company-figures";
import type { DebtTranche } from "./debt-ladder";
import { toModelUnits } from "./driver-history";
import type { DriverId } from "./drivers";
import { ratingSpread, syntheticRating, type Rating, type RatingTable } from "./synthetic-rating";

/** Deviations of the drivers from their baseline in engine units, quarters + 1 values each, the first 0; a driver that is left out does not move. */
export type DriverDeviations = Partial<Record<DriverId, readonly number[]>>;

/** Relative change of revenue per engine unit of a driver (levels: per unit of their log change), `lagQuarters` later. */
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
  /** Derived: what makes reported net income close (with reported tax, or with the assumed rate); held constant. */
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

/** Renewed debt of a company without a rating is priced as the middle grade. */
const UNRATED: Rating = "BBB";

const meanOf = (flow: Trailing): number => (flow[0] + flow[1] + flow[2] + flow[3]) / 4;
const meanOrNull = (flow: Trailing | null): number | null => (flow ? meanOf(flow) : null);

/** A tranche while it is simulated; `parts` add up to its rate, fraction per year. */
type OpenTranche = { kind: DebtTranche["kind"]; amount: number; maturityQuarter: number; tenorQuarters: number; reference: number; standing: number; renewed: number; rating: number };

/**
 * A company quarter by quarter under paths of the drivers.
 *
 *     revenue_t = revenue_0 max(0, 1 + sum_e elasticity_e g(d_{t - lag_e}) + supply_t),  g(d) = ln(1 + d) for levels, d otherwise
 *     ebit_t = m revenue_t - (m revenue_0 - ebit_0) - costs_0 s_oil d_oil,t (1 - passThrough)
 *     interest_t = sum amount rate_t / 4:  fixed: its rate until it matures;  floating: rate + d_fedFunds,t-1, at least 0
 *     renewed in quarter m at  treasury10y_0 + d_10y,m + ratingSpread(rating_{m-1}) + marketSpread_m, at least 0 (floating: fed funds in place of the ten-year)
 *     tax_t = rate max(0, preTax_t - losses carried forward)
 *     ICR_t = sum of EBIT / sum of interest over the four quarters up to t, reported quarters before the first simulated one
 *
 * @param figures  reported figures; the last actual quarter is the mean of the trailing four (m revenue_0 - ebit_0 are fixed costs, costs_0 = revenue_0 - ebit_0)
 * @param tranches  debt ladder (`debtLadder`); empty when debt is not known: interest then stays as reported
 * @param drivers  deviations d in engine units; none: the baseline under unchanged drivers
 * @param exposures  of revenue, relative change per engine unit
 * @param options  horizon and coefficients; see `SimulationOptions`
 * @returns quarters + 1 entries, the first the last actual quarter as reported; ratios null where undefined
 * @throws AppError INVALID_INPUT when quarters is not a whole number >= 1 or the tranches' amounts or rates are not finite
 *
 * Convention: the rating of quarter t - 1 prices quarter t. Cover is EBIT / interest; the EBITDA variant stands beside it. Interest is deducted before tax. Debt that
 * matures is renewed in full. When cash would fall below zero a credit line (fed funds + rating spread) is drawn, and repaid first from cash. Dividends, capex, non-cash
 * items, other income and other uses of cash stay as they were. Losses are carried forward without limit in time or share. Equity moves by net income less dividends.
 * Source: Damodaran (see `syntheticRating`) for rating and spread; accounting identities.
 * Worked: debt 1,000 (half floating), 4 % fed funds, +100 bp from quarter 1 -> interest +0 in quarter 1 and +1.25 in quarter 2 (500 x 0.01 / 4)
 */
export function simulateCompany(
  figures: CompanyFigures,
  tranches: readonly DebtTranche[],
  drivers: DriverDeviations,
  exposures: readonly RevenueExposure[],
  options: SimulationOptions,
): QuarterFlows[] {
  const { quarters } = options;
  if (!Number.isInteger(quarters) || quarters < 1) throw new AppError("INVALID_INPUT", "The horizon is a whole number of quarters", { field: "quarters" });
  if (tranches.some(({ amount, rate }) => !Number.isFinite(amount) || !Number.isFinite(rate))) throw new AppError("INVALID_INPUT", "A tranche has an amount and a rate", { field: "tranches" });

  const at = (path: readonly number[] | undefined, t: number) => (t < 0 ? 0 : (path?.[t] ?? 0));
  const fixedCosts = options.contributionMargin * meanOf(figures.revenue) - meanOf(figures.ebit);
  const flows = [lastActualQuarter(figures, tranches, options, fixedCosts)];
  const start = flows[0]!;
  const trailing = { ebit: [...figures.ebit], interest: figures.interest ? [...figures.interest] : null, depreciation: figures.depreciation ? [...figures.depreciation] : null };
  const ladder = tranches.map((tranche): OpenTranche => ({ ...tranche, reference: tranche.rate - tranche.spread, standing: tranche.rate, renewed: 0, rating: 0 }));
  const lineReference = options.fedFunds ?? options.treasury10y ?? (start.debtEnd ? (4 * start.interest) / start.debtEnd : 0);

  for (let t = 1; t <= quarters; t++) {
    const before = flows[t - 1]!;
    const spreadBefore = ratingSpread(before.rating ?? UNRATED);
    const marketSpread = at(options.marketSpread, t);
    let renewedAmount = 0;
    for (const tranche of ladder) {
      if (t !== tranche.maturityQuarter) continue;
      renewedAmount += tranche.amount;
      const level = tranche.kind === "floating" ? (options.fedFunds ?? tranche.reference) : (options.treasury10y ?? tranche.reference) + at(drivers.treasury10y, t);
      tranche.standing = 0;
      tranche.rating = spreadBefore;
      tranche.renewed = level + marketSpread;
      if (tranche.kind === "fixed") tranche.renewed = Math.max(tranche.renewed, -tranche.rating);
      tranche.maturityQuarter = t + tranche.tenorQuarters;
    }
    const floatingMove = at(drivers.fedFunds, t - 1);
    const parts = { standing: 0, floating: 0, renewed: 0, rating: 0, creditLine: (before.creditLine * Math.max(0, lineReference + floatingMove + spreadBefore)) / 4 };
    const interestByTranche = ladder.map(({ kind, amount, standing, renewed, rating }) => {
      const floating = kind === "floating" ? Math.max(floatingMove, -(standing + renewed + rating)) : 0;
      parts.standing += (amount * standing) / 4;
      parts.floating += (amount * floating) / 4;
      parts.renewed += (amount * renewed) / 4;
      parts.rating += (amount * rating) / 4;
      return (amount * (standing + renewed + rating + floating)) / 4;
    });
    if (ladder.length === 0) parts.standing = start.interest;
    const interest = parts.standing + parts.floating + parts.renewed + parts.rating + parts.creditLine;

    const deviation = exposures.reduce((sum, { driver, elasticity, lagQuarters }) => sum + elasticity * toModelUnits(driver, at(drivers[driver], t - lagQuarters)), at(options.supplyDeviation, t));
    const revenue = start.revenue * Math.max(0, 1 + deviation);
    const variableCosts = (1 - options.contributionMargin) * revenue;
    const costShock = options.oilCostShare * Math.max(0, start.revenue - start.ebit) * at(drivers.oil, t) * (1 - options.passThrough);
    const ebit = revenue - variableCosts - fixedCosts - costShock;
    const preTax = ebit - interest + start.otherIncome;
    const used = Math.min(before.lossCarryForward, Math.max(0, preTax));
    const tax = options.taxRate * (Math.max(0, preTax) - used);
    const netIncome = preTax - tax;
    // A bank's cash is its business, not its buffer: no line is drawn for it.
    const cash = figures.isFinancial ? { end: null, drawn: 0, repaid: 0 } : cashAfter(before, netIncome, start);

    trailing.ebit.push(ebit);
    trailing.interest?.push(interest);
    trailing.depreciation?.push(start.depreciation!);
    const cover = coverage(figures, trailing, options);
    flows.push({
      ...start,
      revenue, variableCosts, fixedCosts, costShock, ebit,
      interestByTranche: [...interestByTranche, parts.creditLine], interest, interestParts: parts,
      preTax, tax, netIncome,
      lossCarryForward: before.lossCarryForward - used + Math.max(0, -preTax),
      debtRepaid: renewedAmount + cash.repaid,
      newDebt: renewedAmount + cash.drawn,
      creditLine: before.creditLine + cash.drawn - cash.repaid,
      cashEnd: cash.end,
      debtEnd: before.debtEnd === null ? null : before.debtEnd + cash.drawn - cash.repaid,
      equityEnd: before.equityEnd === null ? null : before.equityEnd + netIncome - (start.dividends ?? 0),
      ...cover,
      spread: ratingSpread(cover.rating ?? UNRATED) + marketSpread,
    });
  }
  return flows;
}

function lastActualQuarter(figures: CompanyFigures, tranches: readonly DebtTranche[], options: SimulationOptions, fixedCosts: number): QuarterFlows {
  const revenue = meanOf(figures.revenue);
  const ebit = meanOf(figures.ebit);
  const ladderInterest = tranches.map(({ amount, rate }) => (amount * rate) / 4);
  const interest = meanOrNull(figures.interest) ?? ladderInterest.reduce((sum, part) => sum + part, 0);
  const reported = meanOrNull(figures.netIncome);
  const preTax = meanOrNull(figures.preTax) ?? (reported === null ? ebit - interest : beforeTax(reported, options.taxRate));
  const netIncome = reported ?? preTax - options.taxRate * Math.max(0, preTax);
  const tax = preTax - netIncome;
  const [operatingCashFlow, capex, dividends] = [figures.operatingCashFlow, figures.capex, figures.dividends].map(meanOrNull) as [number | null, number | null, number | null];
  const cover = coverage(figures, { ebit: figures.ebit, interest: figures.interest, depreciation: figures.depreciation }, options);
  return {
    revenue,
    variableCosts: (1 - options.contributionMargin) * revenue,
    fixedCosts,
    costShock: 0,
    ebit,
    depreciation: meanOrNull(figures.depreciation),
    interestByTranche: [...ladderInterest, 0],
    interest,
    interestParts: { standing: interest, floating: 0, renewed: 0, rating: 0, creditLine: 0 },
    otherIncome: preTax - ebit + interest,
    preTax,
    tax,
    lossCarryForward: 0,
    netIncome,
    nonCash: operatingCashFlow === null ? null : operatingCashFlow - netIncome,
    capex,
    dividends,
    otherUses: operatingCashFlow === null || capex === null ? null : operatingCashFlow - capex - (dividends ?? 0),
    debtRepaid: 0,
    newDebt: 0,
    creditLine: 0,
    cashEnd: figures.cash,
    debtEnd: figures.debt,
    equityEnd: figures.equity,
    ...cover,
    spread: ratingSpread(cover.rating ?? UNRATED),
  };
}

/** Income before tax that leaves this net income, where tax is not reported. */
const beforeTax = (netIncome: number, taxRate: number): number => (netIncome > 0 ? netIncome / (1 - taxRate) : netIncome);

/** Cash at the quarter's end; a shortfall is drawn, a surplus repays what was drawn. Unknown where a cash flow is not reported. */
function cashAfter(before: QuarterFlows, netIncome: number, { nonCash, capex, dividends, otherUses }: QuarterFlows): { end: number | null; drawn: number; repaid: number } {
  if (before.cashEnd === null || nonCash === null || capex === null || otherUses === null) return { end: null, drawn: 0, repaid: 0 };
  const cash = before.cashEnd + netIncome + nonCash - capex - (dividends ?? 0) - otherUses;
  const drawn = Math.max(0, -cash);
  const repaid = Math.min(before.creditLine, Math.max(0, cash));
  return { end: drawn > 0 ? 0 : cash - repaid, drawn, repaid };
}

function coverage(
  { isFinancial }: CompanyFigures,
  { ebit, interest, depreciation }: { ebit: readonly number[]; interest: readonly number[] | null; depreciation: readonly number[] | null },
  { ratingTable }: SimulationOptions,
): Pick<QuarterFlows, "icr" | "icrEbitda" | "rating"> {
  const lastFour = (flow: readonly number[]) => flow.slice(-4).reduce((sum, value) => sum + value, 0);
  const paid = interest && !isFinancial ? lastFour(interest) : 0;
  if (paid <= 0) return { icr: null, icrEbitda: null, rating: null };
  const icr = lastFour(ebit) / paid;
  return { icr, icrEbitda: depreciation ? (lastFour(ebit) + lastFour(depreciation)) / paid : null, rating: syntheticRating(icr, ratingTable) };
}
