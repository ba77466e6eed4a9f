import { round8 } from "@/server/domain/graph/impact-connections";
import { meanCloseChanges, monthlyChanges, monthMeans, monthStart } from "@/server/domain/graph/monthly-changes";
import { BITCOIN_SYMBOL, estimateReturns, MARKET_SYMBOL, RETURN_SERIES } from "@/server/domain/graph/return-model";
import type { Changes } from "@/server/domain/graph/estimate-response";
import type { DriverId } from "@/server/domain/scenario/drivers";
import type { CompanyFigure, InstrumentFigure, MacroFigure, ReturnBetaFigure } from "./figure-files";
import { periodStarts } from "./period-starts";

type BetasInput = { closes: ReadonlyMap<string, { date: string; close: number }[]>; macro: readonly MacroFigure[]; companies: readonly CompanyFigure[]; instruments: readonly InstrumentFigure[] };

/** Regressions on recorded prices by the same function that estimates on an imported record; only the coefficients are kept. */
export function selectReturnBetas({ closes, macro, companies, instruments }: BetasInput): ReturnBetaFigure[] {
  const changesOf = (symbol: string) => meanCloseChanges(monthMeans(closes.get(symbol) ?? []));
  const drivers = new Map<DriverId, Changes>([["equityIndex", changesOf(MARKET_SYMBOL)], ["btc", changesOf(BITCOIN_SYMBOL)]]);
  for (const { driver, series, kind } of RETURN_SERIES) {
    const { from, frequency, values } = macro.find(({ code }) => code === series)!;
    const dates = periodStarts(from, frequency, values.length);
    drivers.set(driver, monthlyChanges(values.flatMap((value, i) => (value === null ? [] : [{ date: dates[i]!, value }])), kind));
  }
  const targets = [
    ...companies.map(({ ticker, sector }) => ({ symbol: ticker, crypto: sector === "CRYPTO" })),
    ...instruments.filter(({ kind }) => kind === "ETF" || kind === "CRYPTO").map(({ symbol, kind }) => ({ symbol, crypto: kind === "CRYPTO" })),
  ];
  return targets.flatMap(({ symbol, crypto }) => {
    const estimate = estimateReturns({ response: changesOf(symbol), drivers, withBitcoin: crypto && symbol !== BITCOIN_SYMBOL });
    if (!estimate) return [];
    const { responses, n, rSquared, errorLags, first, last } = estimate;
    return [{ symbol, n, rSquared: round8(rSquared), errorLags, from: monthStart(first), to: monthStart(last), responses: responses.map(({ driver, elasticity, stdError }) => [driver, round8(elasticity), round8(stdError)] as [string, number, number]) }];
  });
}
