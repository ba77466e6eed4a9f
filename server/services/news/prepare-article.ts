import { createHash } from "node:crypto";
import { AppError } from "@/server/domain/app-error";
import { canonicalUrl } from "@/server/domain/news/canonical-url";
import { mentionedTickers, type CompanyIndex } from "@/server/domain/news/company-mentions";
import { headlineBands, telling } from "@/server/domain/news/headline-likeness";
import { headlineSentiment } from "@/server/domain/news/headline-sentiment";
import { headlineTopics, namedPeople, type Category } from "@/server/domain/news/headline-topics";

const LONGEST_TITLE = 500;
const LONGEST_SUMMARY = 2_000;
/** Older than any feed, and where instants still have four digits of a year. */
const FIRST_YEAR = 1970;
const DAY_MS = 86_400_000;

/** An article as a vendor, a feed or a file gives it. */
export type ArticleToStore = {
  source: { name: string; kind: "FEED" | "VENDOR" | "IMPORT"; homepage?: string | null };
  url: string | null;
  title: string;
  summary: string | null;
  publishedAt: Date;
  /** False where a date alone is known. */
  hasTime: boolean;
  /** Named by the vendor; unknown ones are left out. */
  tickers: readonly string[];
  /** The vendor's own judgement, where it gives one. */
  sentiment: { score: number; confidence: number } | null;
};

export type PreparedArticle = {
  source: ArticleToStore["source"];
  sourceKey: string;
  key: string;
  url: string | null;
  title: string;
  summary: string | null;
  publishedAt: Date;
  hasTime: boolean;
  category: Category;
  bands: number[];
  words: ReadonlySet<string>;
  sentiment: { score: number; confidence: number; method: "lexicon" | "vendor" } | null;
  tags: { kind: "TICKER" | "PERSON" | "TOPIC" | "NODE"; value: string }[];
};

/** Feeds put markup and entities into titles; what is stored is the text that a reader sees. */
export function plainText(text: string): string {
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", ndash: "–", mdash: "—", hellip: "…", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”" };
  const decode = (part: string) =>
    part.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, code: string) => {
      if (!code.startsWith("#")) return named[code.toLowerCase()] ?? whole;
      const point = /^#x/i.test(code) ? Number.parseInt(code.slice(2), 16) : Number(code.slice(1));
      return point > 31 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) ? String.fromCodePoint(point) : " ";
    });
  // Control and formatting characters would hide or turn what is shown.
  return decode(text.replace(/<[^<>]{0,400}>/g, " ")).replace(/[\p{Cc}\p{Cs}\p{Co}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, " ").replace(/\s+/g, " ").trim();
}

/** The publisher's name in lower case, words joined by dashes. */
export const sourceKeyOf = (name: string): string => name.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "unknown";

const digestOf = (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 22);

function sentimentOf(title: string, vendor: ArticleToStore["sentiment"]): PreparedArticle["sentiment"] {
  if (vendor && Math.abs(vendor.score) <= 1 && vendor.confidence >= 0 && vendor.confidence <= 1) return { ...vendor, method: "vendor" };
  const read = headlineSentiment(title);
  return read && { score: read.score, confidence: read.confidence, method: "lexicon" };
}

/**
 * What is stored of an article: address and text in their plain forms, its key within the source, what it speaks of and how.
 *
 * @throws AppError INVALID_INPUT when it has no title, no usable date, or an address no browser should be sent to
 */
export function prepareArticle(article: ArticleToStore, { companies, now }: { companies: CompanyIndex; now: Date }): PreparedArticle {
  const title = plainText(article.title).slice(0, LONGEST_TITLE);
  if (title === "") throw new AppError("INVALID_INPUT", "An article needs a title", { field: "title" });
  const time = article.publishedAt.getTime();
  // A clock that runs a day ahead is a time zone mistaken; beyond that the date is wrong.
  if (Number.isNaN(time) || article.publishedAt.getUTCFullYear() < FIRST_YEAR || time > now.getTime() + DAY_MS) throw new AppError("INVALID_INPUT", "The date of the article is not usable", { field: "publishedAt" });
  const url = article.url ? canonicalUrl(article.url) : null;
  const tickers = [...new Set([...article.tickers.filter((ticker) => companies.tickers.has(ticker)), ...mentionedTickers(title, companies)])];
  const { topics, nodes, category } = headlineTopics(title, tickers.length > 0);
  return {
    source: article.source,
    sourceKey: sourceKeyOf(article.source.name),
    key: digestOf(url ?? `${article.publishedAt.toISOString().slice(0, 10)} ${title.toLowerCase()}`),
    url,
    title,
    summary: article.summary === null ? null : plainText(article.summary).slice(0, LONGEST_SUMMARY) || null,
    publishedAt: article.publishedAt,
    hasTime: article.hasTime,
    category,
    bands: headlineBands(title),
    words: telling(title),
    sentiment: sentimentOf(title, article.sentiment),
    tags: [
      ...tickers.map((value) => ({ kind: "TICKER" as const, value })),
      ...namedPeople(title).map((value) => ({ kind: "PERSON" as const, value })),
      ...topics.map((value) => ({ kind: "TOPIC" as const, value })),
      ...[...nodes, ...tickers.map((ticker) => `company:${ticker}`)].map((value) => ({ kind: "NODE" as const, value })),
    ],
  };
}
