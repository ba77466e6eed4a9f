import { systemCtx } from "@/server/runtime";
import { closeLostRuns } from "@/server/services/ingestion/close-lost-runs";
import { inngest } from "../inngest-client";

/** Every hour: closes what killed processes left open, so that no pull seems to be at work for ever. */
export const closeLostIngestions = inngest.createFunction(
  { id: "close-lost-ingestions", triggers: [{ cron: "TZ=UTC 50 * * * *" }], concurrency: { limit: 1 }, retries: 1 },
  ({ step }) => step.run("close", () => closeLostRuns(systemCtx())),
);
