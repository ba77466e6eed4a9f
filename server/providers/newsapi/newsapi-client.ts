import type { ErrorCode } from "@/server/domain/app-error";
import { notAhead } from "@/server/domain/ingestion/vendor-instant";
import type { Capabilities } from "../capabilities";
import { newestNews } from "../news-span";
import { notOffered } from "../not-offered";
import { walkPages } from "../page-walk";
import type { VendorClient } from "../vendor-client";
import { newsapiArticles, toNewsapiNews } from "./newsapi-payload";

const PAGE = 100;
/** What a key of the free plan may see of one search. */
const MOST = 100;
/** The longest search that is taken. */
const LONGEST = 500;

export function createNewsapi({ client, apiKey }: { client: VendorClient; apiKey: string | undefined }): Pick<Capabilities, "news"> {
  return {
    news: {
      async fetchNews({ symbols, text, from, to, limit }, options) {
        if (symbols && symbols.length > 0) throw notOffered(client.id, "its articles are not told apart by symbol");
        if (text && text.length > LONGEST) throw notOffered(client.id, `searches of more than ${LONGEST} characters are not taken`);
        return client.run("news", options, async (http) => {
          const wanted = Math.min(limit, MOST);
          const rows = await walkPages({
            provider: client.id, first: 1, enough: wanted, keyOf: ({ externalId }) => externalId,
            async page(page: number) {
              const paging = { pageSize: Math.min(PAGE, wanted), page };
              const url = text ? http.url("api", "/everything", { q: text, from, to, language: "en", sortBy: "publishedAt", ...paging }) : http.url("api", "/top-headlines", { category: "business", country: "us", ...paging });
              const answer = await http.json(url, newsapiArticles, { headers: { "x-api-key": apiKey ?? "" }, meaningOf });
              const provenance = (asOf: string) => http.provenance({ url, asOf: notAhead(asOf, { now: http.now(), provider: client.id }) });
              // Headlines of the United States are in English, and so is what was searched for.
              return { rows: toNewsapiNews(answer, { language: "en", provenance }), next: page * PAGE < Math.min(answer.totalResults, wanted) ? page + 1 : null };
            },
          });
          return newestNews(rows, { from, to, limit });
        });
      },
    },
  };
}

/** 426 is the wish for a paid plan: the key does not reach so far. */
const meaningOf = (status: number): ErrorCode | null => (status === 426 ? "UPSTREAM_UNAVAILABLE" : null);
