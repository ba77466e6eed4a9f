import { randomInt } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { article as articleContract, newsHealth, newsHits, newsPage, newsSentiment, newsStats } from "@/server/contracts/news";
import { companyIndex } from "@/server/domain/news/company-mentions";
import { aCompany } from "@/server/testing/factories/market-factory";
import { anArticle, storedArticles } from "@/server/testing/factories/news-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { getArticle, listSimilarArticles } from "./get-article";
import { listNews } from "./list-news";
import { getNewsHealth, getNewsSentiment, getNewsStats, listNewsSources } from "./news-overview";
import { prepareArticle, type ArticleToStore } from "./prepare-article";
import { searchNews } from "./search-news";
import { loadCompanyIndex } from "./store-articles";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

/** A word that stands in no other test's headlines; of letters, since search splits at digits. */
const aWord = () => `q${Array.from({ length: 9 }, () => "bcdfghjklmnpqrstvwxz"[randomInt(20)]).join("")}`;
const store = (articles: readonly ArticleToStore[], companies?: Parameters<typeof storedArticles>[2]) => storedArticles(ctx, articles, companies);
const search = async (query: string, more: Partial<Parameters<typeof searchNews>[1]> = {}) => newsHits.parse(await searchNews(ctx, { query, sort: "relevance", limit: 20, ...more }));
const titles = (found: { items: { title: string }[] }) => found.items.map(({ title }) => title);

describe("storeArticles", () => {
  it("stores an article once, however its address is written, and again only when it was corrected", async () => {
    const word = aWord();
    const one = anArticle(`${word} profit rises`, { url: `https://www.wire.example/${word}?utm_source=a` });
    expect(await store([one, { ...one, url: `http://wire.example/${word}/#top` }])).toBe(1);
    expect(await store([one])).toBe(0);
    expect(await store([{ ...one, title: `${word} profit falls` }])).toBe(1);
    const found = await search(word);
    expect(found.items).toMatchObject([{ title: `${word} profit falls`, url: `https://wire.example/${word}`, sentiment: { label: "negative", method: "lexicon" } }]);
  });

  it("points a near-identical headline of the next days to the first, and shows it once", async () => {
    const word = aWord();
    await store([anArticle(`${word} plant to close with loss of jobs in spring`), anArticle(`UPDATE 1-${word} plant to close with loss of jobs in spring`, { publishedAt: new Date("2025-03-05T10:00:00Z") })]);
    await store([anArticle(`${word} plant to close with loss of jobs in the spring - Other Wire`, { source: { name: "Other Wire", kind: "FEED" }, publishedAt: new Date("2025-03-06T09:00:00Z") })]);
    await store([anArticle(`${word} plant to close with loss of jobs in spring`, { publishedAt: new Date("2025-06-01T10:00:00Z") })]);
    expect((await search(word)).items.map(({ publishedAt, copies }) => [publishedAt.slice(0, 10), copies]).sort()).toEqual([["2025-03-04", 2], ["2025-06-01", 0]]);
  });

  it("stores the same articles from two runs at once without losing or doubling one", async () => {
    const word = aWord();
    const batch = Array.from({ length: 20 }, (_, k) => anArticle(`${word} ${aWord()} ${aWord()} report`, { url: `https://wire.example/${word}/${k}`, source: { name: `${word} ${k % 3}`, kind: "FEED" } }));
    const changed = await Promise.all([store(batch), store([...batch].reverse()), store(batch)]);
    expect(changed.reduce((sum, n) => sum + n, 0)).toBe(20);
    expect((await search(word)).items).toHaveLength(20);
  });

  it("tags what a headline speaks of, and takes a vendor's tickers and judgement", async () => {
    const company = await aCompany(ctx.db);
    const word = aWord();
    await store([anArticle(`${word}: Fed raises rates, Powell says`, { tickers: [company.ticker, "NOBODY9"], sentiment: { score: -0.8, confidence: 0.5 } })], await loadCompanyIndex(ctx));
    const [found] = (await search(word)).items;
    expect(found).toMatchObject({ tickers: [company.ticker], people: ["Jerome Powell"], topics: ["monetary-policy"], sentiment: { score: -0.8, confidence: 0.5, label: "negative", method: "vendor" } });
    expect(found!.nodes).toEqual(expect.arrayContaining(["driver:fedFunds", `company:${company.ticker}`]));
    expect(titles(newsPage.parse(await listNews(ctx, { ticker: company.ticker, limit: 5 })))).toEqual([found!.title]);
    expect(titles(await listNews(ctx, { ticker: company.ticker, sentiment: "positive", limit: 5 }))).toEqual([]);
  });

  it("refuses what has no title, no usable date or an address no browser should be sent to", () => {
    const prepare = (more: Partial<ArticleToStore>) => () => prepareArticle(anArticle("A title", more), { companies: companyIndex([]), now: new Date("2026-01-01T00:00:00Z") });
    expect(prepare({ title: " <b></b> " })).toThrow("title");
    expect(prepare({ publishedAt: new Date(Number.NaN) })).toThrow("date");
    expect(prepare({ publishedAt: new Date("2026-01-03T00:00:00Z") })).toThrow("date");
    expect(prepare({ url: "javascript:alert(1)" })).toThrow("http");
    expect(prepare({ title: "<img src=x onerror=alert(1)>Tom &amp; Jerry\u202e &lt;b&gt;" })().title).toBe("Tom & Jerry <b>");
  });
});

