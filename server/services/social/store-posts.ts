import type { InfluencerAlert } from "@/server/contracts/social";
import { AppError } from "@/server/domain/app-error";
import { mentionedTickers, type CompanyIndex } from "@/server/domain/news/company-mentions";
import { headlineSentiment } from "@/server/domain/news/headline-sentiment";
import { headlineTopics, namedPeople } from "@/server/domain/news/headline-topics";
import { postEngagement } from "@/server/domain/news/post-engagement";
import { postMove, type PostMove } from "@/server/domain/news/post-move";
import { timeOrderedIds } from "@/server/platform/time-ordered-ids";
import type { SocialPostRow } from "@/server/providers/capabilities";
import type { FiguresCtx } from "@/server/services/ctx";
import { plainText } from "@/server/services/news/prepare-article";
import { loadCompanyIndex } from "@/server/services/news/store-articles";
import { NETWORK_OF } from "./post-rows";

type Tx = Parameters<Parameters<FiguresCtx["db"]["$transaction"]>[0]>[0];

/** The sidecar listens here for posts that move. */
export const INFLUENCER_CHANNEL = "influencer_alerts";

const DAY_MS = 86_400_000;
/** What arrives later is no alert any more. */
const ALERT_WITHIN_MS = DAY_MS;
const USUAL_OF_POSTS = 50;
const LONGEST_TEXT = 5_000;
/** A notification of the database holds 8,000 bytes. */
const LONGEST_TOLD = 500;

/** A post as a network gives it, or a file that a person brings. */
export type PostToStore = Omit<SocialPostRow, "provenance"> & { provenance: { provider: string } };

type Prepared = {
  network: "X" | "TRUTH_SOCIAL"; handle: string; name: string | null; external_id: string; text: string; url: string; posted_at: Date; language: string | null; likes: number | null; reposts: number | null; replies: number | null; quotes: number | null; views: number | null;
  repost_of: string | null; engagement: number | null; tickers: string[]; people: string[]; topics: string[]; sentiment: number | null; sentiment_confidence: number | null; provider: string;
};

/** More than there are people on any of these networks is no count, and their weighted sum would not fit. */
const MOST_COUNTED = 300_000_000;

function countOf(value: number | null, field: string, most = MOST_COUNTED): number | null {
  if (value !== null && (!Number.isSafeInteger(value) || value < 0 || value > most)) throw new AppError("INVALID_INPUT", `${field} of a post is no count`, { field });
  return value;
}

/**
 * What is stored of a post.
 *
 * @throws AppError INVALID_INPUT when it has no author, no words, no usable date or count, or an address no browser should be sent to
 */
export function preparePost(row: PostToStore, { companies, now }: { companies: CompanyIndex; now: Date }): Prepared {
  const text = plainText(row.text).slice(0, LONGEST_TEXT);
  const handle = row.author.trim().replace(/^@/, "").toLowerCase();
  const postedAt = new Date(row.postedAt);
  if (text === "") throw new AppError("INVALID_INPUT", "A post needs words", { field: "text" });
  if (!/^[a-z0-9_.]{1,40}$/.test(handle)) throw new AppError("INVALID_INPUT", "A post needs its author's handle", { field: "author" });
  if (Number.isNaN(postedAt.getTime()) || postedAt.getUTCFullYear() < 2006 || postedAt.getTime() > now.getTime() + DAY_MS) throw new AppError("INVALID_INPUT", "The date of the post is not usable", { field: "postedAt" });
  if (!URL.canParse(row.postUrl) || new URL(row.postUrl).protocol !== "https:") throw new AppError("INVALID_INPUT", "The address of a post begins with https://", { field: "postUrl" });
  const counts = { likes: countOf(row.likes, "likes"), reposts: countOf(row.reposts, "reposts"), replies: countOf(row.replies, "replies"), quotes: countOf(row.quotes, "quotes") };
  const tickers = mentionedTickers(text, companies);
  const read = headlineSentiment(text);
  return {
    network: NETWORK_OF[row.network], handle, name: row.authorName === null ? null : plainText(row.authorName).slice(0, 120) || null, external_id: row.externalId, text, url: row.postUrl, posted_at: postedAt, language: row.language,
    ...counts, views: countOf(row.views, "views", Number.MAX_SAFE_INTEGER), repost_of: row.repostOf, engagement: postEngagement(counts), tickers, people: namedPeople(text), topics: headlineTopics(text, tickers.length > 0).topics,
    // The lexicon knows English; of another language it would read accidents.
    ...(read !== null && (row.language === null || row.language.startsWith("en")) ? { sentiment: read.score, sentiment_confidence: read.confidence } : { sentiment: null, sentiment_confidence: null }),
    provider: row.provenance.provider,
  };
}

