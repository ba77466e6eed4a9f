import { z } from "zod";
import { vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { SocialPostRow, VendorProvenance } from "../capabilities";
import { plainWords } from "../plain-words";

const id = z.string().regex(/^\d{1,20}$/);
const count = z.int().min(0);

/** GET /2/tweets/search/recent with its authors. An answer without a post leaves the list out. */
export const xPosts = z
  .object({
    data: z
      .array(
        z.object({
          id, text: z.string(), author_id: id, created_at: z.string().refine((text) => vendorInstant(text) !== null, "Not an instant"), lang: z.string().optional(), referenced_tweets: z.array(z.object({ type: z.string(), id })).optional(),
          public_metrics: z.object({ retweet_count: count, reply_count: count, like_count: count, quote_count: count, impression_count: count.optional() }),
        }),
      )
      .optional(),
    includes: z.object({ users: z.array(z.object({ id, name: z.string(), username: z.string().min(1) })) }).optional(),
    meta: z.object({ result_count: count, next_token: z.string().min(1).optional() }),
  })
  .refine(({ data = [], meta }) => data.length === meta.result_count, "Another count of posts than told");
export type XPosts = z.infer<typeof xPosts>;

/** Null when an author was not told. X writes "und" and codes that begin with "q" for what is in no language. */
export function toXPosts({ data = [], includes }: XPosts, provenance: (asOf: string) => VendorProvenance): SocialPostRow[] | null {
  const users = new Map(includes?.users.map((user) => [user.id, user]));
  const rows = data.map((post): SocialPostRow | null => {
    const author = users.get(post.author_id);
    if (author === undefined) return null;
    const { like_count: likes, retweet_count: reposts, reply_count: replies, quote_count: quotes, impression_count: views } = post.public_metrics;
    const postedAt = vendorInstant(post.created_at)!;
    return {
      externalId: post.id, network: "x", author: author.username, authorName: author.name || null, text: plainWords(post.text.replace(/</g, "&lt;"), 5_000) ?? "", postedAt, postUrl: `https://x.com/${author.username}/status/${post.id}`,
      language: post.lang && post.lang !== "und" && !post.lang.startsWith("q") ? post.lang : null, likes, reposts, replies, quotes, views: views ?? null, repostOf: post.referenced_tweets?.find(({ type }) => type === "retweeted")?.id ?? null, provenance: provenance(postedAt),
    };
  });
  return rows.every((row) => row !== null) ? rows : null;
}

/** The time that an id of X has in it. */
export const xPostedMs = (postId: string): number => Number((BigInt(postId) >> 22n) + 1_288_834_974_657n);
