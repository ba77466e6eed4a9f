import type { SocialPostRow } from "./capabilities";
import { newsSpan } from "./news-span";

/** Newest first, each post once, not older than was asked for. */
export function newestPosts(rows: readonly SocialPostRow[], { from, limit }: { from?: string; limit: number }): SocialPostRow[] {
  const { fromMs } = newsSpan({ from });
  return [...new Map(rows.map((row) => [row.externalId, row])).values()]
    .filter(({ postedAt }) => Date.parse(postedAt) >= fromMs)
    .sort((a, b) => (a.postedAt === b.postedAt ? 0 : a.postedAt < b.postedAt ? 1 : -1))
    .slice(0, limit);
}
