import type { VendorDefinition } from "../vendor-definition";
import { createX } from "./x-client";

const needs = ["X_BEARER_TOKEN"] as const;

export const X: VendorDefinition = {
  id: "x",
  name: "X",
  signUpUrl: "https://developer.x.com/en/portal/dashboard",
  bases: { api: "https://api.x.com/2" },
  variables: [{ name: "X_BEARER_TOKEN", required: true, secret: true }],
  // Published: 60 searches in 15 minutes for an app of the smallest plan that has them (https://docs.x.com/x-api/fundamentals/rate-limits); a month's posts are counted by X alone.
  budget: () => ({ windows: [{ limit: 60, windowMs: 15 * 60_000 }], concurrency: 1 }),
  offers: { social: { priority: 20, needs } },
  create: ({ env, client }) => createX({ client, token: env.X_BEARER_TOKEN }),
};
