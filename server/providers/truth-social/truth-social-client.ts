import { AppError, type ErrorCode } from "@/server/domain/app-error";
import { notAhead } from "@/server/domain/ingestion/vendor-instant";
import type { Capabilities, SocialPostRow } from "../capabilities";
import { newestPosts } from "../newest-posts";
import { newsSpan } from "../news-span";
import { walkPages } from "../page-walk";
import type { VendorClient } from "../vendor-client";
import { toTruthPosts, truthAccount, truthStatuses } from "./truth-social-payload";

const HANDLE = /^@?([A-Za-z0-9_]{1,30})$/;
const PAGE = 40;
const MOST_PAGES = 25;

export function createTruthSocial({ client, token }: { client: VendorClient; token: string | undefined }): Pick<Capabilities, "social"> {
  const options = { headers: { authorization: `Bearer ${token ?? ""}` }, meaningOf: (status: number): ErrorCode | null => (status === 404 ? "NOT_FOUND" : null) };
  return {
    social: {
      async fetchPosts({ handles, sinceId, from, limit }, call) {
        const names = handles.map((handle) => HANDLE.exec(handle)?.[1]);
        if (names.some((name) => name === undefined)) throw new AppError("INVALID_INPUT", "A name on Truth Social has 1 to 30 letters, digits and underscores", { field: "handles" });
        return client.run("social", call, async (http) => {
          const { fromMs } = newsSpan({ from });
          const rows: SocialPostRow[] = [];
          for (const name of new Set(names.map((known) => known!))) {
            const account = await http.json(http.url("api", "/accounts/lookup", { acct: name }), truthAccount, options).catch((error: unknown) => {
              // Who has left the network has no posts; the others have.
              if (error instanceof AppError && error.code === "NOT_FOUND") return null;
              throw error;
            });
            if (account === null) continue;
            if (account.username.toLowerCase() !== name.toLowerCase()) throw http.invalid("author", `sent another account than ${name}`);
            const page = async (before: string | undefined) => {
              const url = http.url("api", `/accounts/${encodeURIComponent(account.id)}/statuses`, { limit: PAGE, since_id: sinceId, max_id: before });
              const found = toTruthPosts(await http.json(url, truthStatuses, options), (asOf) => http.provenance({ url, asOf: notAhead(asOf, { now: http.now(), provider: client.id }) }));
              if (found.some(({ author }) => author.toLowerCase() !== account.acct.toLowerCase())) throw http.invalid("author", `sent a post of somebody else than ${name}`);
              const last = found.at(-1);
              return { rows: found, next: last && found.length === PAGE && Date.parse(last.postedAt) >= fromMs ? last.externalId : null };
            };
            rows.push(...(await walkPages<SocialPostRow, string | undefined>({ provider: client.id, first: undefined, enough: limit, maxPages: MOST_PAGES, keyOf: ({ externalId }) => externalId, page })));
          }
          return newestPosts(rows, { from, limit });
        });
      },
    },
  };
}
