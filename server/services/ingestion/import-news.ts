import { AppError } from "@/server/domain/app-error";
import { parseTradingDate } from "@/server/domain/calendar/trading-date";
import { prepareArticle, type PreparedArticle } from "@/server/services/news/prepare-article";
import { loadCompanyIndex, storeArticles } from "@/server/services/news/store-articles";
import { PROVIDER } from "./import-file";
import type { FileKind, ImportCtx, RowSink } from "./import-ctx";
import { queuedRows } from "./queued-rows";

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;
/** An article is several rows and a lookup of near-identical ones: smaller steps keep a batch within a second. */
const BATCH_ROWS = 2_000;

/** Headlines: `published_at` is an instant in UTC, or a date where the source gave no time; tickers stand with blanks between them. */
async function openSink(ctx: ImportCtx): Promise<RowSink> {
  const companies = await loadCompanyIndex(ctx);
  const now = ctx.now();
  return queuedRows<PreparedArticle>(
    ([publishedAt = "", source = "", title = "", url = "", tickers = ""]) => {
      const hasTime = INSTANT.test(publishedAt);
      if (!hasTime && parseTradingDate(publishedAt) === null) return "bad date";
      if (source.trim() === "") return "no source";
      const article = { source: { name: source, kind: "IMPORT" as const }, url: url || null, title, summary: null, publishedAt: new Date(publishedAt), hasTime, tickers: tickers.split(" ").filter((ticker) => ticker !== ""), sentiment: null };
      try {
        return prepareArticle(article, { companies, now });
      } catch (error) {
        if (error instanceof AppError) return error.message;
        throw error;
      }
    },
    (client, runId, articles) => storeArticles(async (text, values) => (await client.query(text, values)).rows as Record<string, unknown>[], { articles, provider: PROVIDER, runId, now }),
  );
}

export const NEWS_FILE: FileKind = { subject: "news", columns: ["published_at", "source", "title", "url", "tickers"], batchRows: BATCH_ROWS, openSink };
