import type { Ctx } from "@/server/services/ctx";

/** Share of a query's trigrams that a name must have to count as a mistyped hit. */
const TYPO_SIMILARITY = 0.35;

/** Tickers that match a text, with their rank from 1: the exact ticker, then its beginning, then the name, then names that are nearly so. */
export async function searchCompanies(ctx: Ctx, search: string): Promise<ReadonlyMap<string, number>> {
  const text = search.toLowerCase();
  const rows = await ctx.db.$queryRaw<{ ticker: string }[]>`
    SELECT ticker FROM (
      SELECT ticker,
             CASE WHEN lower(ticker) = ${text} THEN 5
                  WHEN starts_with(lower(ticker), ${text}) THEN 4
                  WHEN starts_with(lower(name), ${text}) THEN 3
                  WHEN strpos(lower(name), ' ' || ${text}) > 0 THEN 2
                  WHEN strpos(lower(name), ${text}) > 0 THEN 1
                  ELSE 0 END AS hit,
             greatest(word_similarity(${text}, lower(name)), similarity(${text}, lower(ticker))) AS nearness
      FROM company
    ) scored
    WHERE hit > 0 OR nearness >= ${TYPO_SIMILARITY}
    ORDER BY hit DESC, nearness DESC, ticker`;
  return new Map(rows.map(({ ticker }, index) => [ticker, index + 1]));
}

/** Up to five tickers that were perhaps meant. */
export async function nearTickers(ctx: Ctx, wanted: string): Promise<string[]> {
  const text = wanted.toLowerCase();
  const rows = await ctx.db.$queryRaw<{ ticker: string }[]>`
    SELECT ticker FROM company
    ORDER BY (starts_with(lower(ticker), ${text}) OR starts_with(${text}, lower(ticker)))::int + greatest(similarity(${text}, lower(ticker)), word_similarity(${text}, lower(name))) DESC, ticker
    LIMIT 5`;
  return rows.map(({ ticker }) => ticker);
}
