import { afterAll, describe, expect, it } from "vitest";
import type { Providers, SocialSource } from "@/server/providers/capabilities";
import { listPosts } from "@/server/services/social/list-posts";
import { watchAccount } from "@/server/services/social/watch-list";
import { asPerson, aUser } from "@/server/testing/factories/account-factory";
import { aPost, uniqueHandle } from "@/server/testing/factories/social-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { importSocialArchive, ingestSocial } from "./ingest-social";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

const withSource = (source: SocialSource | null) => ({ ...ctx, providers: { of: () => source } as unknown as Providers });
const posts = async (handle: string) => (await listPosts(ctx, { handle, sort: "newest", limit: 50 })).items;

describe("ingestSocial", () => {
  it("asks a network for the accounts that anybody watches, and changes nothing when asked again", async () => {
    const handle = uniqueHandle();
    await watchAccount(await asPerson(ctx, await aUser(ctx.db)), { network: "x", handle });
    const post = aPost(handle, "Good morning");
    const asked: string[] = [];
    const ingest = withSource({ fetchPosts: async ({ handles }) => (asked.push(...handles), [post, aPost(handle, " ")]) });
    expect(await ingestSocial(ingest, { network: "x" })).toMatchObject({ received: 2, changed: 1, rejected: 1, moved: 0 });
    expect(await ingestSocial(ingest, { network: "x" })).toMatchObject({ changed: 0 });
    expect(asked).toContain(handle);
    expect(await posts(handle)).toHaveLength(1);
  });

  it("says that a token is missing, and leaves a row of a network that does not answer", async () => {
    await expect(ingestSocial(withSource(null), { network: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await watchAccount(await asPerson(ctx, await aUser(ctx.db)), { network: "x", handle: uniqueHandle() });
    const before = await ctx.db.ingestionRun.count({ where: { subject: "social", status: "FAILED" } });
    await expect(ingestSocial(withSource({ fetchPosts: async () => Promise.reject(new Error("away")) }), { network: "x" })).rejects.toThrow("away");
    expect(await ctx.db.ingestionRun.count({ where: { subject: "social", status: "FAILED" } })).toBeGreaterThan(before);
  });
});

describe("importSocialArchive", () => {
  it("stores the posts of a person's archive once", async () => {
    const author = uniqueHandle();
    const id = `${Date.now()}`;
    const file = `window.YTD.tweets.part0 = ${JSON.stringify([{ tweet: { id_str: id, created_at: "Wed Mar 05 10:00:00 +0000 2025", full_text: "Profits rise &amp; rise", favorite_count: "12", retweet_count: "3", lang: "en" } }, { tweet: { full_text: "no id" } }])}`;
    expect(await importSocialArchive(ctx, { network: "x", author, file })).toMatchObject({ received: 2, changed: 1, rejected: 1 });
    expect(await importSocialArchive(ctx, { network: "x", author, file })).toMatchObject({ changed: 0 });
    expect(await posts(author)).toMatchObject([{ text: "Profits rise & rise", likes: 12, reposts: 3, engagement: 18, provider: "import", postedAt: "2025-03-05T10:00:00.000Z" }]);
    await expect(importSocialArchive(ctx, { network: "x", author, file: "no archive" })).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "file" } });
  });
});
