import type { z } from "zod";
import type { NewsHitDto, newsHits, SearchNewsInput } from "@/server/contracts/news";
import { AppError } from "@/server/domain/app-error";
import { searchTerms, toTsquery, typedAs, type SearchTerm } from "@/server/domain/news/search-terms";
import { sqlPart, type SqlPart } from "@/server/platform/sql-part";
import type { Ctx } from "@/server/services/ctx";
import { decodeCursor, encodeCursor, uuidOfCursor } from "@/server/services/market/list-cursor";
import { articleColumns, newsConditions, toArticle, type ArticleRow } from "./article-rows";

/**
 * Ranking every hit of a common word among 170,000 headlines takes ten times as long as ranking the newest of them. Where one word is sought, headlines hardly differ
 * in how well they hold it, and the newest few are as good as any.
 */
const RANKED_HITS = { oneWord: 200, several: 1_000 } as const;
/** Share of letter triples from which a word of the headlines may be what was meant. */
const TYPO_SIMILARITY = 0.35;
/** Of the private use area, which stored text never holds; they mark hits between database and contract. */
const [HIT_BEGINS, HIT_ENDS] = ["\uE000", "\uE001"];
const HEADLINE_OPTIONS = `StartSel=${HIT_BEGINS}, StopSel=${HIT_ENDS}, HighlightAll=true`;

type HitRow = ArticleRow & { rank: number; total: number; marked_title: string; marked_summary: string | null };
type Page = { conditions: SqlPart; after: { rank: number; at: Date; id: string } | null; byRank: boolean; take: number };

/** Cursor of a ranked list: rank, instant and id in one key, so that equal ranks go on by time. */
function decodeRankCursor(cursor: string, list: string): { rank: number; at: Date; id: string } {
  const { key, id } = decodeCursor(cursor, list);
  const [rank, at] = typeof key === "string" ? key.split(" ") : [];
  const place = { rank: Number(rank), at: new Date(at ?? Number.NaN), id: uuidOfCursor(id) };
  if (rank === undefined || rank === "" || !Number.isFinite(place.rank) || Number.isNaN(place.at.getTime()) || place.at.getUTCFullYear() < 1970 || place.at.getUTCFullYear() > 9999) {
    throw new AppError("INVALID_INPUT", "This cursor is not one of this list; start again without it", { field: "cursor" });
  }
  return place;
}

/** Words that must be left out bring hits no nearer to each other. */
const rankedHits = (terms: readonly SearchTerm[]) => (terms.filter(({ isExcluded }) => !isExcluded).flatMap(({ words }) => words).length === 1 ? RANKED_HITS.oneWord : RANKED_HITS.several);

/** One page of the newest hits, best or newest first, in one round trip. */
function findHits(ctx: Ctx, terms: readonly SearchTerm[], { conditions, after, byRank, take }: Page): Promise<HitRow[]> {
  const query = sqlPart`to_tsquery('english', ${toTsquery(terms)})`;
  const isAfter = after === null ? sqlPart`true` : byRank ? sqlPart`(rank, at, id) < (${after.rank}::float8, ${after.at}::timestamptz, ${after.id}::uuid)` : sqlPart`(at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`;
  const isBefore = after === null || byRank ? sqlPart`true` : sqlPart`(a.published_at, a.id) < (${after.at}::timestamptz, ${after.id}::uuid)`;
  const rank = byRank ? sqlPart`ts_rank_cd(a.search, ${query})::float8` : sqlPart`0::float8`;
  return ctx.db.$queryRaw<HitRow[]>`
    WITH hit AS MATERIALIZED (
      SELECT a.id, a.published_at AS at, ${rank} AS rank FROM article a WHERE a.search @@ ${query} AND ${conditions} AND ${isBefore} ORDER BY a.published_at DESC, a.id DESC LIMIT ${byRank ? rankedHits(terms) : take}
    ), page AS (
      SELECT id, rank, at, (SELECT count(*)::int FROM hit) AS total FROM hit WHERE ${isAfter} ORDER BY rank DESC, at DESC, id DESC LIMIT ${take}
    )
    SELECT ${articleColumns}, page.rank, page.total, ts_headline('english', a.title, ${query}, ${HEADLINE_OPTIONS}) AS marked_title, ts_headline('english', a.summary, ${query}, ${HEADLINE_OPTIONS}) AS marked_summary
    FROM page JOIN article a ON a.id = page.id JOIN news_source s ON s.id = a.source_id ORDER BY page.rank DESC, page.at DESC, page.id DESC`;
}

/** The terms with every word that stands in no headline replaced by the one most like it; null when there is nothing to replace or nothing like it. */
async function corrected(ctx: Ctx, terms: readonly SearchTerm[]): Promise<SearchTerm[] | null> {
  const words = [...new Set(terms.filter(({ isPrefix, isExcluded }) => !isPrefix && !isExcluded).flatMap((term) => term.words))];
  const near = await ctx.db.$queryRaw<{ typed: string; word: string | null }[]>`
    SELECT typed, (SELECT word FROM news_word w WHERE w.word % typed AND similarity(w.word, typed) >= ${TYPO_SIMILARITY} ORDER BY similarity(w.word, typed) DESC, w.articles DESC, w.word LIMIT 1) AS word
    FROM unnest(${words}::text[]) AS typed WHERE typed !~ '^[0-9]+$' AND NOT EXISTS (SELECT FROM news_word w WHERE w.word = typed)`;
  const better = new Map(near.flatMap(({ typed, word }) => (word === null ? [] : [[typed, word] as const])));
  return better.size === 0 ? null : terms.map((term) => ({ ...term, words: term.words.map((word) => better.get(word) ?? word) }));
}

const pieces = (marked: string) =>
  marked.split(HIT_BEGINS!).flatMap((part, at) => {
    const [hit, rest] = at === 0 ? ["", part] : (part.split(HIT_ENDS!) as [string, string | undefined]);
    return [{ text: hit, isHit: true }, { text: rest ?? "", isHit: false }].filter(({ text }) => text !== "");
  });

const toHit = (row: HitRow): NewsHitDto => ({ ...toArticle(row), titlePieces: pieces(row.marked_title), summaryPieces: row.marked_summary === null ? null : pieces(row.marked_summary) });

/**
 * Headlines that hold all that was typed, best first (cover density over the newest hits, 1,000 of them or 200 of a single word, the title before the summary) or newest first. Where nothing is
 * written as typed, the words most like it are searched for and named.
 */
export async function searchNews(ctx: Ctx, { query, sort, limit, cursor, ...filter }: SearchNewsInput): Promise<z.infer<typeof newsHits>> {
  const list = `news ${sort}`;
  const after = cursor ? decodeRankCursor(cursor, list) : null;
  const page = { conditions: newsConditions(filter), after, byRank: sort === "relevance", take: limit + 1 };
  let terms = searchTerms(query);
  if (terms.length === 0) throw new AppError("INVALID_INPUT", "Type a word to search for; words with a minus only leave out", { field: "query" });
  let hits = await findHits(ctx, terms, page);
  let correctedTo: string | null = null;
  if (hits.length === 0) {
    const better = await corrected(ctx, terms);
    if (better) {
      hits = await findHits(ctx, better, page);
      if (hits.length > 0) [terms, correctedTo] = [better, typedAs(better)];
    }
  }
  const shown = hits.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toHit),
    nextCursor: last && hits.length > limit ? encodeCursor({ list, key: `${last.rank} ${last.published_at.toISOString()}`, id: last.id }) : null,
    correctedTo,
    isCut: sort === "relevance" && (shown[0]?.total ?? 0) >= rankedHits(terms),
  };
}
