import { z } from "zod";
import { vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { NewsRow, VendorProvenance } from "../capabilities";
import { plainWords, webAddress } from "../plain-words";

/** GET /v2/everything and /v2/top-headlines. */
export const newsapiArticles = z.object({
  status: z.literal("ok"),
  totalResults: z.int().min(0),
  articles: z.array(
    z.object({
      source: z.object({ id: z.string().nullable(), name: z.string() }), author: z.string().nullable(), title: z.string().nullable(), description: z.string().nullable(), url: z.string(), urlToImage: z.string().nullable(),
      publishedAt: z.string().refine((text) => vendorInstant(text) !== null, "Not an instant"),
    }),
  ),
});
export type NewsapiArticles = z.infer<typeof newsapiArticles>;

/** What a publisher had taken back keeps its place in the list under this title. */
const REMOVED = "[Removed]";

/** The publisher's name behind a headline is taken off: it stands in `source`. */
export function toNewsapiNews({ articles }: NewsapiArticles, { language, provenance }: { language: string | null; provenance: (asOf: string) => VendorProvenance }): NewsRow[] {
  return articles.flatMap(({ source, author, title, description, url, urlToImage, publishedAt }) => {
    const at = vendorInstant(publishedAt)!;
    const publisher = plainWords(source.name, 120);
    const told = plainWords(title, 500);
    const headline = publisher !== null && told?.endsWith(` - ${publisher}`) ? told.slice(0, -publisher.length - 3) : told;
    const articleUrl = webAddress(url);
    if (headline === null || headline === "" || title === REMOVED || articleUrl === null) return [];
    return [{
      externalId: articleUrl, headline, summary: plainWords(description), articleUrl, source: publisher ?? new URL(articleUrl).hostname, author: plainWords(author, 120), imageUrl: webAddress(urlToImage), publishedAt: at, language, symbols: [], topics: [],
      sentiment: null, symbolSentiment: [], provenance: provenance(at),
    }];
  });
}
