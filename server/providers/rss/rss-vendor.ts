import type { VendorDefinition } from "../vendor-definition";
import { createRss } from "./rss-client";
import { DEFAULT_FEEDS } from "./rss-feeds";

const defaults = Object.entries(DEFAULT_FEEDS).map(([name, address]) => ({ name, base: new URL(address).origin, path: new URL(address).pathname }));

export const RSS: VendorDefinition = {
  id: "rss",
  name: "RSS and Atom feeds",
  signUpUrl: "https://www.federalreserve.gov/feeds/feeds.htm",
  bases: Object.fromEntries(defaults.map(({ name, base }) => [name, base])),
  variables: [{ name: "RSS_FEEDS", required: false, secret: false }],
  // No feed publishes a limit: assumed, and each is asked once in a run.
  budget: () => ({ windows: [{ limit: 120, windowMs: 60_000 }], concurrency: 4, maxWaitMs: 30_000, manyHosts: true }),
  defaults: { attemptMs: 8_000 },
  offers: { news: { priority: 50 } },
  create: ({ env, client }) =>
    createRss({ client, feedsOf: (http) => (env.RSS_FEEDS.length > 0 ? env.RSS_FEEDS.map((address) => new URL(address)) : defaults.map(({ name, path }) => http.url(name, path))) }),
};
