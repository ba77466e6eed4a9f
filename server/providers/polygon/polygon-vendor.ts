import type { VendorDefinition } from "../vendor-definition";
import { createPolygon } from "./polygon-client";

const needs = ["POLYGON_API_KEY"] as const;

export const POLYGON: VendorDefinition = {
  id: "polygon",
  name: "Polygon.io (Massive)",
  signUpUrl: "https://polygon.io/dashboard/signup",
  bases: { api: "https://api.polygon.io" },
  variables: [{ name: "POLYGON_API_KEY", required: true, secret: true }],
  // Published: 5 calls a minute on the free plan (https://polygon.io/pricing); paid ones are not told apart by their key.
  budget: () => ({ windows: [{ limit: 5, windowMs: 60_000 }], concurrency: 2, maxWaitMs: 30_000 }),
  offers: {
    dailyBars: { priority: 21, needs }, intradayBars: { priority: 21, needs }, quotes: { priority: 22, needs }, news: { priority: 21, needs }, dividends: { priority: 21, needs }, splits: { priority: 21, needs }, profile: { priority: 21, needs },
  },
  create: ({ env, client }) => createPolygon({ client, apiKey: env.POLYGON_API_KEY }),
};
