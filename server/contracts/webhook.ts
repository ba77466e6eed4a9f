import { z } from "zod";
import { pageInput, pageOf } from "./common";

/** What programs may be told of. */
export const WEBHOOK_EVENTS = ["simulation.finished", "report.ready", "alert.fired", "hypothesis.resolved", "bot.finished", "notification.created"] as const;
export const webhookEvent = z.enum(WEBHOOK_EVENTS);
export type WebhookEvent = z.infer<typeof webhookEvent>;

/** Events that can be chosen already but are told only once the part of the product is there in which they happen; the others are told today. */
export const WEBHOOK_ARRIVES_WITH = {
  "report.ready": "analyst",
  "alert.fired": "alerts",
  "hypothesis.resolved": "community",
  "bot.finished": "bots",
} as const satisfies Partial<Record<WebhookEvent, string>>;

/** The part of the product that an event waits for; null where it is told today. */
export const arrivesWith = (event: WebhookEvent): string | null => (event in WEBHOOK_ARRIVES_WITH ? WEBHOOK_ARRIVES_WITH[event as keyof typeof WEBHOOK_ARRIVES_WITH] : null);

const endpointUrl = z.url({ protocol: /^https?$/ }).max(2_000).refine((text) => URL.canParse(text) && new URL(text).username === "" && new URL(text).password === "", "An address carries no user name or password");

export const createWebhookInput = z.strictObject({
  url: endpointUrl,
  events: z.array(webhookEvent).min(1).max(WEBHOOK_EVENTS.length).transform((events) => [...new Set(events)]),
});
export type CreateWebhookInput = z.infer<typeof createWebhookInput>;
export const updateWebhookInput = z.strictObject({ id: z.uuid(), url: endpointUrl.optional(), events: createWebhookInput.shape.events.optional(), enabled: z.boolean().optional() });
export type UpdateWebhookInput = z.infer<typeof updateWebhookInput>;
export const webhookIdInput = z.strictObject({ id: z.uuid() });

export const webhookEndpoint = z.object({
  id: z.uuid(),
  url: z.string(),
  events: z.array(webhookEvent),
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
  /** By the person, or by us after too many failures in a row. */
  disabledReason: z.enum(["switched-off", "failing"]).nullable(),
  /** Until then deliveries carry the signatures of the old secret too. */
  previousSecretUntil: z.iso.datetime().nullable(),
});
export type WebhookEndpointDto = z.infer<typeof webhookEndpoint>;
export const webhookList = z.object({ items: z.array(webhookEndpoint) });
/** Shown when it is made and when its secret is changed, and never again. */
export const webhookWithSecret = webhookEndpoint.extend({ secret: z.string() });
export type WebhookWithSecretDto = z.infer<typeof webhookWithSecret>;

export const webhookDelivery = z.object({
  id: z.uuid(),
  eventId: z.string(),
  event: z.string(),
  status: z.enum(["WAITING", "DELIVERED", "FAILED"]),
  attempts: z.number().int(),
  responseStatus: z.number().int().nullable(),
  responseBody: z.string().nullable(),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastAttemptAt: z.iso.datetime().nullable(),
  deliveredAt: z.iso.datetime().nullable(),
  payload: z.unknown(),
});
export type WebhookDeliveryDto = z.infer<typeof webhookDelivery>;
export const listDeliveriesInput = pageInput.extend({ id: z.uuid() });
export const deliveryPage = pageOf(webhookDelivery);
export const deliveryIdInput = z.strictObject({ id: z.uuid(), deliveryId: z.uuid() });
