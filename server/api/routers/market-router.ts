import { bars, company, companyPage, listBarsInput, listCompaniesInput, marketStrip, searchInput, searchResult, tickerInput } from "@/server/contracts/market";
import { getCompany } from "@/server/services/market/get-company";
import { getMarketStrip } from "@/server/services/market/get-market-strip";
import { listBars } from "@/server/services/market/list-bars";
import { listCompanies } from "@/server/services/market/list-companies";
import { searchEverything } from "@/server/services/market/search-everything";
import { publicProcedure, router } from "../procedures";

export const marketRouter = router({
  listCompanies: publicProcedure
    .meta({ rest: { method: "GET", path: "/companies", summary: "List companies with their ratios", scope: "read", cacheSeconds: 60, example: { sector: "SEMICONDUCTOR", limit: 5 } } })
    .input(listCompaniesInput).output(companyPage).query(({ ctx, input }) => listCompanies(ctx, input)),
  getCompany: publicProcedure
    .meta({ rest: { method: "GET", path: "/companies/{ticker}", summary: "Get a company with its statements, ratios and quote", scope: "read", cacheSeconds: 60, example: { ticker: "CAT" } } })
    .input(tickerInput).output(company).query(({ ctx, input }) => getCompany(ctx, input)),
  listBars: publicProcedure.input(listBarsInput).output(bars).query(({ ctx, input }) => listBars(ctx, input)),
  getStrip: publicProcedure.output(marketStrip).query(({ ctx }) => getMarketStrip(ctx)),
  search: publicProcedure
    .meta({ rest: { method: "GET", path: "/market/search", summary: "Search companies, instruments, series and sectors", scope: "read", cacheSeconds: 60, example: { query: "steel" } } })
    .input(searchInput).output(searchResult).query(({ ctx, input }) => searchEverything(ctx, input)),
});
