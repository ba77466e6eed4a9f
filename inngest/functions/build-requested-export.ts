import { EVENTS } from "@/server/contracts/events";
import { systemCtx } from "@/server/runtime";
import { buildExport, failExport } from "@/server/services/account/build-export";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";
import { PRIORITY_BY_TIER } from "../priority-by-tier";

const requested = EVENTS["export/requested"];

/** Builds the archive of a person's data; the archive goes into its row and not through the step's state. */
export const buildRequestedExport = inngest.createFunction(
  {
    id: "build-requested-export",
    triggers: [{ event: "export/requested" }],
    concurrency: { limit: 2 },
    priority: PRIORITY_BY_TIER,
    retries: 3,
    onFailure: ({ event, step }) => step.run("give up", () => failExport(systemCtx(), requested.parse(event.data.event.data))),
  },
  ({ event, step }) => step.run("build", () => orStopRetrying(buildExport(systemCtx(), requested.parse(event.data)))),
);
