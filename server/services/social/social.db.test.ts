import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { influencerAlert, socialAnalysis, socialPage, WATCHED_AT_MOST, watchList } from "@/server/contracts/social";
import { asPerson, aUser } from "@/server/testing/factories/account-factory";
import { aCompany } from "@/server/testing/factories/market-factory";
import { aPost, storedPosts, uniqueHandle } from "@/server/testing/factories/social-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { getSocialAnalysis } from "./get-social-analysis";
import { listPosts } from "./list-posts";
import { INFLUENCER_CHANNEL } from "./store-posts";
import { tellWatchers } from "./tell-watchers";
import { listWatched, listWatchedHandles, unwatchAccount, watchAccount } from "./watch-list";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

const list = async (handle: string, more: Partial<Parameters<typeof listPosts>[1]> = {}) => socialPage.parse(await listPosts(ctx, { handle, sort: "newest", limit: 50, ...more }));
const aPerson = async () => asPerson(ctx, await aUser(ctx.db));
const inbox = (userId: string) => ctx.db.notification.findMany({ where: { userId, kind: "social.post-moved" } });

describe("storePosts", () => {
  it("stores a post once and keeps its counts up to date", async () => {
    const handle = uniqueHandle();
    const post = aPost(`@${handle.toUpperCase()}`, "Profits soar &amp; margins widen", { likes: 10, reposts: 2, authorName: "Somebody" });
    expect(await storedPosts(ctx, [post, post])).toEqual({ changed: 1, rejected: 0, moved: 0 });
    expect(await storedPosts(ctx, [post])).toMatchObject({ changed: 0 });
    expect(await storedPosts(ctx, [{ ...post, likes: 50, reposts: null }])).toMatchObject({ changed: 1 });
    const { items } = await list(handle);
    expect(items).toMatchObject([{ author: { handle, name: "Somebody" }, text: "Profits soar & margins widen", likes: 50, reposts: 2, replies: null, engagement: 50, sentiment: { label: "positive", method: "lexicon" } }]);
  });

  it("refuses what is no post and stores the rest", async () => {
    const handle = uniqueHandle();
    const bad = [aPost(handle, " <b></b> "), aPost("", "x"), aPost(handle, "x", { postUrl: "javascript:alert(1)" }), aPost(handle, "x", { postedAt: "yesterday" }), aPost(handle, "x", { likes: -1 }), aPost(handle, "x", { likes: 2 ** 40 })];
    expect(await storedPosts(ctx, [...bad, aPost(handle, "fine")])).toEqual({ changed: 1, rejected: 6, moved: 0 });
  });

  it("gives no mood to what the lexicon cannot read", async () => {
    const handle = uniqueHandle();
    await storedPosts(ctx, [aPost(handle, "profit crash", { language: "de" }), aPost(handle, "Meeting at noon")]);
    expect((await list(handle)).items.map(({ sentiment }) => sentiment)).toEqual([null, null]);
  });

  it("stores the same posts from two runs at once without losing or doubling one", async () => {
    const handle = uniqueHandle();
    const posts = Array.from({ length: 20 }, (_, k) => aPost(`${handle}${k % 3}`, `post ${k}`));
    const outcomes = await Promise.all([storedPosts(ctx, posts), storedPosts(ctx, [...posts].reverse()), storedPosts(ctx, posts)]);
    expect(outcomes.reduce((sum, { changed }) => sum + changed, 0)).toBe(20);
  });
});

