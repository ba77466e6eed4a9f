import { randomInt } from "node:crypto";
import type { SocialPostRow } from "@/server/providers/capabilities";
import type { Ctx } from "@/server/services/ctx";
import { storePosts } from "@/server/services/social/store-posts";

/** A handle that no other test has. */
export const uniqueHandle = (): string => `h${Array.from({ length: 10 }, () => "bcdfghjklmnpqrstvwxz"[randomInt(20)]).join("")}`;

/** A post as its network's interface gives it, of nobody who exists. */
export const aPost = (author: string, text: string, more: Partial<SocialPostRow> = {}): SocialPostRow => {
  const externalId = `${randomInt(2 ** 47)}`;
  return {
    provenance: { provider: "x", asOf: "2026-11-20", url: null, accession: null }, externalId, network: "x", author, authorName: null, text, postedAt: new Date(Date.now() - 3_600_000).toISOString(), postUrl: `https://social.example/${author}/${externalId}`,
    language: "en", likes: null, reposts: null, replies: null, quotes: null, views: null, repostOf: null, ...more,
  };
};

/** Stores posts as an ingestion does. */
export async function storedPosts(ctx: Ctx, posts: readonly SocialPostRow[]) {
  const run = await ctx.db.ingestionRun.create({ data: { provider: "test", subject: "test-social", scope: "test" } });
  return storePosts(ctx, posts, { runId: run.id });
}
