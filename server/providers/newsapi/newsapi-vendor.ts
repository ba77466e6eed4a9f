import type { VendorDefinition } from "../vendor-definition";
import { createNewsapi } from "./newsapi-client";

export const NEWSAPI: VendorDefinition = {
  id: "newsapi",
  name: "NewsAPI",
  // The free plan is for development alone, with articles a day old: its terms ask for a paid one in production.
  signUpUrl: "https://newsapi.org/register",
  bases: { api: "https://newsapi.org/v2" },
  variables: [{ name: "NEWSAPI_API_KEY", required: true, secret: true }],
  // Published: 100 calls a day on the free plan (https://newsapi.org/pricing).
  budget: () => ({ windows: [{ limit: 10, windowMs: 60_000 }], concurrency: 1, dayLimit: 100 }),
  offers: { news: { priority: 40, needs: ["NEWSAPI_API_KEY"] } },
  create: ({ env, client }) => createNewsapi({ client, apiKey: env.NEWSAPI_API_KEY }),
};
