import { z } from "zod";

const fact = z.object({
  start: z.iso.date().optional(), end: z.iso.date(), val: z.number(), accn: z.string().regex(/^\d{10}-\d{2}-\d{6}$/),
  /** Year and period of the filing, not of the figure: a comparative figure of last year carries this year's. */
  fy: z.int().nullable(), fp: z.string().nullable(), form: z.string(), filed: z.iso.date(),
});
export type SecFact = z.infer<typeof fact>;

/** What a line is called in filings, best first. The first name that has a figure for the period gives it; names are never mixed within one figure unless said so. */
export const LINE_TAGS = {
  revenue: ["Revenues", "RevenueFromContractWithCustomerExcludingAssessedTax", "RevenueFromContractWithCustomerIncludingAssessedTax", "RevenuesNetOfInterestExpense", "SalesRevenueNet", "SalesRevenueGoodsNet", "RealEstateRevenueNet"],
  costOfRevenue: ["CostOfRevenue", "CostOfGoodsAndServicesSold", "CostOfGoodsSold"],
  grossProfit: ["GrossProfit"],
  operatingIncome: ["OperatingIncomeLoss"],
  depreciation: ["DepreciationDepletionAndAmortization", "DepreciationAmortizationAndAccretionNet", "DepreciationAndAmortization"],
  depreciationAlone: ["Depreciation"],
  amortization: ["AmortizationOfIntangibleAssets"],
  interestExpense: ["InterestExpense", "InterestExpenseNonoperating", "InterestExpenseDebt", "InterestAndDebtExpense", "InterestExpenseOperating"],
  incomeTax: ["IncomeTaxExpenseBenefit"],
  netIncome: ["NetIncomeLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"],
  profitWithOthers: ["ProfitLoss"],
  operatingCashFlow: ["NetCashProvidedByUsedInOperatingActivities", "NetCashProvidedByUsedInOperatingActivitiesContinuingOperations"],
  capex: ["PaymentsToAcquirePropertyPlantAndEquipment", "PaymentsToAcquireProductiveAssets", "PaymentsToAcquireOtherPropertyPlantAndEquipment"],
  dividendsPaid: ["PaymentsOfDividends", "PaymentsOfDividendsCommonStock", "PaymentsOfOrdinaryDividends"],
  epsBasic: ["EarningsPerShareBasic", "EarningsPerShareBasicAndDiluted"],
  epsDiluted: ["EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"],
  sharesDiluted: ["WeightedAverageNumberOfDilutedSharesOutstanding", "WeightedAverageNumberOfShareOutstandingBasicAndDiluted"],
  totalAssets: ["Assets"],
  totalLiabilities: ["Liabilities"],
  equity: ["StockholdersEquity"],
  equityWithOthers: ["StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"],
  redeemable: ["TemporaryEquityCarryingAmountIncludingPortionAttributableToNoncontrollingInterests", "TemporaryEquityCarryingAmountAttributableToParent", "RedeemableNoncontrollingInterestEquityCarryingAmount"],
  cash: ["CashAndCashEquivalentsAtCarryingValue", "CashAndDueFromBanks", "Cash"],
  debtAll: ["DebtLongtermAndShorttermCombinedAmount"],
  debtLong: ["LongTermDebtNoncurrent", "LongTermDebtAndCapitalLeaseObligations"],
  debtLongWithCurrent: ["LongTermDebt", "LongTermDebtAndCapitalLeaseObligationsIncludingCurrentMaturities"],
  debtCurrent: ["DebtCurrent"],
  debtLongCurrent: ["LongTermDebtCurrent", "LongTermDebtAndCapitalLeaseObligationsCurrent"],
  debtShort: ["ShortTermBorrowings", "CommercialPaper"],
  sharesOutstanding: ["CommonStockSharesOutstanding"],
} as const satisfies Record<string, readonly string[]>;
export type SecLine = keyof typeof LINE_TAGS;

