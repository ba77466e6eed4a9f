import {
  balanceSheetPage, bars, boardInput, company, companyPage, correlations, correlationsInput, fundamentals, indexOverview, levelsInput, listBarsInput, listCompaniesInput, listCompanyBarsInput, listStatementsInput, marketBoard, marketClocks, marketDashboard, marketInternals, marketStrip, moverPage, priceLevels, searchInput, searchResult, statementPage, stock,
  symbolInput, tickerInput, trendingPage,
} from "@/server/contracts/market";
import { deleteCompanyInput, deletionImpact } from "@/server/contracts/admin";
import { pageInput } from "@/server/contracts/common";
import { deleteCompany } from "@/server/services/market/delete-company";
import { getCompany } from "@/server/services/market/get-company";
import { getCorrelations } from "@/server/services/market/get-correlations";
import { getIndexOverview } from "@/server/services/market/get-index-overview";
import { getMarketBoard } from "@/server/services/market/get-market-board";
import { getMarketDashboard } from "@/server/services/market/get-market-dashboard";
import { getMarketInternals } from "@/server/services/market/get-market-internals";
import { getMarketStrip } from "@/server/services/market/get-market-strip";
import { getPriceLevels } from "@/server/services/market/get-price-levels";
import { getStock } from "@/server/services/market/get-stock";
import { listBars } from "@/server/services/market/list-bars";
import { listCompanies } from "@/server/services/market/list-companies";
import { listCompanyBars } from "@/server/services/market/list-company-bars";
import { listFunds } from "@/server/services/market/list-funds";
import { listIndices } from "@/server/services/market/list-indices";
import { listMarketClocks } from "@/server/services/market/list-market-clocks";
import { listMovers } from "@/server/services/market/list-movers";
import { listBalanceSheets, listStatements } from "@/server/services/market/list-statements";
import { listTrending } from "@/server/services/market/list-trending";
import { searchEverything } from "@/server/services/market/search-everything";
import { byAdminKey } from "../key-procedure";
import { publicProcedure, router, type RestMeta } from "../procedures";

/** A read that is the same for everybody. */
const get = (path: RestMeta["path"], summary: string, example: RestMeta["example"], cacheSeconds = 60): { rest: RestMeta } => ({ rest: { method: "GET", path, summary, scope: "read", cacheSeconds, example } });

