import { expect, it } from "vitest";
import { newsapiArticles, toNewsapiNews } from "./newsapi-payload";

const article = { source: { id: null, name: "Wire" }, author: null, title: "Oil - Wire - Wire", description: null, url: "https://wire.example/oil", urlToImage: null, publishedAt: "2025-11-20T05:00:00Z" };
const provenance = () => ({ provider: "newsapi" as const, asOf: "2025-11-20T05:00:00.000Z", url: null, accession: null });
const told = (more: Partial<typeof article> | { title: null }) => toNewsapiNews(newsapiArticles.parse({ status: "ok", totalResults: 1, articles: [{ ...article, ...more }] }), { language: "en", provenance });

it("takes the publisher off a headline once, and leaves out what has no headline, no address, or was taken back", () => {
  expect(told({})[0]!.headline).toBe("Oil - Wire");
  for (const none of [{ title: null }, { title: "[Removed]" }, { url: "javascript:alert(1)" }, { title: "<b></b>" }]) expect(told(none)).toEqual([]);
});

it("refuses a malformed answer", () => expect(newsapiArticles.safeParse({ status: "ok", totalResults: 1, articles: [{ ...article, source: "Wire" }] }).success).toBe(false));
