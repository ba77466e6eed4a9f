import { allowsPrivateWebhooks, backupHook, systemCtx } from "@/server/runtime";
import { askForBackup } from "@/server/services/ingestion/ask-for-backup";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";

/** Every night: tells the operator's own address that it is time for a backup. Nothing where none is set. */
export const askForNightlyBackup = inngest.createFunction(
  { id: "ask-for-backup", triggers: [{ cron: "TZ=UTC 30 3 * * *" }], concurrency: { limit: 1 }, retries: 3 },
  ({ step }) => step.run("ask", () => orStopRetrying(askForBackup(systemCtx(), { url: backupHook(), allowPrivate: allowsPrivateWebhooks() }))),
);
