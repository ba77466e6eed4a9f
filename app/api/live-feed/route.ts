import { liveFeedUrl } from "@/server/api/live-feed-url";

/** Asked by pages that were made at build time, when the address was not known. */
export const GET = () => Response.json({ url: liveFeedUrl() }, { headers: { "cache-control": "public, max-age=60" } });
