import type { VendorDefinition } from "../vendor-definition";
import { createBithumb } from "./bithumb-client";

export const BITHUMB: VendorDefinition = {
  id: "bithumb",
  name: "Bithumb",
  signUpUrl: "https://apidocs.bithumb.com/",
  bases: { api: "https://api.bithumb.com", live: "wss://ws-api.bithumb.com/websocket/v1" },
  variables: [],
  // Of the public endpoints no figure is published beyond that there is a limit by address: assumed.
  budget: () => ({ windows: [{ limit: 10, windowMs: 1_000 }], concurrency: 4 }),
  offers: { coinBoard: { priority: 2 }, quoteStream: { priority: 12 } },
  create: ({ client }) => createBithumb(client),
};
