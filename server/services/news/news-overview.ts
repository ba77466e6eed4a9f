import type { z } from "zod";
import type { newsHealth, NewsSentimentDto, newsSentimentInput, newsSources, newsStatsInput, NewsStatsDto } from "@/server/contracts/news";
import { AppError } from "@/server/domain/app-error";
import { addDays, tradingDate, utcDate } from "@/server/domain/calendar/trading-date";
import { LEXICON_QUALITY, NEUTRAL_BAND, sentimentLabelOf } from "@/server/domain/news/headline-sentiment";
import type { Topic } from "@/server/domain/news/headline-topics";
import { sqlPart } from "@/server/platform/sql-part";
import type { Ctx } from "@/server/services/ctx";

const KEEP_MS = 30_000;
const DEFAULT_DAYS = 30;
const MOST_DAYS = 3_700;
const TOPICS_SHOWN = 12;

/** Every source with how much it brought and when. */
export function listNewsSources(ctx: Ctx): Promise<z.infer<typeof newsSources>> {
  return ctx.cache.remember("news:sources", KEEP_MS, async () => {
    const rows = await ctx.db.$queryRaw<{ key: string; name: string; kind: "FEED" | "VENDOR" | "IMPORT"; homepage: string | null; articles: number; first: Date | null; last: Date | null }[]>`
      SELECT s.key, s.name, s.kind::text AS kind, s.homepage, count(a.id)::int AS articles, min(a.published_at) AS first, max(a.published_at) AS last
      FROM news_source s LEFT JOIN article a ON a.source_id = s.id GROUP BY s.id ORDER BY count(a.id) DESC, s.key`;
    return { items: rows.map(({ first, last, ...row }) => ({ ...row, firstAt: first?.toISOString() ?? null, lastAt: last?.toISOString() ?? null })) };
  });
}

/** The newest day that has an article: where news stopped, a window reaches back from there and not from today, when it would be empty. */
async function newestDay(ctx: Ctx) {
  const [row] = await ctx.db.$queryRaw<{ at: Date | null }[]>`SELECT max(published_at) AS at FROM article`;
  return utcDate(row?.at ?? ctx.now());
}

/** Articles and their mood day by day. Without a window: the thirty days up to the newest article. */
export async function getNewsStats(ctx: Ctx, { from, to, ticker, category }: z.infer<typeof newsStatsInput>): Promise<NewsStatsDto> {
  const until = to ? tradingDate(to) : await newestDay(ctx);
  const since = from ? tradingDate(from) : addDays(until, 1 - DEFAULT_DAYS);
  if (since > until) throw new AppError("INVALID_INPUT", "The first day lies after the last", { field: "from" });
  if (addDays(since, MOST_DAYS) < until) throw new AppError("INVALID_INPUT", "Ask for ten years at most", { field: "from" });
  return ctx.cache.remember(`news:stats:${since}:${until}:${ticker ?? ""}:${category ?? ""}`, KEEP_MS, async () => {
    const days = await ctx.db.$queryRaw<NewsStatsDto["days"]>`
      SELECT (a.published_at AT TIME ZONE 'UTC')::date::text AS date, count(*)::int AS articles, count(*) FILTER (WHERE a.sentiment >= ${NEUTRAL_BAND})::int AS positive,
        count(*) FILTER (WHERE a.sentiment > ${-NEUTRAL_BAND} AND a.sentiment < ${NEUTRAL_BAND})::int AS neutral, count(*) FILTER (WHERE a.sentiment <= ${-NEUTRAL_BAND})::int AS negative, avg(a.sentiment) AS score
      FROM article a WHERE a.duplicate_of_id IS NULL AND a.published_at >= ${since}::date AND a.published_at < ${until}::date + 1 AND ${category ? sqlPart`a.category = ${category}` : sqlPart`true`}
        AND ${ticker ? sqlPart`EXISTS (SELECT FROM article_tag t WHERE t.article_id = a.id AND t.kind = 'TICKER' AND t.value = ${ticker})` : sqlPart`true`}
      GROUP BY 1 ORDER BY 1`;
    return { from: since, to: until, days };
  });
}

type Mood = { articles: number; judged: number; score: number | null; positive: number; neutral: number; negative: number };

