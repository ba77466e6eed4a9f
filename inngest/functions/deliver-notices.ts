import { systemCtx } from "@/server/runtime";
import { releaseHeldMails } from "@/server/services/notification/release-held-mails";
import { listDueDigests, sendDigest } from "@/server/services/notification/send-digest";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";

/** Every ten minutes: hands over mails whose quiet hours have ended, and sends the digests that are due by each person's clock, each in a step of its own. */
export const deliverNotices = inngest.createFunction(
  { id: "deliver-notices", triggers: [{ cron: "TZ=UTC 3-59/10 * * * *" }], concurrency: { limit: 1 }, retries: 3 },
  async ({ step }) => {
    const { released } = await step.run("release held mails", () => releaseHeldMails(systemCtx()));
    const due = await step.run("list digests", () => listDueDigests(systemCtx()));
    for (const userId of due) await step.run(`digest ${userId}`, () => orStopRetrying(sendDigest(systemCtx(), { userId })));
    return { released, digests: due.length };
  },
);
