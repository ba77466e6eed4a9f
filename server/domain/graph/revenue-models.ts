import type { DriverId } from "@/server/domain/scenario/drivers";

/** What stands for a sector's sales in the public record, and the drivers it is explained by. */
export type RevenueModel = { sector: string; series: readonly string[]; drivers: readonly DriverId[] };

/**
 * One regression for each sector. The proxies are published by agencies of the United States government and reach back further than any company's own quarters.
 *
 * The drivers are few and hardly move together (no pair of Treasury or policy rates). The policy rate itself is left out outside banking: it is set in answer to
 * activity, so that its coefficient would measure the Federal Reserve's reaction and tell a reader that dearer money sells more machines. What dearer money does reaches
 * these sectors through the yields that firms and households pay, and through interest expense.
 *
 * - Manufacturing: new orders are what the sector's revenue is made of a quarter or two later.
 * - Semiconductors: chips go into equipment; orders for capital goods would swing with aircraft, output of business equipment does not.
 * - Real estate: landlords earn rents, and rents are more than half of the price index of services; building permits are another business.
 * - Banking: the volume of business and real-estate loans; interest follows it and the policy rate.
 * - Crypto: of the sector only its payment companies leave a public trace, retail sales; nothing public measures trading in coins.
 */
export const REVENUE_MODELS: readonly RevenueModel[] = [
  // Census: new orders for durable goods.
  { sector: "MANUFACTURING", series: ["AMDMNOx"], drivers: ["bbbYield", "gdpGrowth", "unemployment", "oil", "usdIndex"] },
  // Federal Reserve: industrial production of business equipment.
  { sector: "SEMICONDUCTOR", series: ["IPBUSEQ"], drivers: ["bbbYield", "gdpGrowth", "unemployment", "equityIndex", "usdIndex"] },
  // BLS: consumer prices of services, rents above all.
  { sector: "REALESTATE", series: ["CUSR0000SAS"], drivers: ["mortgageRate", "unemployment", "housePrice", "commercialProperty"] },
  // Federal Reserve: real-estate and business loans of commercial banks.
  { sector: "BANKING", series: ["REALLN", "BUSLOANS"], drivers: ["fedFunds", "housePrice", "commercialProperty"] },
  // Census: retail and food services sales.
  { sector: "CRYPTO", series: ["RETAILx"], drivers: ["unemployment", "cpiInflation", "housePrice", "equityIndex"] },
  // Census and BEA: real manufacturing and trade sales.
  { sector: "OTHER", series: ["CMRMTSPLx"], drivers: ["bbbYield", "gdpGrowth", "unemployment", "oil"] },
];

/** A company's own quarters are few: two drivers, the cycle and the currency in which foreign sales count. */
export const COMPANY_REVENUE_DRIVERS = ["unemployment", "usdIndex"] as const satisfies readonly DriverId[];

/** First quarter of the estimates: from here on every proxy and every driver of the models is published. */
export const FIRST_QUARTER = "1990Q1";

/**
 * Quarters of the lockdown and the reopening. Unemployment then rose fourfold by temporary lay-offs and fell again within months; as the largest values of the record
 * they would set every coefficient by themselves.
 */
export const LOCKDOWN_QUARTERS: readonly string[] = ["2020Q2", "2020Q3", "2020Q4"];

export const REVENUE_LAGS: readonly number[] = [0, 1, 2];
/** Ten years. */
export const LEAST_SECTOR_QUARTERS = 40;
export const LEAST_COMPANY_QUARTERS = 20;
