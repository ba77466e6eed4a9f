import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { AppError } from "@/server/domain/app-error";
import { socialArchive } from "./social-archive";

const tweet = { id: "1050118621198921728", id_str: "1050118621198921728", full_text: "Chips &amp; phones\nare &lt; 5 nm", created_at: "Wed Oct 10 20:19:24 +0000 2018", favorite_count: "12", retweet_count: "3", lang: "en", retweeted: false };
const ofX = (list: unknown, before = "window.YTD.tweets.part0 = ") => socialArchive({ network: "x", author: "@AMaker", file: before + JSON.stringify(list) });
const status = { id: "115580000000000002", created_at: "2025-11-20T17:08:00.000Z", content: "<p>Chips &amp; phones</p>", url: "https://truthsocial.com/@amaker/115580000000000002", account: { acct: "amaker", display_name: "A Maker" }, language: "en", favourites_count: 12, reblogs_count: 3, replies_count: 1, reblog: null };
const ofTruth = (list: unknown) => socialArchive({ network: "truth-social", author: "amaker", file: JSON.stringify(list) });

describe("archive of X", () => {
  it("reads tweets.js, old and new, and the list alone", () => {
    const post = {
      externalId: "1050118621198921728", network: "x", author: "AMaker", authorName: null, text: "Chips & phones are < 5 nm", postedAt: "2018-10-10T20:19:24.000Z", postUrl: "https://x.com/AMaker/status/1050118621198921728", language: "en",
      likes: 12, reposts: 3, replies: null, quotes: null, views: null, repostOf: null,
    };
    expect(ofX([{ tweet }])).toEqual({ posts: [post], skipped: 0 });
    expect(ofX([tweet], "window.YTD.tweet.part0 = ").posts).toEqual([post]);
    expect(ofX([{ tweet }], "\uFEFF").posts).toEqual([post]);
  });

  it("gives each post once, newest first, and makes up no id of what was passed on", () => {
    const older = { ...tweet, id_str: "1", full_text: "RT @other: hello", created_at: "Tue Jan 02 00:00:00 +0000 2018", lang: "und" };
    const { posts } = ofX([{ tweet: older }, { tweet }, { tweet }]);
    expect(posts.map(({ externalId, repostOf, language }) => [externalId, repostOf, language])).toEqual([["1050118621198921728", null, "en"], ["1", null, null]]);
  });

  it("leaves out what has no id, time or text, and counts it", () => {
    expect(ofX([{ tweet }, { tweet: { ...tweet, id_str: "2", created_at: "yesterday" } }, { tweet: { ...tweet, id_str: undefined, id: 5 } }, { tweet: { ...tweet, id_str: "3", full_text: "" } }, null, 7])).toMatchObject({ posts: [{ externalId: "1050118621198921728" }], skipped: 5 });
  });

  it("keeps a nought and makes none of what is missing", () => {
    expect(ofX([{ tweet: { ...tweet, favorite_count: "0", retweet_count: undefined } }]).posts[0]).toMatchObject({ likes: 0, reposts: null });
  });
});

describe("archive of Truth Social", () => {
  it("reads a list of statuses", () => {
    expect(ofTruth([status])).toMatchObject({ skipped: 0, posts: [{ externalId: "115580000000000002", network: "truth-social", author: "amaker", authorName: "A Maker", text: "Chips & phones", likes: 12, reposts: 3, replies: 1, repostOf: null }] });
  });

  it("reads outbox.json", () => {
    const create = { type: "Create", published: "2025-11-20T17:08:00Z", object: { id: "https://truthsocial.com/users/amaker/statuses/17", type: "Note", published: "2025-11-20T17:08:00Z", url: "https://truthsocial.com/@amaker/17", content: "<p>Hello</p>" } };
    expect(ofTruth({ orderedItems: [create] }).posts).toMatchObject([{ externalId: "17", text: "Hello", postUrl: "https://truthsocial.com/@amaker/17", likes: null }]);
  });

  it("takes nobody else's posts", () => expect(ofTruth([status, { ...status, id: "9", account: { acct: "other" } }])).toMatchObject({ posts: [{ externalId: "115580000000000002" }], skipped: 1 }));
});

describe("a file that is no archive", () => {
  it.each(["", "<html></html>", "{}", "window.YTD.tweets.part0 = ", "[", '{"orderedItems":5}', "[{}]"])("is refused: %s", (file) => {
    for (const network of ["x", "truth-social"] as const) expect(() => socialArchive({ network, author: "a", file })).toThrow(expect.objectContaining({ code: "INVALID_INPUT", details: { field: "file" } }));
  });

  it("is refused for a name that is none, and an empty archive is none", () => {
    expect(() => socialArchive({ network: "x", author: "a b", file: "[]" })).toThrow(expect.objectContaining({ details: { field: "author" } }));
    expect(ofX([])).toEqual({ posts: [], skipped: 0 });
  });

  it("never breaks in any other way", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom("x" as const, "truth-social" as const), (file, network) => {
        try {
          socialArchive({ network, author: "a", file });
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 200 },
    );
  });
});
