import type { VendorDefinition } from "../vendor-definition";
import { createFred } from "./fred-client";

export const FRED: VendorDefinition = {
  id: "fred",
  name: "FRED, Federal Reserve Bank of St. Louis",
  signUpUrl: "https://fredaccount.stlouisfed.org/apikeys",
  bases: { api: "https://api.stlouisfed.org", graph: "https://fred.stlouisfed.org" },
  variables: [{ name: "FRED_API_KEY", required: false, secret: true }],
  // Published: 120 calls a minute for a key (https://fred.stlouisfed.org/docs/api/fred/errors.html). Of the public download no figure is: assumed.
  budget: ({ FRED_API_KEY: key }) => ({ windows: [{ limit: key ? 120 : 30, windowMs: 60_000 }], concurrency: key ? 4 : 2 }),
  offers: { macro: { priority: 1 }, fx: { priority: 3 }, macroVintages: { priority: 1, needs: ["FRED_API_KEY"] }, macroInfo: { priority: 1, needs: ["FRED_API_KEY"] } },
  create: ({ env, client }) => createFred({ client, apiKey: env.FRED_API_KEY }),
};