export const marketRouter = router({
  listCompanies: publicProcedure.meta(get("/companies", "List companies with their ratios", { sector: "SEMICONDUCTOR", limit: 5 }))
    .input(listCompaniesInput).output(companyPage).query(({ ctx, input }) => listCompanies(ctx, input)),
  getCompany: publicProcedure.meta(get("/companies/{ticker}", "Get a company with its statements, ratios and quote", { ticker: "CAT" }))
    .input(tickerInput).output(company).query(({ ctx, input }) => getCompany(ctx, input)),
  /** The panel has its own, which asks for a fresh proof. */
  deleteCompanyByKey: byAdminKey
    .meta({ access: "admin", rest: { method: "DELETE", path: "/companies/{ticker}", summary: "Delete a company with all that stands on it; where recorded figures go, `confirm` is its ticker", scope: "admin", example: { ticker: "ZZNEW", confirm: "ZZNEW" } } })
    .input(deleteCompanyInput).output(deletionImpact).mutation(({ ctx, input }) => deleteCompany(ctx, input)),
  listStatements: publicProcedure.meta(get("/companies/{ticker}/financials", "List a company's statements, newest first", { ticker: "CAT", periodKind: "QUARTER", limit: 4 }))
    .input(listStatementsInput).output(statementPage).query(({ ctx, input }) => listStatements(ctx, input)),
  listBalanceSheets: publicProcedure.meta(get("/companies/{ticker}/balance-sheet", "List a company's balance sheets, newest first", { ticker: "CAT", limit: 4 }))
    .input(listStatementsInput).output(balanceSheetPage).query(({ ctx, input }) => listBalanceSheets(ctx, input)),
  getFundamentals: publicProcedure.meta(get("/companies/{ticker}/fundamentals", "Get a company's ratios and what they rest on", { ticker: "CAT" }))
    .input(tickerInput).output(fundamentals).query(({ ctx, input }) => getCompany(ctx, input)),
  listCompanyBars: publicProcedure.meta(get("/companies/{ticker}/prices", "Get the price bars of a company's share, oldest first", { ticker: "CAT", interval: "1d", limit: 30 }))
    .input(listCompanyBarsInput).output(bars).query(({ ctx, input }) => listCompanyBars(ctx, input)),

  listBars: publicProcedure
    .meta({ rest: [
      get("/market/stocks/{symbol}/history", "Get the bars of an instrument, oldest first", { symbol: "AAPL", interval: "1d", limit: 30 }).rest,
      get("/market/historical", "Get the bars of an instrument, oldest first", { symbol: "SPY", interval: "1mo", limit: 12 }).rest,
    ] })
    .input(listBarsInput).output(bars).query(({ ctx, input }) => listBars(ctx, input)),
  getStock: publicProcedure.meta(get("/market/stocks/{symbol}", "Get an instrument with its last close", { symbol: "AAPL" }, 15))
    .input(symbolInput).output(stock).query(({ ctx, input }) => getStock(ctx, input)),
  search: publicProcedure.meta(get("/market/search", "Search companies, instruments, series and sectors", { query: "steel" }))
    .input(searchInput).output(searchResult).query(({ ctx, input }) => searchEverything(ctx, input)),
  getStrip: publicProcedure.output(marketStrip).query(({ ctx }) => getMarketStrip(ctx)),
  listIndices: publicProcedure.meta(get("/market/indices", "List the market's indices", {}, 15))
    .output(marketStrip).query(({ ctx }) => listIndices(ctx)),
  listGainers: publicProcedure.meta(get("/market/gainers", "List the shares that rose most in the newest stored session", { limit: 5 }, 15))
    .input(pageInput).output(moverPage).query(({ ctx, input }) => listMovers(ctx, "gainers", input)),
  listLosers: publicProcedure.meta(get("/market/losers", "List the shares that fell most in the newest stored session", { limit: 5 }, 15))
    .input(pageInput).output(moverPage).query(({ ctx, input }) => listMovers(ctx, "losers", input)),
  listActive: publicProcedure.meta(get("/market/active", "List the shares with the largest turnover in the newest stored session", { limit: 5 }, 15))
    .input(pageInput).output(moverPage).query(({ ctx, input }) => listMovers(ctx, "active", input)),
  listTrending: publicProcedure.meta(get("/market/trending", "List the shares whose turnover is furthest above their own usual one", { limit: 5 }, 15))
    .input(pageInput).output(trendingPage).query(({ ctx, input }) => listTrending(ctx, input)),
  listFunds: publicProcedure.meta(get("/market/etf", "List exchange-traded funds with their last closes", { limit: 5 }, 15))
    .input(pageInput).output(moverPage).query(({ ctx, input }) => listFunds(ctx, input)),
  getInternals: publicProcedure.meta(get("/market/internals", "Get breadth, trading sides, extremes, momentum, volume flow, volatility and correlation of the stored shares", {}))
    .output(marketInternals).query(({ ctx }) => getMarketInternals(ctx)),
  getIndexOverview: publicProcedure.meta(get("/market/sp500/overview", "Get the S&P 500 over a year, and the stored shares by sector", {}, 15))
    .output(indexOverview).query(({ ctx }) => getIndexOverview(ctx)),
  getDashboard: publicProcedure.meta(get("/market/dashboard", "Get the market strip with gainers, losers, the most active, and the market's lean with its evidence", {}, 15))
    .output(marketDashboard).query(({ ctx }) => getMarketDashboard(ctx)),
  listClocks: publicProcedure.meta(get("/market/clocks", "List which markets are open, and when they open and close", {}, 15))
    .output(marketClocks).query(({ ctx }) => listMarketClocks(ctx)),
  getBoard: publicProcedure.meta(get("/market/boards/{board}", "Get all shares of the S&P 500, or all funds, with returns and turnover", { board: "etf", search: "select sector" }, 15))
    .input(boardInput).output(marketBoard).query(({ ctx, input }) => getMarketBoard(ctx, input)),
  getLevels: publicProcedure.meta(get("/market/stocks/{symbol}/levels", "Get the prices at which an instrument turned more than once: support and resistance", { symbol: "SPY", sessions: 250 }))
    .input(levelsInput).output(priceLevels).query(({ ctx, input }) => getPriceLevels(ctx, input)),
  getCorrelations: publicProcedure
    .meta({ rest: [
      get("/market/correlations", "Correlate the daily returns of instruments", { symbols: ["AAPL", "MSFT", "SPY"], sessions: 250 }).rest,
      { method: "POST", path: "/analysis/correlation", summary: "Correlate the daily returns of instruments", scope: "read", example: { symbols: ["JPM", "CAT"], sessions: 500 } },
    ] })
    .input(correlationsInput).output(correlations).query(({ ctx, input }) => getCorrelations(ctx, input)),
});
