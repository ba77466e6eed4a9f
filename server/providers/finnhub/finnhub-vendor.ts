import type { VendorDefinition } from "../vendor-definition";
import { createFinnhub } from "./finnhub-client";

const needs = ["FINNHUB_API_KEY"] as const;

export const FINNHUB: VendorDefinition = {
  id: "finnhub",
  name: "Finnhub",
  signUpUrl: "https://finnhub.io/register",
  bases: { api: "https://finnhub.io/api/v1", live: "wss://ws.finnhub.io" },
  variables: [{ name: "FINNHUB_API_KEY", required: true, secret: true }],
  // Published: 60 calls a minute on the free plan and 30 a second on every plan (https://finnhub.io/docs/api/rate-limit).
  budget: () => ({ windows: [{ limit: 60, windowMs: 60_000 }, { limit: 25, windowMs: 1_000 }], concurrency: 4 }),
  offers: {
    quotes: { priority: 20, needs }, news: { priority: 20, needs }, earningsCalendar: { priority: 20, needs }, ipoCalendar: { priority: 20, needs }, economicCalendar: { priority: 20, needs }, tradeStream: { priority: 20, needs },
  },
  create: ({ env, client }) => createFinnhub({ client, apiKey: env.FINNHUB_API_KEY }),
};
