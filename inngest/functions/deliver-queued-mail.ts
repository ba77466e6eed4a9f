import { EVENTS } from "@/server/contracts/events";
import { systemCtx, systemMailer } from "@/server/runtime";
import { deliverMail } from "@/server/services/account/deliver-mail";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";

/** Sends one mail of the outbox by SMTP; without an SMTP server it stays there. */
export const deliverQueuedMail = inngest.createFunction(
  { id: "deliver-queued-mail", triggers: [{ event: "mail/queued" }], concurrency: [{ limit: 1, key: "event.data.mailId" }, { limit: 10 }], retries: 8 },
  ({ event, step }) => step.run("deliver", () => orStopRetrying(deliverMail(systemCtx(), EVENTS["mail/queued"].parse(event.data), systemMailer()))),
);
