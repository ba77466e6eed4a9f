import type { VendorDefinition } from "../vendor-definition";
import { createTruthSocial } from "./truth-social-client";

const needs = ["TRUTH_SOCIAL_ACCESS_TOKEN"] as const;

export const TRUTH_SOCIAL: VendorDefinition = {
  id: "truth-social",
  name: "Truth Social",
  // The network sells no public access by program: without a token that it gave, this stays off and posts come from a file.
  signUpUrl: "https://help.truthsocial.com/legal/terms-of-service/",
  bases: { api: "https://truthsocial.com/api/v1" },
  variables: [{ name: "TRUTH_SOCIAL_ACCESS_TOKEN", required: true, secret: true }],
  // No limit is published: that of the software it runs on, 300 calls in 5 minutes (https://docs.joinmastodon.org/api/rate-limits/), by a tenth.
  budget: () => ({ windows: [{ limit: 30, windowMs: 5 * 60_000 }], concurrency: 1 }),
  offers: { social: { priority: 21, needs } },
  create: ({ env, client }) => createTruthSocial({ client, token: env.TRUTH_SOCIAL_ACCESS_TOKEN }),
};
