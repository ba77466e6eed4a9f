/** What wires put before a headline that they send again, and publishers after it. */
const PREFIX = /^(?:(?:update|correct(?:ed|ion)|refile|wrapup|exclusive|breaking|analysis|factbox|timeline|highlights|instant view|live|video|watch|opinion|poll|preview|scenarios|snapshot|special report|breakingviews)(?:\s*[-–]?\s*\d+)?\s*[-:–]\s*)+/i;
const SUFFIX = /\s+[-–|]\s+(?:[A-Z][\w.&']*\s?){1,4}$|:\s*(?:sources?|reports?|[A-Z]{2,6}|Bloomberg|Reuters|WSJ|FT)$/;
const COMMON = new Set(["a", "an", "and", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "its", "of", "on", "or", "s", "says", "said", "say", "that", "the", "to", "was", "were", "will", "with", "after", "over", "amid", "than", "this", "are", "but", "not", "into"]);
const BANDS = 6;
const ROWS_PER_BAND = 2;
/** Share of common words from which two headlines say the same. */
export const SAME_HEADLINE = 0.75;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** The words of a headline that tell it from others: lower case, without what wires add before and publishers after it, plural and possessive endings, and words that say nothing. */
export function telling(title: string): Set<string> {
  const bare = title.replace(PREFIX, "").replace(SUFFIX, "");
  const words = bare.toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/'s\b/g, "").match(/[\p{L}\p{N}]+(?:[.,]\d+)*%?/gu) ?? [];
  return new Set(words.filter((word) => !COMMON.has(word)).map((word) => (/^[a-z]{4,}s$/.test(word) && !word.endsWith("ss") ? word.slice(0, -1) : word)));
}

/** FNV-1a with 32 bits (Fowler, Noll, Vo, 1991) and a seed, finished as murmur3 does so that near seeds do not give near digests. */
function digest(text: string, seed: number): number {
  let hash = FNV_OFFSET ^ seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Band digests of a headline by MinHash: 6 bands of 2 minima. Headlines with Jaccard similarity J of their telling words share a band with probability
 * 1 - (1 - J^2)^6: 0.99 at J = 0.75, 0.03 at J = 0.07.
 *
 * @returns 6 non-negative integers below 2^53 in the order of the bands; none for a headline of fewer than three telling words, which is like too many others
 *
 * Source: Broder, "On the resemblance and containment of documents", 1997; Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4.
 */
export function headlineBands(title: string): number[] {
  const words = [...telling(title)];
  if (words.length < 3) return [];
  return Array.from({ length: BANDS }, (_, band) => {
    const minima = Array.from({ length: ROWS_PER_BAND }, (_row, row) => Math.min(...words.map((word) => digest(word, band * ROWS_PER_BAND + row + 1))));
    // The band's number keeps equal minima of different bands apart; 21 and 32 bits stay exact in a double.
    return ((minima[0]! ^ Math.imul(band + 1, 0x9e3779b1)) >>> 11) * 2 ** 32 + minima[1]!;
  });
}

/**
 * Jaccard similarity of the telling words of two headlines, |A and B| / |A or B|.
 *
 * @returns 0..1; 0 when either has no telling word
 * Worked: "Apple beats estimates", "UPDATE 2-Apple beats the estimates" -> 1
 */
export function headlineLikeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  let shared = 0;
  for (const word of one) if (other.has(word)) shared++;
  return shared / (one.size + other.size - shared);
}

/** The words of a headline as they are written, in lower case, from three letters on; without numbers. */
export const headlineVocabulary = (title: string): Set<string> => new Set(title.toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/'s\b/g, "").match(/\p{L}{3,40}/gu) ?? []);
