import { EVENTS } from "@/server/contracts/events";
import { allowsPrivateWebhooks, systemCtx } from "@/server/runtime";
import { deliverWebhook } from "@/server/services/webhook/deliver-webhook";
import { giveUpDelivery } from "@/server/services/webhook/give-up-delivery";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";

const queued = EVENTS["webhook/queued"];

/** Tells one address of one event, again and again for some hours until it is taken. */
export const callWebhook = inngest.createFunction(
  {
    id: "call-webhook",
    triggers: [{ event: "webhook/queued" }],
    // A slow receiver keeps only its own deliveries waiting.
    concurrency: [{ limit: 2, key: "event.data.endpointId" }, { limit: 20 }],
    retries: 8,
    onFailure: ({ event, step }) => step.run("give up", () => giveUpDelivery(systemCtx(), queued.parse(event.data.event.data))),
  },
  ({ event, step }) => step.run("deliver", () => orStopRetrying(deliverWebhook(systemCtx(), { ...queued.parse(event.data), allowPrivate: allowsPrivateWebhooks() }))),
);
