import { z } from "zod";
import { SENTIMENT_LABELS } from "@/server/domain/news/headline-sentiment";
import { POST_MOVES } from "@/server/domain/news/post-move";
import { SOCIAL_NETWORKS, type SocialNetworkName } from "@/server/domain/notification/notification-content";
import { isoDate, pageInput, pageOf, ticker } from "./common";
import { articleSentiment, newsTopic, sentimentLabel } from "./news";

export { SOCIAL_NETWORKS, type SocialNetworkName };
export const socialNetwork = z.enum(SOCIAL_NETWORKS);
/** With or without the @, in any case. */
export const socialHandle = z.string().trim().toLowerCase().transform((text) => text.replace(/^@/, "")).pipe(z.string().regex(/^[a-z0-9_.]{1,40}$/, "A handle has up to 40 letters, digits, dots or underscores"));

const count = z.number().int().nullable();

export const socialPost = z.object({
  id: z.uuid(),
  network: socialNetwork,
  author: z.object({ handle: z.string(), name: z.string().nullable() }),
  text: z.string(),
  /** Always https. */
  url: z.string(),
  postedAt: z.iso.datetime(),
  language: z.string().nullable(),
  /** Null where the network does not tell it. */
  likes: count, reposts: count, replies: count, quotes: count, views: count,
  /** Likes and replies, and twice those who passed it on; null where none of them is known. */
  engagement: count,
  isRepost: z.boolean(),
  tickers: z.array(z.string()),
  people: z.array(z.string()),
  topics: z.array(newsTopic),
  /** Null where no evidence was found. */
  sentiment: articleSentiment.nullable(),
  /** Why its author's watchers were told of it. */
  movedBy: z.enum(POST_MOVES).nullable(),
  provider: z.string(),
});
export type SocialPostDto = z.infer<typeof socialPost>;

export const SOCIAL_SORTS = ["newest", "engagement"] as const;
export const listSocialInput = pageInput.extend({
  network: socialNetwork.nullish(),
  handle: socialHandle.nullish(),
  ticker: ticker.nullish(),
  sentiment: sentimentLabel.nullish(),
  /** Inclusive days in UTC. */
  from: isoDate.nullish(),
  to: isoDate.nullish(),
  sort: z.enum(SOCIAL_SORTS).default("newest"),
});
export type ListSocialInput = z.infer<typeof listSocialInput>;
export const socialPage = pageOf(socialPost);

export const socialAnalysisInput = z.object({ network: socialNetwork.nullish(), ticker: ticker.nullish(), days: z.coerce.number().int().min(1).max(365).default(7) });
export type SocialAnalysisInput = z.infer<typeof socialAnalysisInput>;
export const socialAnalysis = z.object({
  /** The days up to the newest post; null where none is stored. */
  from: isoDate.nullable(),
  to: isoDate.nullable(),
  posts: z.number().int(),
  authors: z.number().int(),
  judged: z.number().int(),
  /** Mean score of the judged, each counted once. */
  score: z.number().nullable(),
  /** Mean score weighted by confidence times ln(1 + engagement); null without a judged post whose engagement is known. */
  weightedScore: z.number().nullable(),
  label: z.enum(SENTIMENT_LABELS).nullable(),
  /** Judged posts whose engagement is not known, which the weighted score leaves out. */
  unweighted: z.number().int(),
  tickers: z.array(z.object({ ticker: z.string(), posts: z.number().int(), score: z.number().nullable() })),
  byAuthor: z.array(z.object({ network: socialNetwork, handle: z.string(), name: z.string().nullable(), posts: z.number().int(), engagement: count, score: z.number().nullable() })),
  mostEngaged: z.array(socialPost),
});
export type SocialAnalysisDto = z.infer<typeof socialAnalysis>;

export const watchInput = z.strictObject({ network: socialNetwork, handle: socialHandle });
export type WatchInput = z.infer<typeof watchInput>;
/** Accounts that one person watches at most. */
export const WATCHED_AT_MOST = 50;
export const watchedAccount = z.object({ network: socialNetwork, handle: z.string(), name: z.string().nullable(), posts: z.number().int(), lastPostAt: z.iso.datetime().nullable() });
export const watchList = z.object({ items: z.array(watchedAccount) });
export type WatchListDto = z.infer<typeof watchList>;

/** What the sidecar hears on the channel of the database when a watched account's post moves. */
export const influencerAlert = z.object({ postId: z.uuid(), network: socialNetwork, handle: z.string(), name: z.string().nullable(), text: z.string(), url: z.string(), postedAt: z.iso.datetime(), tickers: z.array(z.string()), reason: z.enum(POST_MOVES), score: z.number().nullable() });
export type InfluencerAlert = z.infer<typeof influencerAlert>;
