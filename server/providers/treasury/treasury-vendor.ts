import type { VendorDefinition } from "../vendor-definition";
import { createTreasury } from "./treasury-client";

export const TREASURY: VendorDefinition = {
  id: "treasury",
  name: "US Department of the Treasury",
  signUpUrl: "https://home.treasury.gov/treasury-daily-interest-rate-xml-feed",
  bases: { home: "https://home.treasury.gov" },
  variables: [],
  // No limit is published: assumed.
  budget: () => ({ windows: [{ limit: 20, windowMs: 60_000 }], concurrency: 2, maxWaitMs: 60_000 }),
  // A year of the feed is some 500 kB and made on demand.
  defaults: { attemptMs: 30_000 },
  offers: { yieldCurve: { priority: 1 } },
  create: ({ client }) => createTreasury({ client }),
};
