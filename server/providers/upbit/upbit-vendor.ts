import type { VendorDefinition } from "../vendor-definition";
import { createUpbit } from "./upbit-client";

export const UPBIT: VendorDefinition = {
  id: "upbit",
  name: "Upbit",
  signUpUrl: "https://docs.upbit.com/kr/docs/rate-limits",
  bases: { api: "https://api.upbit.com", live: "wss://api.upbit.com/websocket/v1" },
  variables: [],
  // Published: 10 calls a second for each group of endpoints and address (https://docs.upbit.com/kr/docs/rate-limits); ours go into one.
  budget: () => ({ windows: [{ limit: 8, windowMs: 1_000 }], concurrency: 4 }),
  offers: { coinBoard: { priority: 1 }, quoteStream: { priority: 11 } },
  create: ({ client }) => createUpbit(client),
};
