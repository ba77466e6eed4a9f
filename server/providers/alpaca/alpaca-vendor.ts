import type { VendorDefinition } from "../vendor-definition";
import { createAlpaca } from "./alpaca-client";

const needs = ["ALPACA_API_KEY_ID", "ALPACA_API_SECRET_KEY"] as const;

export const ALPACA: VendorDefinition = {
  id: "alpaca",
  name: "Alpaca Market Data",
  signUpUrl: "https://app.alpaca.markets/signup",
  bases: { data: "https://data.alpaca.markets", live: "wss://stream.data.alpaca.markets" },
  variables: needs.map((name) => ({ name, required: true, secret: true })),
  // Published: 200 calls a minute on the free plan (https://docs.alpaca.markets/docs/about-market-data-api).
  budget: () => ({ windows: [{ limit: 200, windowMs: 60_000 }], concurrency: 4 }),
  offers: { dailyBars: { priority: 22, needs }, intradayBars: { priority: 22, needs }, quotes: { priority: 21, needs }, tradeStream: { priority: 21, needs } },
  create: ({ env, client }) => createAlpaca({ client, keyId: env.ALPACA_API_KEY_ID, secret: env.ALPACA_API_SECRET_KEY }),
};