describe("a watched account", () => {
  it("has its watchers told once of a post that names a company, and nobody else", async () => {
    const [kim, other, company, handle] = [await aPerson(), await aPerson(), await aCompany(ctx.db), uniqueHandle()];
    await watchAccount(kim, { network: "x", handle });
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    const heard: unknown[] = [];
    client.on("notification", ({ payload }) => heard.push(JSON.parse(payload ?? "null")));
    await client.query(`LISTEN ${INFLUENCER_CHANNEL}`);
    const posts = [aPost(handle, `${company.name} is a great one`), aPost(handle, "Good morning"), aPost(handle, `${company.name} long ago`, { postedAt: "2025-01-01T00:00:00Z" }), aPost(uniqueHandle(), `${company.name} too`)];
    expect(await storedPosts(ctx, posts)).toMatchObject({ changed: 4, moved: 1 });
    expect(await storedPosts(ctx, posts.map((post) => ({ ...post, likes: 5 })))).toMatchObject({ changed: 4, moved: 0 });
    await Promise.all([tellWatchers(ctx), tellWatchers(ctx)]);
    await tellWatchers(ctx);
    expect((await inbox(kim.user.id)).map(({ params }) => params)).toEqual([{ author: handle, handle, network: "x", reason: "ticker", quote: `${company.name} is a great one`, tickers: company.ticker }]);
    expect(await inbox(other.user.id)).toEqual([]);
    await expect.poll(() => heard.filter((alert) => influencerAlert.parse(alert).handle === handle)).toHaveLength(1);
    expect(heard.map((alert) => influencerAlert.parse(alert)).find((alert) => alert.handle === handle)).toMatchObject({ reason: "ticker", tickers: [company.ticker] });
    await client.end();
  });

  it("stands out by three times its usual engagement", async () => {
    const [kim, handle] = [await aPerson(), uniqueHandle()];
    await watchAccount(kim, { network: "x", handle });
    await storedPosts(ctx, Array.from({ length: 12 }, () => aPost(handle, "as always", { likes: 300 })));
    expect(await storedPosts(ctx, [aPost(handle, "unusual", { likes: 899 })])).toMatchObject({ moved: 0 });
    expect(await storedPosts(ctx, [aPost(handle, "unusual", { likes: 900 }), aPost(handle, "passed on", { likes: 9_000, repostOf: "1" })])).toMatchObject({ moved: 1 });
  });

  it("is watched once, up to a limit, and taken off again", async () => {
    const [kim, handle] = [await aPerson(), uniqueHandle()];
    await Promise.all([watchAccount(kim, { network: "x", handle }), watchAccount(kim, { network: "x", handle })]);
    expect(watchList.parse(await listWatched(kim)).items).toEqual([{ network: "x", handle, name: null, posts: 0, lastPostAt: null }]);
    expect(await listWatchedHandles(ctx, "x")).toContain(handle);
    expect((await unwatchAccount(kim, { network: "x", handle })).items).toEqual([]);
    expect((await unwatchAccount(kim, { network: "x", handle })).items).toEqual([]);
    const accounts = await ctx.db.socialAccount.createManyAndReturn({ data: Array.from({ length: WATCHED_AT_MOST }, () => ({ network: "X" as const, handle: uniqueHandle() })), select: { id: true } });
    await ctx.db.socialWatch.createMany({ data: accounts.map(({ id: accountId }) => ({ userId: kim.user.id, accountId })) });
    await expect(watchAccount(kim, { network: "x", handle })).rejects.toMatchObject({ code: "RULE_VIOLATED", details: { reason: "WATCH_LIST_FULL" } });
  });
});

describe("lists and analysis of posts", () => {
  it("goes on by cursor without losing or doubling one, newest first and by engagement", async () => {
    const handle = uniqueHandle();
    const at = new Date(Date.now() - 7_200_000).toISOString();
    await storedPosts(ctx, Array.from({ length: 7 }, (_, k) => aPost(handle, `post ${k}`, { postedAt: at, likes: k % 3 })));
    for (const sort of ["newest", "engagement"] as const) {
      const seen: string[] = [];
      for (let cursor: string | null = null; ; ) {
        const page: Awaited<ReturnType<typeof list>> = await list(handle, { sort, limit: 2, cursor });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
        if (!cursor) break;
      }
      expect(new Set(seen).size).toBe(7);
      expect(seen).toHaveLength(7);
    }
    await expect(list(handle, { cursor: "x" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(list(handle, { sort: "engagement", cursor: Buffer.from('["social engagement","x","y"]').toString("base64url") })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("weighs a post by how many took note, and leaves out of that what is not known", async () => {
    const [handle, company] = [uniqueHandle(), await aCompany(ctx.db)];
    const tag = company.name;
    await storedPosts(ctx, [aPost(handle, `${tag} profit surges`, { likes: 100_000 }), aPost(handle, `${tag} profit plunges`, { likes: 0 }), aPost(handle, `${tag} losses widen`), aPost(handle, `${tag} meeting`)]);
    const found = socialAnalysis.parse(await getSocialAnalysis(ctx, { ticker: company.ticker, days: 7 }));
    expect(found).toMatchObject({ posts: 4, authors: 1, judged: 3, unweighted: 1, label: "positive", tickers: [{ ticker: company.ticker, posts: 4 }], byAuthor: [{ handle, posts: 4, engagement: 100_000 }] });
    expect(found.weightedScore).toBeGreaterThan(0.3);
    expect(found.score).toBeLessThan(0);
    expect(found.mostEngaged.map(({ engagement }) => engagement)).toEqual([100_000, 0]);
    expect(socialAnalysis.parse(await getSocialAnalysis(ctx, { ticker: "ZZNOPOST", days: 7 }))).toMatchObject({ posts: 0, score: null, from: null });
  });
});
