import type { VendorDefinition } from "../vendor-definition";
import { createBinance } from "./binance-client";

export const BINANCE: VendorDefinition = {
  id: "binance",
  name: "Binance, public market data",
  signUpUrl: "https://developers.binance.com/docs/binance-spot-api-docs/faqs/market_data_only",
  // The hosts that serve public data alone: no key is of use there, and they answer where the trading hosts refuse a country.
  bases: { api: "https://data-api.binance.vision", futures: "https://fapi.binance.com", live: "wss://data-stream.binance.vision/ws" },
  variables: [],
  // Published: a weight of 6,000 a minute and 80 for the board; of futures 2,400 a minute with 1 to 10 each, and 1,000 in five minutes of ratios.
  budget: () => ({ windows: [{ limit: 60, windowMs: 60_000 }], concurrency: 4 }),
  offers: { coinBoard: { priority: 3 }, derivatives: { priority: 1 }, quoteStream: { priority: 13 } },
  create: ({ client }) => createBinance(client),
};
