import { z } from "zod";
import { CATEGORIES, TOPICS } from "@/server/domain/news/headline-topics";
import { SENTIMENT_LABELS } from "@/server/domain/news/headline-sentiment";
import { isoDate, pageInput, pageOf, ticker } from "./common";
import { quote } from "./market";

export const newsCategory = z.enum(CATEGORIES);
export const newsTopic = z.enum(TOPICS);
export const sentimentLabel = z.enum(SENTIMENT_LABELS);
/** Who judged: our lexicon, the vendor that brought the article, or the model of the AI settings. */
export const SENTIMENT_METHODS = ["lexicon", "vendor", "model"] as const;

/** -1 (bad for what is spoken of) to 1 (good). */
export const articleSentiment = z.object({ score: z.number(), confidence: z.number(), label: sentimentLabel, method: z.enum(SENTIMENT_METHODS) });
export type ArticleSentimentDto = z.infer<typeof articleSentiment>;

/** A headline in pieces, so that no markup is needed to show what was found in it. */
export const highlightPiece = z.object({ text: z.string(), isHit: z.boolean() });

export const article = z.object({
  id: z.uuid(),
  title: z.string(),
  summary: z.string().nullable(),
  /** Null where the source gave none. Always https. */
  url: z.string().nullable(),
  source: z.object({ key: z.string(), name: z.string() }),
  /** ISO 8601; a date alone where the source gave no time. */
  publishedAt: z.string(),
  category: newsCategory,
  topics: z.array(newsTopic),
  tickers: z.array(z.string()),
  people: z.array(z.string()),
  /** Keys of graph nodes: driver:oil, sector:BANKING. */
  nodes: z.array(z.string()),
  /** Null where no evidence was found. */
  sentiment: articleSentiment.nullable(),
  /** How many later articles said nearly the same. */
  copies: z.number().int(),
  /** Vendor or import that brought the article. */
  provider: z.string(),
});
export type ArticleDto = z.infer<typeof article>;

const newsFilter = z.object({
  /** Source key. */
  source: z.string().trim().max(80).nullish(),
  category: newsCategory.nullish(),
  topic: newsTopic.nullish(),
  ticker: ticker.nullish(),
  person: z.string().trim().max(80).nullish(),
  /** Key of a graph node. */
  node: z.string().trim().max(80).nullish(),
  sentiment: sentimentLabel.nullish(),
  /** Inclusive days in UTC. */
  from: isoDate.nullish(),
  to: isoDate.nullish(),
});
export type NewsFilter = z.infer<typeof newsFilter>;

export const listNewsInput = pageInput.extend(newsFilter.shape);
export type ListNewsInput = z.infer<typeof listNewsInput>;
export const newsPage = pageOf(article);
export const listCompanyNewsInput = pageInput.extend({ ticker, sentiment: sentimentLabel.nullish(), from: isoDate.nullish(), to: isoDate.nullish() });
export type ListCompanyNewsInput = z.infer<typeof listCompanyNewsInput>;
export const listEarningsNewsInput = pageInput.extend({ ticker: ticker.nullish(), from: isoDate.nullish(), to: isoDate.nullish() });

export const NEWS_SORTS = ["relevance", "newest"] as const;
export const searchNewsInput = pageInput.extend(newsFilter.shape).extend({
  /** Words, "a phrase", -without, begin* ; all words must be there. */
  query: z.string().trim().min(1).max(200),
  sort: z.enum(NEWS_SORTS).default("relevance"),
});
export type SearchNewsInput = z.infer<typeof searchNewsInput>;
export const newsHit = article.extend({ titlePieces: z.array(highlightPiece), summaryPieces: z.array(highlightPiece).nullable() });
export type NewsHitDto = z.infer<typeof newsHit>;
export const newsHits = pageOf(newsHit).extend({
  /** What was searched for instead, when nothing is written as typed. */
  correctedTo: z.string().nullable(),
  /** The best were sought among the newest hits alone: there are older ones. */
  isCut: z.boolean(),
});

export const newsSourceRow = z.object({ key: z.string(), name: z.string(), kind: z.enum(["FEED", "VENDOR", "IMPORT"]), homepage: z.string().nullable(), articles: z.number().int(), firstAt: z.string().nullable(), lastAt: z.string().nullable() });
export const newsSources = z.object({ items: z.array(newsSourceRow) });

export const newsStatsInput = z.object({ from: isoDate.nullish(), to: isoDate.nullish(), ticker: ticker.nullish(), category: newsCategory.nullish() });
export const newsDay = z.object({ date: isoDate, articles: z.number().int(), positive: z.number().int(), neutral: z.number().int(), negative: z.number().int(), /** Mean score of the judged; null where none was. */ score: z.number().nullable() });
/** Days with articles, oldest first; a day of the window without one is not listed. */
export const newsStats = z.object({ from: isoDate, to: isoDate, days: z.array(newsDay) });
export type NewsStatsDto = z.infer<typeof newsStats>;

export const newsSentimentInput = z.object({ ticker: ticker.nullish(), topic: newsTopic.nullish(), node: z.string().trim().max(80).nullish(), days: z.coerce.number().int().min(1).max(3_650).default(30) });
export const newsSentiment = z.object({
  from: isoDate,
  to: isoDate,
  articles: z.number().int(),
  judged: z.number().int(),
  /** Mean score weighted by confidence; null without a judged article. */
  score: z.number().nullable(),
  label: sentimentLabel.nullable(),
  shares: z.object({ positive: z.number(), neutral: z.number(), negative: z.number() }).nullable(),
  /** The topics spoken of most, with their own mean score. */
  topics: z.array(z.object({ topic: newsTopic, articles: z.number().int(), score: z.number().nullable() })),
  /** Of how the score is made, and how well it does on a labelled set. */
  method: z.object({ name: z.enum(SENTIMENT_METHODS), accuracy: z.number(), macroF1: z.number(), labelled: z.number().int() }),
});
export type NewsSentimentDto = z.infer<typeof newsSentiment>;

export const newsHealth = z.object({
  articles: z.number().int(),
  sources: z.number().int(),
  newestAt: z.string().nullable(),
  /** Articles of the last 24 hours, and the seven days before that on average. */
  lastDay: z.number().int(),
  usualDay: z.number(),
  withSentiment: z.number(),
  withTicker: z.number(),
  duplicates: z.number(),
  /** What brings news, and when it last did. */
  feeds: z.array(z.object({ provider: z.string(), lastRunAt: z.string().nullable(), status: z.enum(["RUNNING", "SUCCEEDED", "FAILED"]).nullable(), received: z.number().int(), changed: z.number().int(), error: z.string().nullable() })),
});
export type NewsHealthDto = z.infer<typeof newsHealth>;

export const moversNewsInput = z.object({ limit: z.coerce.number().int().min(1).max(50).default(12) });
export type MoversNewsInput = z.infer<typeof moversNewsInput>;
export const moversNews = z.object({
  /** The newest session of which bars are stored; null without one. */
  session: isoDate.nullable(),
  /** First day of the articles. */
  from: isoDate.nullable(),
  /** Largest move first; whether it was recorded or simulated stands in the quote. */
  items: z.array(z.object({ symbol: z.string(), name: z.string(), quote, articles: z.array(article) })),
});
export type MoversNewsDto = z.infer<typeof moversNews>;

export const articleIdInput = z.object({ id: z.uuid() });
export const similarInput = articleIdInput.extend({ limit: z.coerce.number().int().min(1).max(20).default(8) });
export const articleList = z.object({ items: z.array(article) });