/** Principal of long-term debt by the year in which it falls due, counted from the period's end; null is after the fifth. */
export const MATURITY_TAGS = {
  LongTermDebtMaturitiesRepaymentsOfPrincipalInNextTwelveMonths: 1,
  LongTermDebtMaturitiesRepaymentsOfPrincipalInYearTwo: 2,
  LongTermDebtMaturitiesRepaymentsOfPrincipalInYearThree: 3,
  LongTermDebtMaturitiesRepaymentsOfPrincipalInYearFour: 4,
  LongTermDebtMaturitiesRepaymentsOfPrincipalInYearFive: 5,
  LongTermDebtMaturitiesRepaymentsOfPrincipalAfterYearFive: null,
} as const;

const concept = z.object({ units: z.record(z.string(), z.array(fact)) });
const read = [...new Set([...Object.values(LINE_TAGS).flat(), ...Object.keys(MATURITY_TAGS)])];

/** data.sec.gov/api/xbrl/companyfacts: every tagged figure of a filer's filings. Of its thousands of names only ours are read. */
export const secCompanyFacts = z.object({
  cik: z.coerce.number().int().positive(),
  entityName: z.string(),
  facts: z
    .object({
      "us-gaap": z.object(Object.fromEntries(read.map((tag) => [tag, concept.optional()]))).optional(),
      "ifrs-full": z.object({}).optional(),
      dei: z.object({ EntityCommonStockSharesOutstanding: concept.optional() }).optional(),
    })
    .refine((found) => Object.values(found).some((part) => part !== undefined), "facts of no taxonomy that is known"),
});
export type SecCompanyFacts = z.infer<typeof secCompanyFacts>;

const DAY_MS = 86_400_000;
/** Days of the period, both ends included; 0 for a point in time. */
export const daysOf = ({ start, end }: Pick<SecFact, "start" | "end">): number => (start === undefined ? 0 : Math.round((Date.parse(end) - Date.parse(start)) / DAY_MS) + 1);
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** Annual and quarterly reports and their amendments. Proxy statements and recasts by 8-K repeat figures without year and period. */
const REPORTS = /^(10-K|10-Q|20-F|40-F)(\/A)?$/;

export type FactBook = {
  currency: string;
  of(tag: string): readonly SecFact[];
  deiShares: readonly SecFact[];
  /** Whether two filings tell one figure, which one of them rounds more: a filer that goes from thousands to millions restates nothing. */
  isSame(a: SecFact, b: SecFact): boolean;
};

/** The facts of reports, by tag, in the currency in which the balance sheet is told; null for a filer that tells none. */
export function factBook({ facts }: SecCompanyFacts): FactBook | null {
  const tagged = facts["us-gaap"];
  const assets = Object.entries(tagged?.Assets?.units ?? {}).toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
  if (tagged === undefined || assets === undefined) return null;
  const units = [assets, `${assets}/shares`, "shares"];
  const ofReports = (all: readonly SecFact[]) => all.filter(({ form, end, filed }) => REPORTS.test(form) && end <= filed);
  const cache = new Map<string, readonly SecFact[]>();
  const rounding = roundingByFiling(Object.values(tagged).flatMap((told) => ofReports(told?.units[assets] ?? [])));
  return {
    currency: assets,
    isSame(a, b) {
      const [unitA, unitB] = [rounding.get(a.accn) ?? 1, rounding.get(b.accn) ?? 1];
      const unit = Math.max(unitA, unitB);
      return a.val === b.val || (unitA !== unitB && Math.abs(a.val) >= 100 * unit && Math.abs(a.val - b.val) <= unit);
    },
    of(tag) {
      const known = cache.get(tag) ?? ofReports(units.flatMap((unit) => tagged[tag]?.units[unit] ?? []));
      cache.set(tag, known);
      return known;
    },
    deiShares: ofReports(facts.dei?.EntityCommonStockSharesOutstanding?.units.shares ?? []),
  };
}

/** The largest power of ten, up to a million, that all amounts of a filing are multiples of. */
function roundingByFiling(amounts: readonly SecFact[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { accn, val } of amounts) {
    let unit = units.get(accn) ?? 1_000_000;
    while (unit > 1 && val % unit !== 0) unit /= 10;
    units.set(accn, unit);
  }
  return units;
}
