import type { VendorDefinition } from "../vendor-definition";
import { createCoinGecko } from "./coingecko-client";

export const COINGECKO: VendorDefinition = {
  id: "coingecko",
  name: "CoinGecko",
  signUpUrl: "https://www.coingecko.com/en/developers/dashboard",
  // A demo key goes to the same host as none; paid keys have another one and are not what is asked for here.
  bases: { api: "https://api.coingecko.com/api/v3" },
  variables: [{ name: "COINGECKO_API_KEY", required: false, secret: true }],
  // Published for a demo key: 30 calls a minute at the least (100 by the newest page) and 10,000 a month
  // (https://docs.coingecko.com/docs/errors-and-rate-limits). Without one no figure is, only that an address shares it: assumed.
  budget: ({ COINGECKO_API_KEY: key }) => ({ windows: [{ limit: key ? 30 : 5, windowMs: 60_000 }], concurrency: 2, ...(key && { dayLimit: 320 }) }),
  offers: { coinMarkets: { priority: 1 }, coinDetail: { priority: 1 }, derivatives: { priority: 2 }, fx: { priority: 2 } },
  create: ({ env, client }) => createCoinGecko({ client, apiKey: env.COINGECKO_API_KEY }),
};
