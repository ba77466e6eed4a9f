import { parseFeed } from "@rowanmanning/feed-parser";
import { z } from "zod";
import { vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { XmlReader } from "@/server/platform/fetch-xml";
import type { NewsRow, VendorProvenance } from "../capabilities";
import { plainWords, webAddress } from "../plain-words";

/** More than any feed shows; the rest of a huge one is not read. */
const MOST_ITEMS = 300;
const FUTURE_MS = 5 * 60_000;
const WHOLE = /<\/(?:rss|feed|(?:[\w-]+:)?rdf)\s*>\s*(?:<!--[\s\S]*?-->\s*)*$/i;
/** The names of dates in RSS 2.0, RSS 1.0 and Atom 1.0 and 0.3, the first publication before the last change. */
const DATES = ["pubdate", "published", "issued", "date", "updated", "modified"];

/** What a feed is to us, whichever of its languages it is written in. */
export const feedShape = z.object({
  title: z.string().nullable(),
  language: z.string().nullable(),
  url: z.string().nullable(),
  items: z.array(z.object({ id: z.string().nullable(), title: z.string().nullable(), url: z.string().nullable(), date: z.string().nullable(), summary: z.string().nullable(), author: z.string().nullable(), image: z.string().nullable(), topics: z.array(z.string()) })),
});
export type FeedShape = z.infer<typeof feedShape>;

/** RSS 2.0, RSS 1.0 (RDF) and Atom into one shape. The parser takes a document that is cut off for what there is of it: so its end is looked for. */
export const readFeed: XmlReader = (text): FeedShape => {
  if (!WHOLE.test(text.slice(-4_000))) throw new Error("cut off");
  const feed = parseFeed(text);
  return {
    title: feed.title,
    language: feed.language,
    url: feed.url,
    items: feed.items.slice(0, MOST_ITEMS).map((item) => ({
      id: item.id,
      title: item.title,
      url: item.url,
      // As text: the parser's own dates take a clock without a zone for this machine's.
      date: DATES.map((name) => item.element.findElementWithName(name)?.textContent.trim() ?? "").find((date) => date !== "") ?? null,
      summary: item.description ?? item.content,
      author: item.authors[0]?.name ?? null,
      image: item.image?.url ?? null,
      topics: item.categories.map(({ label, term }) => label ?? term).filter((topic) => topic !== ""),
    })),
  };
};

/** "Fri, 20 Nov 2026 08:30:00 -0500" or ISO 8601 with a zone, as an instant; null for what has no zone or is no date. */
export function feedInstant(text: string): string | null {
  const iso = vendorInstant(text);
  if (iso !== null || !/^([a-z]{3,9},?\s+)?\d{1,2}\s+[a-z]{3,9}\s+\d{4}\s+\d{1,2}:\d{2}(:\d{2})?\s*(z|ut|utc|gmt|[ecmp][sd]t|[+-]\d{2}:?\d{2})$/i.test(text)) return iso;
  const at = Date.parse(text.replace(/\but$/i, "UTC"));
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/**
 * Articles of a feed. Items without a headline, an address or a date that can be read, and items dated ahead of now, are none; relative
 * addresses are of the feed's site. Null when there are items and not one of them is an article.
 */
export function toFeedNews(feed: FeedShape, { address, now, provenance }: { address: URL; now: Date; provenance: VendorProvenance }): NewsRow[] | null {
  const site = webAddress(feed.url, address.href) ?? address.href;
  const rows = new Map<string, NewsRow>();
  for (const item of feed.items) {
    const headline = plainWords(item.title, 500);
    const articleUrl = webAddress(item.url ?? (/^https?:/i.test(item.id ?? "") ? item.id : null), site);
    const publishedAt = item.date === null ? null : feedInstant(item.date);
    if (headline === null || articleUrl === null || publishedAt === null || Date.parse(publishedAt) > now.getTime() + FUTURE_MS) continue;
    // A bare number is an id within its feed alone.
    const externalId = item.id === null ? articleUrl : /^[a-z][a-z0-9+.-]*:/i.test(item.id) ? item.id : `${address.hostname}:${item.id}`;
    if (rows.has(externalId)) continue;
    rows.set(externalId, {
      externalId: externalId.slice(0, 500), headline, summary: plainWords(item.summary), articleUrl, source: plainWords(feed.title, 120) ?? address.hostname, author: plainWords(item.author, 120),
      imageUrl: webAddress(item.image, site), publishedAt, language: /^[a-z]{2}\b/i.exec(feed.language ?? "")?.[0].toLowerCase() ?? null, symbols: [], topics: [...new Set(item.topics.flatMap((topic) => plainWords(topic, 80) ?? []))].slice(0, 20),
      sentiment: null, symbolSentiment: [], provenance: { ...provenance, asOf: publishedAt },
    });
  }
  return rows.size === 0 && feed.items.length > 0 ? null : [...rows.values()];
}
