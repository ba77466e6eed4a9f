import { codeOfSeriesInput, getSeriesInput, listSeriesInput, listVariablesInput, macroHeat, macroReading, macroReadings, readingInput, series, seriesList, treasuryYieldInput, variable, variablePage, vintages, vintagesInput, yieldCurve } from "@/server/contracts/macro";
import { getSeries } from "@/server/services/macro/get-series";
import { listSeries } from "@/server/services/macro/list-series";
import { listVariables } from "@/server/services/macro/list-variables";
import { getMacroHeat, getYieldCurve, listVintages } from "@/server/services/macro/macro-overview";
import { getConsumerPrices, getFederalFundsRate, getInflation, getTreasuryYield, listInterestRates } from "@/server/services/macro/macro-readings";
import { publicProcedure, router, type RestMeta } from "../procedures";

/** Series change once a day at most. */
const get = (path: RestMeta["path"], summary: string, example: RestMeta["example"]): { rest: RestMeta } => ({ rest: { method: "GET", path, summary, scope: "read", cacheSeconds: 300, example } });

export const macroRouter = router({
  listSeries: publicProcedure.input(listSeriesInput).output(seriesList).query(({ ctx, input }) => listSeries(ctx, input)),
  listVariables: publicProcedure.meta(get("/macro/variables", "List the stored series with their newest values", { category: "rates", limit: 5 }))
    .input(listVariablesInput).output(variablePage).query(({ ctx, input }) => listVariables(ctx, input)),
  getVariable: publicProcedure.meta(get("/macro/{code}", "Get a series with its newest value", { code: "UNRATE" }))
    .input(codeOfSeriesInput).output(variable).query(({ ctx, input }) => getSeries(ctx, input)),
  getSeries: publicProcedure.meta(get("/macro/{code}/history", "Get the values of a series, as known now or on a day", { code: "UNRATE", from: "2024-01-01" }))
    .input(getSeriesInput).output(series).query(({ ctx, input }) => getSeries(ctx, input)),
  getYieldCurve: publicProcedure.meta(get("/macro/yield-curve", "Get the Treasury's yields by maturity: newest, a month and a year before", {})).output(yieldCurve).query(({ ctx }) => getYieldCurve(ctx)),
  getHeat: publicProcedure.meta(get("/macro/heat", "Score how unusual the newest value of each series is", {})).output(macroHeat).query(({ ctx }) => getMacroHeat(ctx)),
  listVintages: publicProcedure.meta(get("/macro/{code}/vintages", "List what was believed of one date, as it became known", { code: "UNRATE", date: "2024-01-01" })).input(vintagesInput).output(vintages).query(({ ctx, input }) => listVintages(ctx, input)),
  listInterestRates: publicProcedure.meta(get("/macro/interest-rate", "List policy, government, company and household rates", { limit: 3 }))
    .input(readingInput).output(macroReadings).query(({ ctx, input }) => listInterestRates(ctx, input)),
  getFederalFundsRate: publicProcedure.meta(get("/macro/federal-funds-rate", "Get the effective federal funds rate", { limit: 12 }))
    .input(readingInput).output(macroReading).query(({ ctx, input }) => getFederalFundsRate(ctx, input)),
  getTreasuryYield: publicProcedure.meta(get("/macro/treasury-yield", "Get a Treasury yield by maturity", { maturity: "10y", limit: 12 }))
    .input(treasuryYieldInput).output(macroReading).query(({ ctx, input }) => getTreasuryYield(ctx, input)),
  getInflation: publicProcedure.meta(get("/macro/inflation", "Get the change of consumer prices over twelve months", { limit: 12 }))
    .input(readingInput).output(macroReading).query(({ ctx, input }) => getInflation(ctx, input)),
  getConsumerPrices: publicProcedure.meta(get("/macro/cpi", "Get the index of consumer prices", { limit: 12 }))
    .input(readingInput).output(macroReading).query(({ ctx, input }) => getConsumerPrices(ctx, input)),
});
