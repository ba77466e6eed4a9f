import type { VendorDefinition } from "../vendor-definition";
import { createFmp } from "./fmp-client";

const needs = ["FMP_API_KEY"] as const;

export const FMP: VendorDefinition = {
  id: "fmp",
  name: "Financial Modeling Prep",
  signUpUrl: "https://site.financialmodelingprep.com/developer/docs/pricing",
  bases: { api: "https://financialmodelingprep.com/stable" },
  variables: [{ name: "FMP_API_KEY", required: true, secret: true }],
  // Published: 250 calls a day on the free plan, 300 a minute on the first paid one (https://site.financialmodelingprep.com/developer/docs/pricing).
  budget: () => ({ windows: [{ limit: 300, windowMs: 60_000 }], concurrency: 3, dayLimit: 250 }),
  offers: { earningsCalendar: { priority: 31, needs }, economicCalendar: { priority: 31, needs }, profile: { priority: 31, needs }, statements: { priority: 31, needs } },
  create: ({ env, client }) => createFmp({ client, apiKey: env.FMP_API_KEY }),
};
