import { systemCtx } from "@/server/runtime";
import { warnOfExpiringKeys } from "@/server/services/notification/warn-of-expiring-keys";
import { inngest } from "../inngest-client";

/** Every hour: tells the owners of API keys that end within a week. */
export const warnKeyOwners = inngest.createFunction(
  { id: "warn-key-owners", triggers: [{ cron: "TZ=UTC 41 * * * *" }], concurrency: { limit: 1 }, retries: 3 },
  ({ step }) => step.run("warn", () => warnOfExpiringKeys(systemCtx())),
);
