import type { VendorDefinition } from "../vendor-definition";
import { createYahoo } from "./yahoo-client";

/** Statements are left to the filings: the library drops their currency and every figure that is zero. */
export const YAHOO: VendorDefinition = {
  id: "yahoo",
  name: "Yahoo Finance",
  signUpUrl: "https://legal.yahoo.com/us/en/yahoo/terms/otos/index.html",
  bases: { query1: "https://query1.finance.yahoo.com", query2: "https://query2.finance.yahoo.com" },
  variables: [],
  // No limit is published: assumed, below what gets addresses refused by report.
  budget: () => ({ windows: [{ limit: 60, windowMs: 60_000 }, { limit: 1_800, windowMs: 3_600_000 }], concurrency: 2, maxWaitMs: 60_000 }),
  // Without a key, so behind every vendor that has one.
  offers: {
    quotes: { priority: 50 }, dailyBars: { priority: 50 }, intradayBars: { priority: 50 }, profile: { priority: 50 }, dividends: { priority: 50 }, splits: { priority: 50 }, symbolSearch: { priority: 50 }, movers: { priority: 50 },
  },
  create: ({ client }) => createYahoo({ client }),
};
