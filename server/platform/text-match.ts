import { Prisma } from "@/prisma/generated/client";

/** Share of a query's trigrams that a name must have to count as a mistyped hit. Lower, and a word finds names that merely share some letters with it. */
const TYPO_SIMILARITY = 0.4;

/** How many to offer when nothing is called what was asked for. */
const OFFERED = 5;

const nearnessTo = (text: string) => Prisma.sql`greatest(word_similarity(${text}, lower(words)), similarity(${text}, lower(id)))`;

/**
 * How well rows with the columns `id` and `words` match a text that somebody typed, for a query: `scores` gives the columns `hit` (5: the identifier itself, 4: its
 * beginning, 3: the first word, 2: a later word, 1: within a word, 0: not at all) and `nearness` (0 to 1, of the spelling); `matches` keeps hits and mistyped ones;
 * `bestFirst` begins the order, which the caller makes total.
 */
export function textMatch(typed: string): { scores: Prisma.Sql; matches: Prisma.Sql; bestFirst: Prisma.Sql } {
  const text = typed.toLowerCase();
  return {
    scores: Prisma.sql`
      CASE WHEN lower(id) = ${text} THEN 5
           WHEN starts_with(lower(id), ${text}) THEN 4
           WHEN starts_with(lower(words), ${text}) THEN 3
           WHEN strpos(lower(words), ' ' || ${text}) > 0 THEN 2
           WHEN strpos(lower(words), ${text}) > 0 THEN 1
           ELSE 0 END AS hit,
      ${nearnessTo(text)} AS nearness`,
    matches: Prisma.sql`(hit > 0 OR nearness >= ${TYPO_SIMILARITY})`,
    bestFirst: Prisma.sql`hit DESC, nearness DESC`,
  };
}

/** Ends a query for `id` over rows with `id` and `words`: the few that were perhaps meant, those that begin alike before those spelt alike. */
export function perhapsMeant(wanted: string): Prisma.Sql {
  const text = wanted.toLowerCase();
  return Prisma.sql`
    ORDER BY (starts_with(lower(id), ${text}) OR starts_with(${text}, lower(id)))::int + ${nearnessTo(text)} DESC, id
    LIMIT ${OFFERED}`;
}
