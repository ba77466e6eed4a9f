import { systemCtx } from "@/server/runtime";
import { expireUsage } from "@/server/services/billing/expire-usage";
import { inngest } from "../inngest-client";

/** Every night: deletes counts of requests that nobody looks at any more. */
export const expireOldUsage = inngest.createFunction(
  { id: "expire-old-usage", triggers: [{ cron: "TZ=UTC 41 3 * * *" }], concurrency: { limit: 1 }, retries: 3 },
  ({ step }) => step.run("delete", () => expireUsage(systemCtx())),
);
