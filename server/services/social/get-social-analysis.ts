import type { SocialAnalysisDto, SocialAnalysisInput, SocialNetworkName } from "@/server/contracts/social";
import { addDays, utcDate } from "@/server/domain/calendar/trading-date";
import { sentimentLabelOf } from "@/server/domain/news/headline-sentiment";
import { sqlPart } from "@/server/platform/sql-part";
import type { Ctx } from "@/server/services/ctx";
import { NETWORK_NAME, NETWORK_OF, toSocialPost, WITH_AUTHOR } from "./post-rows";

const KEEP_MS = 30_000;
const [TICKERS, AUTHORS, POSTS] = [12, 12, 5];

const NOTHING: SocialAnalysisDto = { from: null, to: null, posts: 0, authors: 0, judged: 0, score: null, weightedScore: null, label: null, unweighted: 0, tickers: [], byAuthor: [], mostEngaged: [] };

type Mood = { posts: number; authors: number; judged: number; score: number | null; weighted: number | null; unweighted: number };
type AuthorRow = { network: keyof typeof NETWORK_NAME; handle: string; name: string | null; posts: number; engagement: number | null; score: number | null };

/**
 * The mood of the posts of the days up to the newest one: each judged post counted once, and weighted by confidence times ln(1 + engagement), so that a post of which
 * many took note counts more, and ten times as many not ten times as much.
 */
export async function getSocialAnalysis(ctx: Ctx, { network, ticker, days }: SocialAnalysisInput): Promise<SocialAnalysisDto> {
  return ctx.cache.remember(`social:analysis:${network ?? ""}:${ticker ?? ""}:${days}`, KEEP_MS, async () => {
    const among = sqlPart`${network ? sqlPart`p.network = ${NETWORK_OF[network]}::social_network` : sqlPart`true`} AND ${ticker ? sqlPart`p.tickers @> ARRAY[${ticker}]` : sqlPart`true`}`;
    const [newest] = await ctx.db.$queryRaw<{ at: Date | null }[]>`SELECT max(p.posted_at) AS at FROM social_post p WHERE ${among}`;
    if (!newest?.at) return NOTHING;
    const to = utcDate(newest.at);
    const from = addDays(to, 1 - days);
    const scope = sqlPart`${among} AND p.posted_at >= ${from}::date AND p.posted_at < ${to}::date + 1`;
    const weight = sqlPart`p.sentiment_confidence * ln(1 + p.engagement)`;
    const [mood] = await ctx.db.$queryRaw<Mood[]>`
      SELECT count(*)::int AS posts, count(DISTINCT p.account_id)::int AS authors, count(p.sentiment)::int AS judged, avg(p.sentiment) AS score,
        sum(p.sentiment * ${weight}) / nullif(sum(${weight}) FILTER (WHERE p.sentiment IS NOT NULL), 0) AS weighted, count(p.sentiment) FILTER (WHERE p.engagement IS NULL)::int AS unweighted
      FROM social_post p WHERE ${scope}`;
    const tickers = await ctx.db.$queryRaw<SocialAnalysisDto["tickers"]>`
      SELECT named AS ticker, count(*)::int AS posts, avg(p.sentiment) AS score FROM social_post p CROSS JOIN unnest(p.tickers) AS named WHERE ${scope} GROUP BY named ORDER BY count(*) DESC, named LIMIT ${TICKERS}`;
    const authors = await ctx.db.$queryRaw<AuthorRow[]>`
      SELECT a.network::text AS network, a.handle, a.name, count(*)::int AS posts, sum(p.engagement)::float8 AS engagement, avg(p.sentiment) AS score
      FROM social_post p JOIN social_account a ON a.id = p.account_id WHERE ${scope} GROUP BY a.id ORDER BY sum(p.engagement) DESC NULLS LAST, a.handle LIMIT ${AUTHORS}`;
    const mostEngaged = await ctx.db.socialPost.findMany({
      where: { engagement: { not: null }, postedAt: { gte: new Date(from), lt: new Date(addDays(to, 1)) }, ...(network ? { network: NETWORK_OF[network] } : {}), ...(ticker ? { tickers: { has: ticker } } : {}) },
      orderBy: [{ engagement: "desc" }, { id: "desc" }], take: POSTS, include: WITH_AUTHOR,
    });
    const { posts, judged, score, weighted, unweighted } = mood!;
    const overall = weighted ?? score;
    return {
      from, to, posts, authors: mood!.authors, judged, score, weightedScore: weighted, label: overall === null ? null : sentimentLabelOf(overall), unweighted, tickers,
      byAuthor: authors.map((row) => ({ ...row, network: NETWORK_NAME[row.network] as SocialNetworkName })), mostEngaged: mostEngaged.map(toSocialPost),
    };
  });
}