describe("searchNews", () => {
  it("finds words in other forms, phrases, beginnings, and leaves out", async () => {
    const word = aWord();
    await store([anArticle(`${word} banks raising interest rates`), anArticle(`${word} bank lowers its rate`), anArticle(`${word} semiconductors`)]);
    expect(titles(await search(`${word} rate`)).sort()).toEqual([`${word} bank lowers its rate`, `${word} banks raising interest rates`]);
    expect(titles(await search(`${word} "interest rates"`))).toEqual([`${word} banks raising interest rates`]);
    expect(titles(await search(`${word} semicon*`))).toEqual([`${word} semiconductors`]);
    expect(titles(await search(`${word} -banks`))).toEqual([`${word} semiconductors`]);
    expect(titles(await search(`${word.slice(0, 6)}* "raising interest"`))).toEqual([`${word} banks raising interest rates`]);
  });

  it("puts first what holds the words side by side", async () => {
    const word = aWord();
    await store([anArticle(`${word} profit after a very long year of cuts and warning signs`, { publishedAt: new Date("2025-04-01T00:00:00Z") }), anArticle(`${word} profit warning`)]);
    expect(titles(await search(`${word} profit warning`))[0]).toBe(`${word} profit warning`);
    expect(titles(await search(`${word} profit warning`, { sort: "newest" }))[1]).toBe(`${word} profit warning`);
  });

  it("searches for what was perhaps meant when a word is written in no headline", async () => {
    const word = aWord();
    await store([anArticle(`${word} dividend`)]);
    const typo = `${word.slice(0, 8)}${word.slice(9)}`;
    expect(await search(typo)).toMatchObject({ correctedTo: word, items: [{ title: `${word} dividend`, titlePieces: [{ text: word, isHit: true }, { text: " dividend", isHit: false }] }] });
    expect(await search(`${aWord()}${aWord()}`)).toMatchObject({ correctedTo: null, items: [] });
  });

  it("pages through both orders without losing or doubling an article", async () => {
    const word = aWord();
    await store(Array.from({ length: 23 }, (_, k) => anArticle(`${word} ${aWord()} ${"filler ".repeat(k % 5)}`, { publishedAt: new Date(Date.UTC(2025, 1, 1 + (k % 4))) })));
    for (const sort of ["relevance", "newest"] as const) {
      const seen: string[] = [];
      for (let cursor: string | null = null, page = 0; page < 10; page++) {
        const found: Awaited<ReturnType<typeof search>> = await search(word, { sort, limit: 5, cursor });
        seen.push(...found.items.map(({ id }) => id));
        cursor = found.nextCursor;
        if (!cursor) break;
      }
      expect(new Set(seen).size).toBe(23);
      expect(seen).toHaveLength(23);
    }
  });

  it("refuses a search for nothing and a cursor of another list", async () => {
    await expect(search("-oil")).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "query" } });
    await expect(search("oil", { cursor: "bm9uc2Vuc2U" })).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "cursor" } });
    expect(await search("'; DROP TABLE article; -- & | ! <-> :*")).toBeDefined();
  });
});

describe("news overview", () => {
  it("counts days and moods, sources and health, and tells how the score is made", async () => {
    const company = await aCompany(ctx.db);
    const companies = companyIndex([company]);
    const on = (date: string, title: string) => anArticle(title, { tickers: [company.ticker], publishedAt: new Date(`${date}T00:00:00Z`), hasTime: false });
    await store([on("2024-05-01", `${aWord()} profit rises sharply`), on("2024-05-01", `${aWord()} ${aWord()} stays`), on("2024-05-03", `${aWord()} losses widen, shares plunge`)], companies);
    const stats = newsStats.parse(await getNewsStats(ctx, { from: "2024-05-01", to: "2024-05-05", ticker: company.ticker }));
    expect(stats.days).toMatchObject([{ date: "2024-05-01", articles: 2, positive: 1, negative: 0 }, { date: "2024-05-03", articles: 1, negative: 1 }]);
    await expect(getNewsStats(ctx, { from: "2024-05-05", to: "2024-05-01" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    const mood = newsSentiment.parse(await getNewsSentiment(ctx, { ticker: company.ticker, days: 3_650 }));
    expect(mood).toMatchObject({ articles: 3, judged: 2, shares: { positive: 0.5, negative: 0.5 }, method: { name: "lexicon", labelled: 7_339 } });
    expect(newsHealth.parse(await getNewsHealth(ctx)).articles).toBeGreaterThan(2);
    expect((await listNewsSources(ctx)).items.find(({ key }) => key === "test-wire")?.articles).toBeGreaterThan(2);
    const listed = await listNews(ctx, { ticker: company.ticker, limit: 2 });
    expect(listed.items.map(({ publishedAt }) => publishedAt)).toEqual(["2024-05-03", "2024-05-01"]);
    expect((await listNews(ctx, { ticker: company.ticker, limit: 2, cursor: listed.nextCursor })).items).toHaveLength(1);
  });

  it("offers articles that share the rare words of one", async () => {
    const [word, other] = [aWord(), aWord()];
    await store([anArticle(`${word} ${other} settlement reached`), anArticle(`${word} ${other} appeal`, { publishedAt: new Date("2025-05-01T00:00:00Z") }), anArticle(`${aWord()} settlement`)]);
    const { items } = await search(`${word} appeal`);
    expect(titles(await listSimilarArticles(ctx, { id: items[0]!.id, limit: 1 }))).toEqual([`${word} ${other} settlement reached`]);
    expect(articleContract.parse(await getArticle(ctx, { id: items[0]!.id })).title).toBe(`${word} ${other} appeal`);
    await expect(getArticle(ctx, { id: "00000000-0000-7000-8000-000000000000" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
