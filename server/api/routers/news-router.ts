import { article, articleIdInput, articleList, listCompanyNewsInput, listEarningsNewsInput, listNewsInput, moversNews, moversNewsInput, newsHealth, newsHits, newsPage, newsSentiment, newsSentimentInput, newsSources, newsStats, newsStatsInput, searchNewsInput, similarInput } from "@/server/contracts/news";
import { getArticle, listSimilarArticles } from "@/server/services/news/get-article";
import { FINANCIAL, listCompanyNews, listNews } from "@/server/services/news/list-news";
import { listMoversNews } from "@/server/services/news/list-movers-news";
import { getNewsHealth, getNewsSentiment, getNewsStats, listNewsSources } from "@/server/services/news/news-overview";
import { searchNews } from "@/server/services/news/search-news";
import { publicProcedure, router, type RestMeta } from "../procedures";

const get = (path: RestMeta["path"], summary: string, example: RestMeta["example"]): { rest: RestMeta } => ({ rest: { method: "GET", path, summary, scope: "read", cacheSeconds: 30, example } });

export const newsRouter = router({
  list: publicProcedure.meta({ rest: [get("/news", "List articles that pass a filter, newest first", { topic: "earnings", limit: 3 }).rest, get("/news/recent", "List the newest articles", { limit: 3 }).rest] }).input(listNewsInput).output(newsPage).query(({ ctx, input }) => listNews(ctx, input)),
  listFinancial: publicProcedure.meta(get("/news/financial", "List articles on companies, markets, the economy, deals and coins", { limit: 3 })).input(listNewsInput).output(newsPage).query(({ ctx, input }) => listNews(ctx, input, { among: FINANCIAL })),
  listCompany: publicProcedure.meta({ rest: [get("/news/company", "List articles that name a company", { ticker: "CAT", limit: 3 }).rest, get("/companies/{ticker}/news", "List articles that name a company", { ticker: "CAT", limit: 3 }).rest] })
    .input(listCompanyNewsInput).output(newsPage).query(({ ctx, input }) => listCompanyNews(ctx, input)),
  listEarnings: publicProcedure.meta(get("/news/earnings", "List articles on results and what was expected of them", { limit: 3 })).input(listEarningsNewsInput).output(newsPage).query(({ ctx, input }) => listNews(ctx, { ...input, topic: "earnings" })),
  listMovers: publicProcedure.meta(get("/news/movers", "List the shares that moved most with what was written on them", { limit: 3 })).input(moversNewsInput).output(moversNews).query(({ ctx, input }) => listMoversNews(ctx, input)),
  search: publicProcedure.meta(get("/news/search", "Search headlines by words, phrases, beginnings and without words", { query: "\"interest rates\" -fed bank*", limit: 3 }))
    .input(searchNewsInput).output(newsHits).query(({ ctx, input }) => searchNews(ctx, input)),
  listSources: publicProcedure.meta(get("/news/sources", "List who published, with how many articles", {})).output(newsSources).query(({ ctx }) => listNewsSources(ctx)),
  getStats: publicProcedure.meta(get("/news/daily-stats", "Count articles and their mood by day", { from: "2026-11-01", to: "2026-11-30" })).input(newsStatsInput).output(newsStats).query(({ ctx, input }) => getNewsStats(ctx, input)),
  getHealth: publicProcedure.meta(get("/news/health", "Tell how fresh and well described the news are", {})).output(newsHealth).query(({ ctx }) => getNewsHealth(ctx)),
  getSentiment: publicProcedure.meta(get("/news/sentiment", "Measure the mood of the news on a company, topic or node", { topic: "earnings", days: 90 })).input(newsSentimentInput).output(newsSentiment).query(({ ctx, input }) => getNewsSentiment(ctx, input)),
  get: publicProcedure.input(articleIdInput).output(article).query(({ ctx, input }) => getArticle(ctx, input)),
  listSimilar: publicProcedure.input(similarInput).output(articleList).query(({ ctx, input }) => listSimilarArticles(ctx, input)),
});
