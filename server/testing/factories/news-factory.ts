import { companyIndex } from "@/server/domain/news/company-mentions";
import type { Ctx } from "@/server/services/ctx";
import { prepareArticle, type ArticleToStore } from "@/server/services/news/prepare-article";
import { storeArticles } from "@/server/services/news/store-articles";

/** An article of a wire that does not exist, unless said otherwise. */
export const anArticle = (title: string, { publishedAt = new Date("2025-03-04T10:00:00Z"), ...more }: Partial<ArticleToStore> = {}): ArticleToStore => ({
  source: { name: "Test Wire", kind: "FEED" }, url: `https://wire.example/${Math.floor(publishedAt.getTime() / 86_400_000)}/${encodeURIComponent(title.toLowerCase().replaceAll(" ", "-"))}`, title, summary: null, publishedAt, hasTime: true, tickers: [], sentiment: null, ...more,
});

/** Stores articles as an ingestion does and returns how many rows changed. Companies are known by the names given. */
export async function storedArticles(ctx: Pick<Ctx, "db">, articles: readonly ArticleToStore[], companies = companyIndex([])): Promise<number> {
  const run = await ctx.db.ingestionRun.create({ data: { provider: "test", subject: "test-news", scope: "test" } });
  const now = new Date();
  const prepared = articles.map((one) => prepareArticle(one, { companies, now }));
  return ctx.db.$transaction((tx) => storeArticles((text, values) => tx.$queryRawUnsafe(text, ...values), { articles: prepared, provider: "test", runId: run.id, now }));
}
