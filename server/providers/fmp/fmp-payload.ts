import { z } from "zod";
import { vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import { STATEMENT_LINES, type EarningsRow, type EconomicEventRow, type ProfileRow, type StatementRow, type VendorProvenance } from "../capabilities";
import { decimalText } from "../decimal-text";
import { plainWords, webAddress } from "../plain-words";

const figure = z.number().nullable();
const day = z.iso.date();

/** GET /stable/earnings-calendar and, of one company, /stable/earnings. */
export const fmpEarnings = z.array(z.object({ symbol: z.string().min(1), date: day, epsActual: figure, epsEstimated: figure, revenueActual: figure, revenueEstimated: figure }));

export const toFmpEarnings = (rows: z.infer<typeof fmpEarnings>, provenance: VendorProvenance): EarningsRow[] =>
  rows.map(({ symbol, date, epsActual, epsEstimated, revenueActual, revenueEstimated }) => ({
    symbol, date, when: null, fiscalYear: null, fiscalQuarter: null, epsEstimate: decimalText(epsEstimated), epsActual: decimalText(epsActual), revenueEstimate: decimalText(revenueEstimated), revenueActual: decimalText(revenueActual), currency: null, provenance,
  }));

const IMPORTANCES = ["low", "medium", "high"] as const;
/** GET /stable/economic-calendar. `date` has no zone: it is UTC, as the hours of the figures show (Tokyo's auctions of 12:35 stand as 03:35). */
export const fmpEconomic = z.array(
  z.object({
    date: z.string().refine((text) => /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text) && vendorInstant(`${text.replace(" ", "T")}Z`) !== null, "Not a time"), country: z.string().regex(/^[A-Z]{2}$/).nullable(), event: z.string().min(1), previous: figure, estimate: figure, actual: figure,
    impact: z.string().nullish(), unit: z.string().nullish(),
  }),
);

/** A figure without a country is of no use to anybody who looks for one. */
export const toFmpEconomic = (rows: z.infer<typeof fmpEconomic>, provenance: VendorProvenance): EconomicEventRow[] =>
  rows.flatMap(({ date, country, event, previous, estimate, actual, impact, unit }) =>
    country === null
      ? []
      : [{
          externalId: null, name: event, country, at: vendorInstant(`${date.replace(" ", "T")}Z`)!, importance: IMPORTANCES.find((known) => known === impact?.toLowerCase()) ?? null, unit: unit || null, actual: decimalText(actual), estimate: decimalText(estimate), previous: decimalText(previous),
          period: null, seriesId: null, provenance,
        }],
  );

const word = z.string().nullish();
/** GET /stable/profile: a list of one; of none for a symbol that is not known. */
export const fmpProfile = z.array(
  z.object({
    symbol: z.string(), companyName: z.string().min(1), currency: z.string().length(3).nullish(), cik: word, exchange: word, industry: word, sector: word, website: word, description: word, country: word, fullTimeEmployees: word, city: word, state: word, marketCap: z.number().min(0).nullish(),
  }),
).max(1);

export const toFmpProfile = (told: z.infer<typeof fmpProfile>[number], provenance: VendorProvenance): ProfileRow => ({
  symbol: told.symbol, name: told.companyName, exchange: told.exchange || null, currency: told.currency ?? null, country: told.country || null, sector: told.sector || null, industry: told.industry || null, cik: /^\d{1,10}$/.test(told.cik ?? "") ? told.cik!.padStart(10, "0") : null,
  website: webAddress(told.website), headquarters: [told.city, told.state].filter((part) => part).join(", ") || null, founded: null, employees: /^\d+$/.test(told.fullTimeEmployees ?? "") ? Number(told.fullTimeEmployees) || null : null, description: plainWords(told.description, 4_000),
  marketCap: told.marketCap || null, provenance,
});

const head = { symbol: z.string(), date: day, reportedCurrency: z.string().length(3), fiscalYear: z.string().regex(/^\d{4}$/), period: z.enum(["FY", "Q1", "Q2", "Q3", "Q4"]), filingDate: day.nullish() };
const count = z.number();
/** GET /stable/income-statement, /stable/balance-sheet-statement and /stable/cash-flow-statement: newest first, of years or of quarters alone. */
export const fmpIncome = z.array(
  z.object({ ...head, revenue: count, costOfRevenue: count, operatingIncome: count, interestExpense: count, incomeTaxExpense: count, netIncome: count, eps: count, epsDiluted: count, weightedAverageShsOutDil: count }),
);
export const fmpBalance = z.array(z.object({ ...head, totalAssets: count, totalLiabilities: count, totalStockholdersEquity: count, totalDebt: count, cashAndCashEquivalents: count }));
export const fmpCashFlow = z.array(z.object({ ...head, depreciationAndAmortization: count, operatingCashFlow: count, capitalExpenditure: count, commonDividendsPaid: count }));

type Parts = { income: z.infer<typeof fmpIncome>; balance: z.infer<typeof fmpBalance>; cashFlow: z.infer<typeof fmpCashFlow> };

/**
 * One row a period, oldest first, of what the three statements say. FMP writes 0 for what a report does not say, so a nought is not known. What
 * is paid for investment and dividends it writes as less than nought, we as what was paid.
 */
export function toFmpStatements({ income, balance, cashFlow }: Parts, provenance: VendorProvenance): StatementRow[] {
  const same = (a: { date: string; period: string }) => (b: { date: string; period: string }) => a.date === b.date && a.period === b.period;
  const known = (value: number | undefined) => (value ? decimalText(value) : null);
  return income
    .map((flows): StatementRow => {
      const stocks = balance.find(same(flows));
      const cash = cashFlow.find(same(flows));
      const filed = [flows, stocks, cash].flatMap((part) => part?.filingDate ?? []).sort().at(-1) ?? null;
      const lines: Record<(typeof STATEMENT_LINES)[number], string | null> = {
        revenue: known(flows.revenue), costOfRevenue: known(flows.costOfRevenue), operatingIncome: known(flows.operatingIncome), depreciation: known(cash?.depreciationAndAmortization), interestExpense: known(flows.interestExpense), incomeTax: known(flows.incomeTaxExpense),
        netIncome: known(flows.netIncome), totalAssets: known(stocks?.totalAssets), totalLiabilities: known(stocks?.totalLiabilities), equity: known(stocks?.totalStockholdersEquity), totalDebt: known(stocks?.totalDebt), cash: known(stocks?.cashAndCashEquivalents),
        operatingCashFlow: known(cash?.operatingCashFlow), capex: known(cash && -cash.capitalExpenditure), dividendsPaid: known(cash && -cash.commonDividendsPaid), epsBasic: known(flows.eps), epsDiluted: known(flows.epsDiluted), sharesDiluted: known(flows.weightedAverageShsOutDil), sharesOutstanding: null,
      };
      return {
        ...lines, periodKind: flows.period === "FY" ? "YEAR" : "QUARTER", fiscalYear: Number(flows.fiscalYear), fiscalPeriod: flows.period, periodStart: null, periodEnd: flows.date, filedOn: filed, currency: flows.reportedCurrency, reference: `FMP ${flows.period} ${flows.date}`, note: null,
        provenance: { ...provenance, asOf: flows.date },
      };
    })
    .sort((a, b) => (a.periodEnd === b.periodEnd ? (a.periodKind < b.periodKind ? -1 : 1) : a.periodEnd < b.periodEnd ? -1 : 1));
}
