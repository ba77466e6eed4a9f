import type { MacroReading, TREASURY_MATURITIES } from "@/server/contracts/macro";
import { engineProvenance } from "@/server/domain/shared/provenance";
import type { Ctx } from "@/server/services/ctx";
import { getSeries } from "./get-series";
import { loadSeriesHeads } from "./series-rows";

type Maturity = (typeof TREASURY_MATURITIES)[number];
type Point = { date: string; value: number };

const CONSUMER_PRICES = "CPIAUCSL";
const FEDERAL_FUNDS = "FEDFUNDS";
const TREASURY: Record<Maturity, string> = { "3m": "TB3MS", "6m": "TB6MS", "1y": "GS1", "5y": "GS5", "10y": "GS10" };
/** Policy, government, company and household rates, in the order in which they are given. */
const INTEREST_RATES = [FEDERAL_FUNDS, ...Object.values(TREASURY), "CP3Mx", "FRB_ST_BBB", "FRB_ST_MORTGAGE"];
const PERCENT = 100;

/** A rate that is published in percent, as a fraction. */
async function getRate(ctx: Ctx, series: string, limit: number): Promise<MacroReading> {
  const { name, dates, values, provenance } = await getSeries(ctx, { code: series });
  return reading(dates.map((date, i) => ({ date, value: values[i]! / PERCENT })), { name, series, unit: "fraction", provenance, limit });
}

export const getFederalFundsRate = (ctx: Ctx, { limit }: { limit: number }): Promise<MacroReading> => getRate(ctx, FEDERAL_FUNDS, limit);

export const getTreasuryYield = (ctx: Ctx, { maturity, limit }: { maturity: Maturity; limit: number }): Promise<MacroReading> => getRate(ctx, TREASURY[maturity], limit);

/** Every rate of the list that is stored. */
export async function listInterestRates(ctx: Ctx, { limit }: { limit: number }): Promise<{ items: MacroReading[] }> {
  const stored = new Set((await loadSeriesHeads(ctx)).map(({ code }) => code));
  return { items: await Promise.all(INTEREST_RATES.filter((code) => stored.has(code)).map((code) => getRate(ctx, code, limit))) };
}

/** The index of consumer prices as it is published. */
export async function getConsumerPrices(ctx: Ctx, { limit }: { limit: number }): Promise<MacroReading> {
  const { name, dates, values, provenance } = await getSeries(ctx, { code: CONSUMER_PRICES });
  return reading(dates.map((date, i) => ({ date, value: values[i]! })), { name, series: CONSUMER_PRICES, unit: "index", provenance, limit });
}

/** Consumer prices against the same month of the year before; a month whose year before is not stored has none. */
export async function getInflation(ctx: Ctx, { limit }: { limit: number }): Promise<MacroReading> {
  const { dates, values } = await getSeries(ctx, { code: CONSUMER_PRICES });
  const levels = new Map(dates.map((date, i) => [date, values[i]!]));
  const changes = dates.flatMap((date): Point[] => {
    const before = levels.get(`${Number(date.slice(0, 4)) - 1}${date.slice(4)}`);
    return before ? [{ date, value: levels.get(date)! / before - 1 }] : [];
  });
  return reading(changes, { name: "Consumer prices, change over twelve months", series: CONSUMER_PRICES, unit: "fraction", provenance: engineProvenance("computed", { asOf: dates.at(-1) ?? null, reference: CONSUMER_PRICES }), limit });
}

function reading(points: readonly Point[], { limit, ...about }: Pick<MacroReading, "name" | "series" | "unit" | "provenance"> & { limit: number }): MacroReading {
  const last = points.at(-1) ?? null;
  return { ...about, value: last?.value ?? null, date: last?.date ?? null, points: points.slice(-limit) };
}
