import type { ArticleDto } from "@/server/contracts/news";
import { AppError } from "@/server/domain/app-error";
import { headlineLikeness, telling } from "@/server/domain/news/headline-likeness";
import { toTsquery } from "@/server/domain/news/search-terms";
import type { Ctx } from "@/server/services/ctx";
import { loadArticles } from "./article-rows";

/** Candidates among which the likest are chosen. */
const CANDIDATES = 200;
const WORDS_ASKED = 8;

/** One article. */
export async function getArticle(ctx: Ctx, { id }: { id: string }): Promise<ArticleDto> {
  const [article] = await loadArticles(ctx, [id]);
  if (!article) throw new AppError("NOT_FOUND", "No such article is stored", { field: "id" });
  return article;
}

/** Articles that share the most telling words with one, near-identical copies among them; each weighs by how rare its shared words are in headlines. */
export async function listSimilarArticles(ctx: Ctx, { id, limit }: { id: string; limit: number }): Promise<{ items: ArticleDto[] }> {
  const { title } = await getArticle(ctx, { id });
  const words = [...telling(title)].filter((word) => /^\p{L}{3,}$/u.test(word));
  if (words.length === 0) return { items: [] };
  // The rarest words tell what an article is about; common ones would bring thousands.
  const rare = await ctx.db.$queryRaw<{ word: string }[]>`SELECT word FROM news_word WHERE word = ANY(${words}::text[]) ORDER BY articles, word LIMIT ${WORDS_ASKED}`;
  const asked = rare.length > 0 ? rare.map(({ word }) => word) : words.slice(0, WORDS_ASKED);
  const query = asked.map((word) => toTsquery([{ words: [word], isPrefix: false, isExcluded: false }])).join(" | ");
  const rows = await ctx.db.$queryRaw<{ id: string; title: string; rank: number }[]>`
    SELECT a.id::text AS id, a.title, ts_rank(a.search, to_tsquery('english', ${query}))::float8 AS rank
    FROM article a WHERE a.search @@ to_tsquery('english', ${query}) AND a.id <> ${id}::uuid ORDER BY rank DESC, a.published_at DESC, a.id LIMIT ${CANDIDATES}`;
  const mine = telling(title);
  const likest = rows.map((row) => ({ ...row, likeness: headlineLikeness(mine, telling(row.title)) })).sort((a, b) => b.likeness - a.likeness || b.rank - a.rank).slice(0, limit);
  return { items: await loadArticles(ctx, likest.map((row) => row.id)) };
}
