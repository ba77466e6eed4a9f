import type { VendorDefinition } from "../vendor-definition";
import { createAlphaVantage } from "./alpha-vantage-client";

const needs = ["ALPHA_VANTAGE_API_KEY"] as const;

export const ALPHA_VANTAGE: VendorDefinition = {
  id: "alpha-vantage",
  name: "Alpha Vantage",
  signUpUrl: "https://www.alphavantage.co/support/#api-key",
  bases: { api: "https://www.alphavantage.co" },
  variables: [{ name: "ALPHA_VANTAGE_API_KEY", required: true, secret: true }],
  // Published: 25 calls a day and one a second on the free plan (https://www.alphavantage.co/support/); paid ones are not told apart by their key.
  budget: () => ({ windows: [{ limit: 5, windowMs: 60_000 }, { limit: 1, windowMs: 1_000 }], concurrency: 1, dayLimit: 25 }),
  offers: { quotes: { priority: 30, needs }, intradayBars: { priority: 30, needs }, news: { priority: 30, needs }, fx: { priority: 30, needs }, profile: { priority: 30, needs } },
  create: ({ env, client }) => createAlphaVantage({ client, apiKey: env.ALPHA_VANTAGE_API_KEY }),
};