/**
 * Stores posts once; of a known one the counts are brought up to date. A post of a watched account that moves is marked, and told to the sidecar, at its first time
 * within a day of being written.
 *
 * @returns rows inserted or updated, rows that could not be stored, and how many began to move
 */
export async function storePosts(ctx: FiguresCtx, rows: readonly PostToStore[], { runId }: { runId: string }): Promise<{ changed: number; rejected: number; moved: number }> {
  const now = ctx.now();
  const companies = await loadCompanyIndex(ctx);
  const prepared = new Map<string, Prepared>();
  let rejected = 0;
  for (const row of rows) {
    try {
      const post = preparePost(row, { companies, now });
      prepared.set(`${post.network} ${post.external_id}`, post);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      rejected += 1;
      ctx.log.info({ event: "post refused", reason: error.message });
    }
  }
  if (prepared.size === 0) return { changed: 0, rejected, moved: 0 };
  const outcome = await ctx.db.$transaction((tx) => write(tx, [...prepared.values()], { runId, now }));
  if (outcome.changed > 0) ctx.cache.drop("social:");
  return { ...outcome, rejected };
}

async function write(tx: Tx, posts: readonly Prepared[], { runId, now }: { runId: string; now: Date }): Promise<{ changed: number; moved: number }> {
  const accounts = await storeAccounts(tx, posts, now);
  const accountOf = ({ network, handle }: Prepared) => accounts.get(`${network} ${handle}`)!;
  const stored = await tx.socialPost.findMany({ where: { OR: posts.map(({ network, external_id: externalId }) => ({ network, externalId })) }, select: { network: true, externalId: true, movedBy: true } });
  const movedBefore = new Map(stored.map(({ network, externalId, movedBy }) => [`${network} ${externalId}`, movedBy]));
  const usual = await usualEngagement(tx, [...new Set(posts.map(accountOf))]);
  const moveOf = (post: Prepared): PostMove | null => {
    const account = usual.get(accountOf(post));
    const isFresh = now.getTime() - post.posted_at.getTime() <= ALERT_WITHIN_MS;
    return account?.isWatched && isFresh ? postMove({ tickers: post.tickers, engagement: post.engagement, isRepost: post.repost_of !== null }, account) : null;
  };
  const ids = timeOrderedIds(now, posts.length);
  const given = posts.map((post, at) => ({ ...post, id: ids[at]!, account_id: accountOf(post), moved_by: moveOf(post) }));
  const written = await tx.$queryRaw<{ id: string; network: Prepared["network"]; external_id: string; moved_by: PostMove | null }[]>`
    INSERT INTO social_post AS p (id, account_id, network, external_id, text, url, posted_at, language, likes, reposts, replies, quotes, views, repost_of, engagement, tickers, people, topics, sentiment, sentiment_confidence, moved_by, provider, run_id)
    SELECT id, account_id, network::social_network, external_id, text, url, posted_at, language, likes, reposts, replies, quotes, views, repost_of, engagement, tickers, people, topics, sentiment, sentiment_confidence, moved_by, provider, ${runId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS row (id uuid, account_id uuid, network text, external_id text, text text, url text, posted_at timestamptz, language text, likes int, reposts int, replies int, quotes int, views bigint, repost_of text,
      engagement int, tickers text[], people text[], topics text[], sentiment float8, sentiment_confidence float8, moved_by text, provider text)
    ON CONFLICT (network, external_id) DO UPDATE SET text = excluded.text, likes = coalesce(excluded.likes, p.likes), reposts = coalesce(excluded.reposts, p.reposts), replies = coalesce(excluded.replies, p.replies),
      quotes = coalesce(excluded.quotes, p.quotes), views = coalesce(excluded.views, p.views), engagement = coalesce(excluded.engagement, p.engagement), tickers = excluded.tickers, people = excluded.people, topics = excluded.topics,
      sentiment = excluded.sentiment, sentiment_confidence = excluded.sentiment_confidence, moved_by = coalesce(p.moved_by, excluded.moved_by), provider = excluded.provider, run_id = excluded.run_id
    WHERE p.text IS DISTINCT FROM excluded.text OR coalesce(excluded.likes, p.likes) IS DISTINCT FROM p.likes OR coalesce(excluded.reposts, p.reposts) IS DISTINCT FROM p.reposts OR coalesce(excluded.replies, p.replies) IS DISTINCT FROM p.replies
      OR coalesce(excluded.quotes, p.quotes) IS DISTINCT FROM p.quotes OR coalesce(excluded.views, p.views) IS DISTINCT FROM p.views OR (p.moved_by IS NULL AND excluded.moved_by IS NOT NULL)
    RETURNING id::text AS id, network::text AS network, external_id, moved_by`;
  const byKey = new Map(posts.map((post) => [`${post.network} ${post.external_id}`, post]));
  const moved = written.filter(({ network, external_id, moved_by }) => moved_by !== null && !movedBefore.get(`${network} ${external_id}`));
  for (const { id, network, external_id, moved_by } of moved) await tellSidecar(tx, { id, reason: moved_by!, post: byKey.get(`${network} ${external_id}`)! });
  return { changed: written.length, moved: moved.length };
}

