import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { VendorProvenance } from "../capabilities";
import { feedInstant, feedShape, readFeed, toFeedNews } from "./rss-payload";

const provenance: VendorProvenance = { provider: "rss", asOf: "2026-11-21T00:00:00.000Z", url: null, accession: null };
const rows = (name: string, address: string) => toFeedNews(feedShape.parse(readFeed(readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8"))), { address: new URL(address), now: new Date("2026-11-21T00:00:00Z"), provenance })!;

describe("RSS payloads", () => {
  it("reads RSS 2.0: relative addresses, CDATA, each id once, nothing of the future and no scripts", () => {
    const [first, second, ...rest] = rows("press.xml", "https://www.board.example/feeds/press.xml");
    expect(rest).toEqual([]);
    expect(first).toEqual({
      externalId: "www.board.example:20261120a", headline: "Board announces stress test results & scenarios", summary: "The Board said that all banks passed.", articleUrl: "https://www.board.example/newsevents/pressreleases/bank20261120a.htm", source: "Board of Examples: Press Releases",
      author: null, imageUrl: null, publishedAt: "2026-11-20T21:30:00.000Z", language: "en", symbols: [], topics: ["Banking & Regulation"], sentiment: null, symbolSentiment: [], provenance: { ...provenance, asOf: "2026-11-20T21:30:00.000Z" },
    });
    expect(second).toMatchObject({ externalId: "https://www.board.example/newsevents/pressreleases/monetary20261118a.htm", headline: "Minutes of the meeting of November 4–5" });
  });

  it("reads Atom", () => {
    expect(rows("atom.xml", "https://bank.example/feed.atom")).toMatchObject([{ externalId: "tag:bank.example,2026:17", headline: "Zinsen & Kurse", articleUrl: "https://bank.example/meldungen/17", publishedAt: "2026-11-20T08:00:00.000Z", author: "Presse", summary: "Kurz gesagt", source: "Beispielbank" }]);
  });

  it("reads RSS 1.0", () => {
    expect(rows("rdf.xml", "https://central.example/rss")).toMatchObject([{ headline: "Rate left unchanged", articleUrl: "https://central.example/news/1", publishedAt: "2026-11-19T12:00:00.000Z" }]);
  });

  it("reads dates with a zone, and no others", () => {
    for (const [text, instant] of [["Fri, 20 Nov 2026 08:30:00 -0500", "13:30"], ["20 Nov 2026 13:30 GMT", "13:30"], ["Fri, 20 Nov 2026 08:30:00 EST", "13:30"], ["Fri, 20 Nov 2026 13:30:00 UT", "13:30"], ["2026-11-20T13:30:00Z", "13:30"]]) expect(feedInstant(text!)).toBe(`2026-11-20T${instant}:00.000Z`);
    for (const text of ["2026-11-20 08:30", "Fri, 20 Nov 2026 08:30:00", "20.11.2026", "yesterday", "", "Fri, 45 Nov 2026 08:30:00 GMT"]) expect(feedInstant(text)).toBeNull();
  });

  it("refuses a document that is cut off or no feed", () => {
    for (const text of ["<rss><channel><title>A</title>", "<html></html>", ""]) expect(() => readFeed(text)).toThrow();
  });
});
