import type { VendorDefinition } from "../vendor-definition";
import { createSec } from "./sec-client";

const NEEDS = ["SEC_USER_AGENT"] as const;

export const SEC: VendorDefinition = {
  id: "sec",
  name: "SEC EDGAR",
  signUpUrl: "https://www.sec.gov/about/webmaster-frequently-asked-questions#developers",
  bases: { data: "https://data.sec.gov", www: "https://www.sec.gov" },
  // No key: the SEC asks for a name and a mail address of whoever calls, and refuses those without.
  variables: [{ name: "SEC_USER_AGENT", required: true, secret: false }],
  // Published: ten calls a second (https://www.sec.gov/about/privacy-information#security). Below it, so that several processes keep to it.
  budget: () => ({ windows: [{ limit: 8, windowMs: 1_000 }], concurrency: 4, maxWaitMs: 60_000 }),
  defaults: { attemptMs: 30_000 },
  offers: {
    statements: { priority: 1, needs: NEEDS },
    debtMaturities: { priority: 1, needs: NEEDS },
    filings: { priority: 1, needs: NEEDS },
    holdings: { priority: 1, needs: NEEDS },
    profile: { priority: 90, needs: NEEDS },
    earningsCalendar: { priority: 90, needs: NEEDS },
  },
  create: ({ env, client }) => createSec({ client, userAgent: env.SEC_USER_AGENT }),
};
