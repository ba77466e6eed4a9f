import { debtToEquity } from "./debt-to-equity";
import { interestCoverage, interestCoverageEbitda } from "./interest-coverage";
import { grossMargin, netMargin, operatingMargin } from "./margins";
import { priceEarnings } from "./price-earnings";
import { returnOnEquity } from "./return-on-equity";
import type { StatementFigures } from "./trailing-window";

export type CompanyRatios = {
  icr: number | null;
  icrEbitda: number | null;
  priceEarnings: number | null;
  returnOnEquity: number | null;
  debtToEquity: number | null;
  operatingMargin: number | null;
  netMargin: number | null;
  grossMargin: number | null;
};

/** All ratios of one company. Interest is the raw material of a bank or broker, so its coverage is left out, not shown as a low one. */
export function companyRatios(statements: readonly StatementFigures[], { price, isFinancial }: { price: number | null; isFinancial: boolean }): CompanyRatios {
  return {
    icr: isFinancial ? null : interestCoverage(statements),
    icrEbitda: isFinancial ? null : interestCoverageEbitda(statements),
    priceEarnings: priceEarnings(price, statements),
    returnOnEquity: returnOnEquity(statements),
    debtToEquity: debtToEquity(statements),
    operatingMargin: operatingMargin(statements),
    netMargin: netMargin(statements),
    grossMargin: grossMargin(statements),
  };
}