async function storeAccounts(tx: Tx, posts: readonly Prepared[], now: Date): Promise<Map<string, string>> {
  const byKey = new Map(posts.map(({ network, handle, name }) => [`${network} ${handle}`, { network, handle, name }]));
  // In one order, so that two runs at once wait for each other and do not lock each other out.
  const keys = [...byKey.keys()].sort();
  const ids = timeOrderedIds(now, keys.length);
  const given = JSON.stringify(keys.map((key, at) => ({ id: ids[at], ...byKey.get(key)! })));
  await tx.$executeRaw`
    INSERT INTO social_account AS a (id, network, handle, name) SELECT id, network::social_network, handle, name FROM jsonb_to_recordset(${given}::jsonb) AS row (id uuid, network text, handle text, name text)
    ON CONFLICT (network, handle) DO UPDATE SET name = excluded.name WHERE excluded.name IS NOT NULL AND a.name IS DISTINCT FROM excluded.name`;
  const rows = await tx.socialAccount.findMany({ where: { OR: [...byKey.values()].map(({ network, handle }) => ({ network, handle })) }, select: { id: true, network: true, handle: true } });
  return new Map(rows.map(({ id, network, handle }) => [`${network} ${handle}`, id]));
}

/** Median engagement of each author's newest posts that are stored, and whether anybody watches. */
async function usualEngagement(tx: Tx, accountIds: readonly string[]): Promise<Map<string, { engagement: number | null; posts: number; isWatched: boolean }>> {
  const rows = await tx.$queryRaw<{ id: string; engagement: number | null; posts: number; watched: boolean }[]>`
    SELECT a.id::text AS id, usual.engagement, usual.posts, EXISTS (SELECT FROM social_watch w WHERE w.account_id = a.id) AS watched
    FROM unnest(${[...accountIds]}::uuid[]) AS a (id) CROSS JOIN LATERAL (
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY newest.engagement) AS engagement, count(*)::int AS posts
      FROM (SELECT engagement FROM social_post WHERE account_id = a.id AND engagement IS NOT NULL AND repost_of IS NULL ORDER BY posted_at DESC, id DESC LIMIT ${USUAL_OF_POSTS}) newest
    ) usual`;
  return new Map(rows.map(({ id, engagement, posts, watched }) => [id, { engagement, posts, isWatched: watched }]));
}

/** Reaches the sidecar once the transaction commits. */
async function tellSidecar(tx: Tx, { id, reason, post }: { id: string; reason: PostMove; post: Prepared }): Promise<void> {
  const alert: InfluencerAlert = {
    postId: id, network: post.network === "X" ? "x" : "truth-social", handle: post.handle, name: post.name, text: post.text.slice(0, LONGEST_TOLD), url: post.url.slice(0, LONGEST_TOLD), postedAt: post.posted_at.toISOString(), tickers: post.tickers.slice(0, 20), reason, score: post.sentiment,
  };
  await tx.$executeRaw`SELECT pg_notify(${INFLUENCER_CHANNEL}, ${JSON.stringify(alert)})`;
}
