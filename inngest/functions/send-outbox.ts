import { systemCtx } from "@/server/runtime";
import { drainOutbox } from "@/server/services/admin/drain-outbox";
import { inngest } from "../inngest-client";

/** Sends what waits in the outbox: soon after it was filled, and now and then whatever was missed. The local runner reads the outbox by itself and leaves nothing. */
export const sendOutbox = inngest.createFunction(
  { id: "send-outbox", triggers: [{ event: "outbox/filled" }, { cron: "*/5 * * * *" }], concurrency: { limit: 1 }, retries: 1 },
  ({ step }) => step.run("send", () => drainOutbox(systemCtx(), (events) => inngest.send(events))),
);
