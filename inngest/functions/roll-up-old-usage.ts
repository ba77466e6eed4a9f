import { systemCtx } from "@/server/runtime";
import { expireUsage } from "@/server/services/billing/expire-usage";
import { rollUpUsage } from "@/server/services/billing/roll-up-usage";
import { inngest } from "../inngest-client";

/** Every night: rolls hours of requests that nobody looks at any more up into days, and deletes the days that are too old for that. */
export const rollUpOldUsage = inngest.createFunction(
  { id: "roll-up-old-usage", triggers: [{ cron: "TZ=UTC 41 3 * * *" }], concurrency: { limit: 1 }, retries: 3 },
  async ({ step }) => {
    const { hours } = await step.run("roll up", () => rollUpUsage(systemCtx()));
    const { deleted } = await step.run("delete", () => expireUsage(systemCtx()));
    return { hours, deleted };
  },
);
