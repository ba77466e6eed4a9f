export const POST_MOVES = ["ticker", "engagement"] as const;
export type PostMove = (typeof POST_MOVES)[number];

/** Times its author's usual engagement from which a post stands out. */
const STANDS_OUT = 3;
/** Posts from which an author's usual engagement is known. */
const POSTS_NEEDED = 10;
/** Below this even a post without comparison is no event. */
const LEAST_ENGAGEMENT = 100;

type Post = { tickers: readonly string[]; engagement: number | null; isRepost: boolean };
/** Median engagement of the author's earlier posts, and how many those are. */
type Usual = { engagement: number | null; posts: number };

/**
 * Why a post is one that its author's watchers are told of: it names a company that is stored, or it is engaged with far more than the author's posts usually are.
 * What is only passed on is the word of somebody else and moves nothing.
 *
 * @returns the reason, a named company first; null when there is none, or when too few posts are known to compare with
 *
 * Worked: no ticker, engagement 900, usual 300 of 12 posts -> "engagement"; usual 301 -> null
 */
export function postMove({ tickers, engagement, isRepost }: Post, usual: Usual): PostMove | null {
  if (isRepost) return null;
  if (tickers.length > 0) return "ticker";
  const canCompare = engagement !== null && usual.engagement !== null && usual.posts >= POSTS_NEEDED;
  return canCompare && engagement >= LEAST_ENGAGEMENT && engagement >= STANDS_OUT * usual.engagement! ? "engagement" : null;
}
