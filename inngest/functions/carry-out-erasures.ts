import { systemCtx } from "@/server/runtime";
import { expireExports } from "@/server/services/account/build-export";
import { eraseUser, listDueErasures } from "@/server/services/account/erase-user";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";

/** Every hour: erases the people whose grace period is over, each in a step of their own, and deletes archives whose time is over. */
export const carryOutErasures = inngest.createFunction(
  { id: "carry-out-erasures", triggers: [{ cron: "TZ=UTC 17 * * * *" }], concurrency: { limit: 1 }, retries: 3 },
  async ({ step }) => {
    const due = await step.run("list", () => listDueErasures(systemCtx()));
    for (const userId of due) await step.run(`erase ${userId}`, () => orStopRetrying(eraseUser(systemCtx(), { userId })));
    const { expired } = await step.run("expire exports", () => expireExports(systemCtx()));
    return { erased: due.length, expired };
  },
);
