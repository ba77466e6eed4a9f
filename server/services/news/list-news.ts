import type { z } from "zod";
import type { ListCompanyNewsInput, ListNewsInput, newsPage } from "@/server/contracts/news";
import { AppError } from "@/server/domain/app-error";
import type { Category } from "@/server/domain/news/headline-topics";
import { sqlPart } from "@/server/platform/sql-part";
import type { Ctx } from "@/server/services/ctx";
import { decodeTimeCursor, encodeCursor } from "@/server/services/market/list-cursor";
import { nearTickers } from "@/server/services/market/search-companies";
import { loadArticles, newsConditions } from "./article-rows";

const LIST = "news";
const TAG_FILTERS = [["ticker", "TICKER"], ["person", "PERSON"], ["node", "NODE"], ["topic", "TOPIC"]] as const;

/** Categories that are about money, and not about the world around it. */
export const FINANCIAL: readonly Category[] = ["company", "markets", "macro", "deals", "crypto"];

/** Articles that pass a filter, newest first; of near-identical ones the first. With `among` those of these categories alone. */
export async function listNews(ctx: Ctx, { limit, cursor, ...filter }: ListNewsInput, { among }: { among?: readonly Category[] } = {}): Promise<z.infer<typeof newsPage>> {
  const after = cursor ? decodeTimeCursor(cursor, LIST) : null;
  // A tag's own index is in the order of the list, so a rare company's page is read from there and not found by going through all articles.
  const tag = TAG_FILTERS.find(([name]) => filter[name]);
  const place = tag ? sqlPart`(t.published_at, t.article_id)` : sqlPart`(a.published_at, a.id)`;
  const from = tag ? sqlPart`article_tag t JOIN article a ON a.id = t.article_id` : sqlPart`article a`;
  const tagged = tag ? sqlPart`t.kind = ${tag[1]}::article_tag_kind AND t.value = ${filter[tag[0]]}` : sqlPart`true`;
  const order = tag ? sqlPart`t.published_at DESC, t.article_id DESC` : sqlPart`a.published_at DESC, a.id DESC`;
  const rows = await ctx.db.$queryRaw<{ id: string; at: Date }[]>`
    SELECT a.id::text AS id, a.published_at AS at FROM ${from}
    WHERE ${tagged} AND ${among ? sqlPart`a.category = ANY(${[...among]}::text[])` : sqlPart`true`} AND ${newsConditions({ ...filter, ...(tag ? { [tag[0]]: null } : {}) })} AND ${after ? sqlPart`${place} < (${after.at}::timestamptz, ${after.id}::uuid)` : sqlPart`true`}
    ORDER BY ${order} LIMIT ${limit + 1}`;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: await loadArticles(ctx, shown.map(({ id }) => id)), nextCursor: last && rows.length > limit ? encodeCursor({ list: LIST, key: last.at.toISOString(), id: last.id }) : null };
}

/** Articles that name a company, newest first. Throws NOT_FOUND for a company that is not stored. */
export async function listCompanyNews(ctx: Ctx, input: ListCompanyNewsInput): Promise<z.infer<typeof newsPage>> {
  if ((await ctx.db.company.count({ where: { ticker: input.ticker } })) === 0) throw new AppError("NOT_FOUND", `No company ${input.ticker} is stored`, { field: "ticker", suggestions: await nearTickers(ctx, input.ticker) });
  return listNews(ctx, input);
}