/** The mood of what was written on a company, a topic, a node of the graph, or on everything, over the last days before the newest article. */
export async function getNewsSentiment(ctx: Ctx, { ticker, topic, node, days }: z.infer<typeof newsSentimentInput>): Promise<NewsSentimentDto> {
  const until = await newestDay(ctx);
  const since = addDays(until, 1 - days);
  const tags = ([["TICKER", ticker], ["TOPIC", topic], ["NODE", node]] as const).filter(([, value]) => value);
  const tagged = tags.reduce((all, [kind, value]) => sqlPart`${all} AND EXISTS (SELECT FROM article_tag t WHERE t.article_id = a.id AND t.kind = ${kind}::article_tag_kind AND t.value = ${value})`, sqlPart`true`);
  const scope = sqlPart`a.duplicate_of_id IS NULL AND a.published_at >= ${since}::date AND a.published_at < ${until}::date + 1 AND ${tagged}`;
  const score = sqlPart`sum(a.sentiment * a.sentiment_confidence) / nullif(sum(a.sentiment_confidence), 0)`;
  return ctx.cache.remember(`news:sentiment:${until}:${days}:${ticker ?? ""}:${topic ?? ""}:${node ?? ""}`, KEEP_MS, async () => {
    const [mood] = await ctx.db.$queryRaw<Mood[]>`
      SELECT count(*)::int AS articles, count(a.sentiment)::int AS judged, ${score} AS score, count(*) FILTER (WHERE a.sentiment >= ${NEUTRAL_BAND})::int AS positive,
        count(*) FILTER (WHERE a.sentiment > ${-NEUTRAL_BAND} AND a.sentiment < ${NEUTRAL_BAND})::int AS neutral, count(*) FILTER (WHERE a.sentiment <= ${-NEUTRAL_BAND})::int AS negative
      FROM article a WHERE ${scope}`;
    const topics = await ctx.db.$queryRaw<{ topic: Topic; articles: number; score: number | null }[]>`
      SELECT t.value AS topic, count(*)::int AS articles, ${score} AS score FROM article a JOIN article_tag t ON t.article_id = a.id AND t.kind = 'TOPIC' WHERE ${scope} GROUP BY t.value ORDER BY count(*) DESC, t.value LIMIT ${TOPICS_SHOWN}`;
    const { articles, judged, positive, neutral, negative } = mood!;
    return {
      from: since, to: until, articles, judged, score: mood!.score, label: mood!.score === null ? null : sentimentLabelOf(mood!.score),
      shares: judged === 0 ? null : { positive: positive / judged, neutral: neutral / judged, negative: negative / judged },
      topics, method: { name: "lexicon", ...LEXICON_QUALITY },
    };
  });
}

/** How the news of this place are: how many, how fresh, how well described, and what brings them. */
export function getNewsHealth(ctx: Ctx): Promise<z.infer<typeof newsHealth>> {
  return ctx.cache.remember("news:health", KEEP_MS, async () => {
    const now = ctx.now();
    const [counts] = await ctx.db.$queryRaw<{ articles: number; sources: number; newest: Date | null; last_day: number; week: number; judged: number; named: number; copies: number }[]>`
      SELECT count(*)::int AS articles, (SELECT count(*)::int FROM news_source) AS sources, max(published_at) AS newest, count(*) FILTER (WHERE published_at > ${now}::timestamptz - interval '1 day')::int AS last_day,
        count(*) FILTER (WHERE published_at BETWEEN ${now}::timestamptz - interval '8 days' AND ${now}::timestamptz - interval '1 day')::int AS week, count(sentiment)::int AS judged,
        (SELECT count(DISTINCT article_id)::int FROM article_tag WHERE kind = 'TICKER') AS named, count(duplicate_of_id)::int AS copies
      FROM article`;
    const runs = await ctx.db.ingestionRun.findMany({ where: { subject: "news" }, orderBy: [{ provider: "asc" }, { startedAt: "desc" }], distinct: ["provider"] });
    const { articles, sources, newest, last_day: lastDay, week, judged, named, copies } = counts!;
    const share = (part: number) => (articles === 0 ? 0 : part / articles);
    return {
      articles, sources, newestAt: newest?.toISOString() ?? null, lastDay, usualDay: week / 7, withSentiment: share(judged), withTicker: share(named), duplicates: copies,
      feeds: runs.map(({ provider, startedAt, status, received, changed, error }) => ({ provider, lastRunAt: startedAt.toISOString(), status, received, changed, error })),
    };
  });
}
