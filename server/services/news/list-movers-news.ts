import type { MoversNewsDto, MoversNewsInput } from "@/server/contracts/news";
import { addDays, tradingDate } from "@/server/domain/calendar/trading-date";
import { sqlPart } from "@/server/platform/sql-part";
import type { Ctx } from "@/server/services/ctx";
import { loadMovers } from "@/server/services/market/list-movers";
import { loadArticles } from "./article-rows";

/** A weekend lies between what is written on Friday night and Monday's session. */
const DAYS_BEFORE = 3;
const ARTICLES_EACH = 3;

/** The shares that moved most in the newest stored session, whichever way, with what was written on them since three days before it. A move without a word on it says so by an empty list. */
export async function listMoversNews(ctx: Ctx, { limit }: MoversNewsInput): Promise<MoversNewsDto> {
  const movers = (await loadMovers(ctx)).filter(({ quote }) => quote.change !== null && quote.change !== 0).sort((a, b) => Math.abs(b.quote.change!) - Math.abs(a.quote.change!) || (a.symbol < b.symbol ? -1 : 1)).slice(0, limit);
  const session = movers[0]?.quote.time.slice(0, 10) ?? null;
  if (session === null) return { session, from: null, items: [] };
  const from = addDays(tradingDate(session), -DAYS_BEFORE);
  const rows = await ctx.db.$queryRaw<{ ticker: string; ids: string[] }[]>`
    SELECT mover.ticker, ARRAY(
      SELECT a.id::text FROM article_tag t JOIN article a ON a.id = t.article_id
      WHERE t.kind = 'TICKER' AND t.value = mover.ticker AND t.published_at >= ${from}::date AND t.published_at < ${session}::date + 2 AND a.duplicate_of_id IS NULL
      ORDER BY t.published_at DESC, t.article_id DESC LIMIT ${ARTICLES_EACH}
    ) AS ids FROM unnest(${sqlPart`${movers.map(({ symbol }) => symbol)}::text[]`}) AS mover (ticker)`;
  const articles = new Map((await loadArticles(ctx, rows.flatMap(({ ids }) => ids))).map((article) => [article.id, article]));
  const byTicker = new Map(rows.map(({ ticker, ids }) => [ticker, ids.flatMap((id) => articles.get(id) ?? [])]));
  return { session, from, items: movers.map((mover) => ({ symbol: mover.symbol, name: mover.name, quote: mover.quote, articles: byTicker.get(mover.symbol) ?? [] })) };
}
