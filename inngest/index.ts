import { callWebhook } from "./functions/call-webhook";
import { sendOutbox } from "./functions/send-outbox";

/** Every function that the app offers to the job engine. */
export const functions = [callWebhook, sendOutbox];
