import { AppError } from "@/server/domain/app-error";
import { parseFetchedXml, withXml } from "@/server/platform/fetch-xml";
import type { Capabilities, NewsRow } from "../capabilities";
import { newestNews } from "../news-span";
import { notOffered } from "../not-offered";
import type { VendorClient, VendorHttp } from "../vendor-client";
import { feedShape, readFeed, toFeedNews } from "./rss-payload";

const MAX_BYTES = 4 * 1024 * 1024;

/** What is kept of a feed: what it gave last, and how to ask whether there is more. */
type Kept = { etag: string | null; lastModified: string | null; rows: NewsRow[] };

/** Feeds are asked in turn, each on its own: those that fail are told of, and only when all do the call fails. */
export function createRss({ client, feedsOf }: { client: VendorClient; feedsOf: (http: Pick<VendorHttp, "url">) => URL[] }): Pick<Capabilities, "news"> {
  const kept = new Map<string, Kept>();
  const restUntilMs = new Map<string, number>();

  async function readOne(http: VendorHttp, address: URL): Promise<NewsRow[]> {
    const restMs = (restUntilMs.get(address.href) ?? 0) - http.now().getTime();
    if (restMs > 0) throw new AppError("RATE_LIMITED", `${client.id}: ${address.hostname} asked to be left alone`, { provider: client.id, reason: "too-many-calls", retryAfterMs: restMs });
    const before = kept.get(address.href);
    const headers = { ...(before?.etag && { "if-none-match": before.etag }), ...(before?.lastModified && { "if-modified-since": before.lastModified }) };
    const sameSite = address.hostname.startsWith("www.") ? address.hostname.slice(4) : `www.${address.hostname}`;
    const fetched = await http.text(address, { ...withXml({ provider: client.id, headers }), maxBytes: MAX_BYTES, redirectHosts: [sameSite] });
    if (fetched.status === 304 && before) return before.rows;
    const feed = parseFetchedXml(fetched, readFeed, feedShape, { provider: client.id });
    const rows = toFeedNews(feed, { address, now: http.now(), provenance: http.provenance({ url: address }) });
    if (rows === null) throw http.invalid("items", `${address.hostname} has items without headline, address or date alone`);
    kept.set(address.href, { ...fetched.validators, rows });
    return rows;
  }

  return {
    news: {
      async fetchNews({ symbols, text, from, to, limit }, options) {
        if (symbols && symbols.length > 0) throw notOffered(client.id, "feeds do not tell of which symbols they speak");
        return client.run("news", options, async (http) => {
          const feeds = feedsOf(http);
          const answers = await Promise.allSettled(feeds.map((address) => readOne(http, address)));
          options?.signal?.throwIfAborted();
          const failed = answers.flatMap((answer, at) => (answer.status === "rejected" ? [{ error: answer.reason as unknown, address: feeds[at]! }] : []));
          for (const { error, address } of failed) {
            const askedMs = error instanceof AppError ? error.details.retryAfterMs : undefined;
            if (typeof askedMs === "number" && !restUntilMs.has(address.href)) restUntilMs.set(address.href, http.now().getTime() + askedMs);
          }
          for (const [href, untilMs] of restUntilMs) if (untilMs <= http.now().getTime()) restUntilMs.delete(href);
          if (failed.length === feeds.length) throw failed[0]!.error;
          for (const { error } of failed) http.partial(error);
          const rows = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
          const words = (text ?? "").toLowerCase().split(/\s+/).filter((word) => word !== "");
          return newestNews(rows.filter(({ headline, summary }) => words.every((word) => `${headline} ${summary ?? ""}`.toLowerCase().includes(word))), { from, to, limit });
        });
      },
    },
  };
}
