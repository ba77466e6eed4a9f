import { z } from "zod";
import { vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { SocialPostRow, VendorProvenance } from "../capabilities";
import { plainWords, webAddress } from "../plain-words";

const id = z.string().regex(/^\d{1,25}$/);
const count = z.int().min(0);
const account = z.object({ id, username: z.string().min(1), acct: z.string().min(1), display_name: z.string() });

/** GET /api/v1/accounts/lookup, as Mastodon's interface has it, which this network answers in. */
export const truthAccount = account;

/** GET /api/v1/accounts/{id}/statuses, newest first. `content` is HTML, and empty for what is only passed on. */
export const truthStatuses = z.array(
  z.object({
    id, created_at: z.string().refine((text) => vendorInstant(text) !== null, "Not an instant"), content: z.string(), url: z.string().nullable(), account, language: z.string().nullable(), favourites_count: count, reblogs_count: count, replies_count: count,
    reblog: z.object({ id, content: z.string() }).nullable(),
  }),
);

export const toTruthPosts = (statuses: z.infer<typeof truthStatuses>, provenance: (asOf: string) => VendorProvenance): SocialPostRow[] =>
  statuses.map((status) => {
    const postedAt = vendorInstant(status.created_at)!;
    return {
      externalId: status.id, network: "truth-social", author: status.account.acct, authorName: status.account.display_name || null, text: plainWords(status.content || status.reblog?.content, 5_000) ?? "", postedAt,
      postUrl: webAddress(status.url) ?? `https://truthsocial.com/@${status.account.acct}/${status.id}`, language: status.language || null, likes: status.favourites_count, reposts: status.reblogs_count, replies: status.replies_count, quotes: null, views: null,
      repostOf: status.reblog?.id ?? null, provenance: provenance(postedAt),
    };
  });
