import { AppError } from "@/server/domain/app-error";
import { notAhead } from "@/server/domain/ingestion/vendor-instant";
import type { Capabilities, SocialPostRow } from "../capabilities";
import { newestPosts } from "../newest-posts";
import { walkPages } from "../page-walk";
import type { VendorClient } from "../vendor-client";
import { toXPosts, xPostedMs, xPosts } from "./x-payload";

const HANDLE = /^@?([A-Za-z0-9_]{1,15})$/;
/** Of a search, in characters. */
const LONGEST = 500;
const PAGE = 100;
/** How far back the search reaches; less a minute for the way there. */
const REACH_MS = 7 * 86_400_000 - 60_000;

export function createX({ client, token }: { client: VendorClient; token: string | undefined }): Pick<Capabilities, "social"> {
  return {
    social: {
      async fetchPosts({ handles, sinceId, from, limit }, options) {
        const names = handles.map((handle) => HANDLE.exec(handle)?.[1]);
        if (names.some((name) => name === undefined)) throw new AppError("INVALID_INPUT", "A name on X has 1 to 15 letters, digits and underscores", { field: "handles" });
        const wanted = new Set(names.map((name) => name!.toLowerCase()));
        if (sinceId !== undefined && !/^\d{1,20}$/.test(sinceId)) throw new AppError("INVALID_INPUT", "An id on X is a number", { field: "sinceId" });
        return client.run("social", options, async (http) => {
          const reachMs = http.now().getTime() - REACH_MS;
          // An id from before its reach is refused: then the time alone bounds the search.
          const since = sinceId !== undefined && xPostedMs(sinceId) > reachMs ? { since_id: sinceId } : { start_time: new Date(Math.max(reachMs, from === undefined ? 0 : Date.parse(from))).toISOString().replace(/\.\d+Z$/, "Z") };
          const rows: SocialPostRow[] = [];
          for (const query of searches([...wanted])) {
            const fields = { "tweet.fields": "created_at,public_metrics,lang,referenced_tweets,author_id", expansions: "author_id", "user.fields": "username,name" };
            const page = async (cursor: string | undefined) => {
              const url = http.url("api", "/tweets/search/recent", { query, ...since, ...fields, max_results: Math.min(PAGE, Math.max(10, limit)), sort_order: "recency", next_token: cursor });
              const answer = await http.json(url, xPosts, { headers: { authorization: `Bearer ${token ?? ""}` } });
              const found = toXPosts(answer, (asOf) => http.provenance({ url, asOf: notAhead(asOf, { now: http.now(), provider: client.id }) }));
              if (found === null) throw http.invalid("author", "sent a post without its author");
              if (found.some(({ author }) => !wanted.has(author.toLowerCase()))) throw http.invalid("author", "sent a post of somebody else than was asked for");
              return { rows: found, next: answer.meta.next_token ?? null };
            };
            rows.push(...(await walkPages<SocialPostRow, string | undefined>({ provider: client.id, first: undefined, enough: limit, keyOf: ({ externalId }) => externalId, page })));
          }
          return newestPosts(rows, { from, limit });
        });
      },
    },
  };
}

/** As many authors in one search as it takes. */
function searches(names: readonly string[]): string[] {
  const found: string[] = [];
  for (const name of names) {
    const last = found.at(-1);
    const longer = last === undefined ? `from:${name}` : `${last} OR from:${name}`;
    if (last !== undefined && longer.length <= LONGEST) found[found.length - 1] = longer;
    else found.push(`from:${name}`);
  }
  return found;
}
