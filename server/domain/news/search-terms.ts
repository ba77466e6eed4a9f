/** One thing that must, or must not, stand in what is found: a word, a phrase of several in this order, or the beginning of a word. */
export type SearchTerm = { words: string[]; isPrefix: boolean; isExcluded: boolean };

const MOST_TERMS = 12;
const SHORTEST_PREFIX = 2;

/**
 * What somebody typed into a search: words, "a phrase", -without, begin*. Everything else of the punctuation separates words.
 *
 * @returns at most 12 terms in the order typed; none when no letter or digit was typed, or when all are excluded
 * Worked: '"rate cut" -fed semicond*' -> rate cut (phrase), not fed, semicond (prefix)
 */
export function searchTerms(typed: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const [, minus, phrase, word] of typed.toLowerCase().matchAll(/(?<![\p{L}\p{N}])(-?)(?:"([^"]*)"?|([^\s"]+))/gu)) {
    const words = (phrase ?? word ?? "").match(/[\p{L}\p{N}]+/gu) ?? [];
    if (words.length === 0) continue;
    const isPrefix = phrase === undefined && word!.endsWith("*") && words.at(-1)!.length >= SHORTEST_PREFIX;
    // "S&P" and "buy-back" are written together: their parts stand side by side.
    terms.push({ words, isPrefix, isExcluded: minus === "-" });
  }
  const kept = terms.slice(0, MOST_TERMS);
  return kept.some(({ isExcluded }) => !isExcluded) ? kept : [];
}

/** The terms in the language of PostgreSQL's to_tsquery; only letters, digits and its own operators. */
export const toTsquery = (terms: readonly SearchTerm[]): string =>
  terms.map(({ words, isPrefix, isExcluded }) => `${isExcluded ? "!" : ""}(${words.map((word, at) => (isPrefix && at === words.length - 1 ? `${word}:*` : word)).join(" <-> ")})`).join(" & ");

/** The terms as one would type them. */
export const typedAs = (terms: readonly SearchTerm[]): string =>
  terms.map(({ words, isPrefix, isExcluded }) => `${isExcluded ? "-" : ""}${words.length > 1 ? `"${words.join(" ")}"` : words[0]}${isPrefix ? "*" : ""}`).join(" ");
