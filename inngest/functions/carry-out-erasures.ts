import { systemCtx, systemPayments } from "@/server/runtime";
import { expireExports } from "@/server/services/account/build-export";
import { eraseUser, listDueErasures } from "@/server/services/account/erase-user";
import { expireFailures } from "@/server/services/account/sign-in-attempt";
import { endSubscription } from "@/server/services/billing/end-subscription";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";

/** Every hour: erases the people whose grace period is over, each in a step of their own, and deletes archives and counts of failed sign-ins whose time is over. */
export const carryOutErasures = inngest.createFunction(
  { id: "carry-out-erasures", triggers: [{ cron: "TZ=UTC 17 * * * *" }], concurrency: { limit: 1 }, retries: 3 },
  async ({ step }) => {
    const due = await step.run("list", () => listDueErasures(systemCtx()));
    let erased = 0;
    for (const userId of due) {
      // Whose subscription cannot be ended now waits for the next hour, and holds nobody else back; the step's error stands in the run.
      const charged = await step.run(`end subscription ${userId}`, () => orStopRetrying(endSubscription(systemCtx(), { userId }, systemPayments()))).then(() => false, () => true);
      if (charged) continue;
      await step.run(`erase ${userId}`, () => orStopRetrying(eraseUser(systemCtx(), { userId })));
      erased += 1;
    }
    const { expired } = await step.run("expire exports", () => expireExports(systemCtx()));
    const { expired: failures } = await step.run("expire failed sign-ins", () => expireFailures(systemCtx()));
    return { erased, expired, failures };
  },
);
