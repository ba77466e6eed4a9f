import type { VendorDefinition } from "../vendor-definition";
import { createWorldBank } from "./world-bank-client";

export const WORLD_BANK: VendorDefinition = {
  id: "world-bank",
  name: "World Bank Open Data",
  signUpUrl: "https://datahelpdesk.worldbank.org/knowledgebase/articles/889392-about-the-indicators-api-documentation",
  bases: { api: "https://api.worldbank.org" },
  variables: [],
  // No limit is published: assumed.
  budget: () => ({ windows: [{ limit: 60, windowMs: 60_000 }], concurrency: 2, maxWaitMs: 30_000 }),
  defaults: { attemptMs: 20_000 },
  offers: { countryMacro: { priority: 1 } },
  create: ({ client }) => createWorldBank({ client }),
};
