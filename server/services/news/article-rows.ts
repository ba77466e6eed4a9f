import type { ArticleDto, ArticleSentimentDto, NewsFilter } from "@/server/contracts/news";
import { AppError } from "@/server/domain/app-error";
import { NEUTRAL_BAND, sentimentLabelOf, type SentimentLabel } from "@/server/domain/news/headline-sentiment";
import { sqlPart, type SqlPart } from "@/server/platform/sql-part";
import type { Ctx } from "@/server/services/ctx";

const SENTIMENT_SQL: Record<SentimentLabel, SqlPart> = {
  positive: sqlPart`a.sentiment >= ${NEUTRAL_BAND}`,
  negative: sqlPart`a.sentiment <= ${-NEUTRAL_BAND}`,
  neutral: sqlPart`a.sentiment > ${-NEUTRAL_BAND} AND a.sentiment < ${NEUTRAL_BAND}`,
};

/** The conditions of a filter on `article a`. Copies are left out unless one source is asked for, whose own articles all count. */
export function newsConditions({ source, category, topic, ticker, person, node, sentiment, from, to }: NewsFilter): SqlPart {
  if (from && to && from > to) throw new AppError("INVALID_INPUT", "The first day lies after the last", { field: "from" });
  const tagged = ([["TICKER", ticker], ["TOPIC", topic], ["PERSON", person], ["NODE", node]] as const).filter(([, value]) => value);
  const conditions: SqlPart[] = [
    source ? sqlPart`a.source_id = (SELECT id FROM news_source WHERE key = ${source})` : sqlPart`a.duplicate_of_id IS NULL`,
    ...(category ? [sqlPart`a.category = ${category}`] : []),
    ...(sentiment ? [SENTIMENT_SQL[sentiment]] : []),
    ...(from ? [sqlPart`a.published_at >= ${from}::date`] : []),
    ...(to ? [sqlPart`a.published_at < ${to}::date + 1`] : []),
    ...tagged.map(([kind, value]) => sqlPart`EXISTS (SELECT FROM article_tag t WHERE t.article_id = a.id AND t.kind = ${kind}::article_tag_kind AND t.value = ${value})`),
  ];
  return conditions.reduce((all, condition) => sqlPart`${all} AND ${condition}`);
}

export type ArticleRow = {
  id: string; title: string; summary: string | null; url: string | null; source_key: string; source_name: string; published_at: Date; has_time: boolean; category: ArticleDto["category"];
  sentiment: number | null; sentiment_confidence: number | null; sentiment_method: ArticleSentimentDto["method"] | null; provider: string; copies: number; tags: { kind: "TICKER" | "PERSON" | "TOPIC" | "NODE"; value: string }[];
};

/** The columns of an `ArticleRow`, of `article a JOIN news_source s`. */
export const articleColumns: SqlPart = sqlPart`
  a.id::text AS id, a.title, a.summary, a.url, s.key AS source_key, s.name AS source_name, a.published_at, a.has_time, a.category, a.sentiment, a.sentiment_confidence, a.sentiment_method, a.provider,
  (SELECT count(*)::int FROM article copy WHERE copy.duplicate_of_id = a.id) AS copies,
  coalesce((SELECT jsonb_agg(jsonb_build_object('kind', t.kind, 'value', t.value) ORDER BY t.value) FROM article_tag t WHERE t.article_id = a.id), '[]') AS tags`;

export function toArticle(row: ArticleRow): ArticleDto {
  const tagged = (kind: ArticleRow["tags"][number]["kind"]) => row.tags.filter((tag) => tag.kind === kind).map(({ value }) => value);
  const { sentiment: score, sentiment_confidence: confidence, sentiment_method: method } = row;
  return {
    id: row.id, title: row.title, summary: row.summary, url: row.url, source: { key: row.source_key, name: row.source_name },
    publishedAt: row.has_time ? row.published_at.toISOString() : row.published_at.toISOString().slice(0, 10),
    category: row.category, topics: tagged("TOPIC") as ArticleDto["topics"], tickers: tagged("TICKER"), people: tagged("PERSON"), nodes: tagged("NODE"),
    sentiment: score === null || confidence === null || method === null ? null : { score, confidence, label: sentimentLabelOf(score), method },
    copies: row.copies, provider: row.provider,
  };
}

/** Articles in the order of their ids given; one that is gone by now is left out. */
export async function loadArticles(ctx: Ctx, ids: readonly string[]): Promise<ArticleDto[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db.$queryRaw<ArticleRow[]>`SELECT ${articleColumns} FROM article a JOIN news_source s ON s.id = a.source_id WHERE a.id = ANY(${[...ids]}::uuid[])`;
  const byId = new Map(rows.map((row) => [row.id, toArticle(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
