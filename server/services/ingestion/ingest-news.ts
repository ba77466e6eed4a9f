import { AppError } from "@/server/domain/app-error";
import type { NewsRow, VendorId } from "@/server/providers/capabilities";
import { prepareArticle, type ArticleToStore, type PreparedArticle } from "@/server/services/news/prepare-article";
import { loadCompanyIndex, storeArticles } from "@/server/services/news/store-articles";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";

/** Articles asked of a vendor at once. */
const MOST_ARTICLES = 200;
/** A step that was missed is made up for, and what a vendor publishes late is still found. */
const LOOK_BACK_MS = 26 * 3_600_000;
/** Scores of vendors come without a confidence as a rule; half is neither trust nor doubt, and `vendor` says whose it is. */
const UNSAID_CONFIDENCE = 0.5;

/** A vendor's score of one company is taken only where it speaks of one company alone: an article's own score says more than that of one of many. */
function vendorSentiment({ sentiment, symbolSentiment }: NewsRow): ArticleToStore["sentiment"] {
  const given = sentiment ?? (symbolSentiment.length === 1 ? symbolSentiment[0]!.sentiment : null);
  return given && { score: given.score, confidence: given.confidence ?? UNSAID_CONFIDENCE };
}

const toArticle = (row: NewsRow, isFeed: boolean): ArticleToStore => ({
  source: { name: row.source, kind: isFeed ? "FEED" : "VENDOR" },
  url: row.articleUrl,
  title: row.headline,
  summary: row.summary,
  publishedAt: new Date(row.publishedAt),
  hasTime: true,
  tickers: row.symbols,
  sentiment: vendorSentiment(row),
});

/**
 * Brings the newest articles of one vendor. Those that cannot be stored are counted as rejected and stop nothing; asked again, nothing changes.
 *
 * @throws AppError of the vendor when it does not answer, NOT_FOUND when it brings no news or its key is missing
 */
export async function ingestNews(ctx: IngestCtx, { vendor, symbols, from }: { vendor: VendorId; symbols?: readonly string[]; from?: string }): Promise<RunReport> {
  const source = ctx.providers.of(vendor, "news");
  if (!source) throw new AppError("NOT_FOUND", `${vendor} brings no news here: its key is missing or vendors are switched off`, { field: "vendor" });
  const since = from ?? new Date(ctx.now().getTime() - LOOK_BACK_MS).toISOString();
  return recordedRun(ctx, { provider: vendor, subject: "news", scope: symbols ? symbols.join(" ").slice(0, 200) : `since ${since}` }, async (runId) => {
    const rows = await source.fetchNews({ ...(symbols ? { symbols } : {}), from: since, limit: MOST_ARTICLES });
    const companies = await loadCompanyIndex(ctx);
    const prepared: PreparedArticle[] = [];
    for (const row of rows) {
      try {
        prepared.push(prepareArticle(toArticle(row, vendor === "rss"), { companies, now: ctx.now() }));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        ctx.log.info({ event: "article refused", vendor, reason: error.message });
      }
    }
    const changed = await ctx.db.$transaction((tx) => storeArticles((text, values) => tx.$queryRawUnsafe(text, ...values), { articles: prepared, provider: vendor, runId, now: ctx.now() }));
    if (changed > 0) ctx.cache.drop("news:");
    const newest = prepared.reduce<Date | undefined>((latest, { publishedAt }) => (latest === undefined || publishedAt > latest ? publishedAt : latest), undefined);
    return { received: rows.length, changed, rejected: rows.length - prepared.length, ...(newest ? { asOf: newest } : {}) };
  });
}
