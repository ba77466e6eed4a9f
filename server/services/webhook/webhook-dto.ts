import type { WebhookDelivery, WebhookEndpoint } from "@/prisma/generated/client";
import type { WebhookDeliveryDto, WebhookEndpointDto, WebhookEvent } from "@/server/contracts/webhook";

export const toWebhookDto = ({ id, url, events, createdAt, disabledAt, disabledReason, previousSecretUntil }: WebhookEndpoint): WebhookEndpointDto => ({
  id,
  url,
  events: events as WebhookEvent[],
  createdAt: createdAt.toISOString(),
  disabledAt: disabledAt?.toISOString() ?? null,
  disabledReason: disabledReason as WebhookEndpointDto["disabledReason"],
  previousSecretUntil: previousSecretUntil?.toISOString() ?? null,
});

export const toDeliveryDto = ({ id, eventId, event, status, attempts, responseStatus, responseBody, error, createdAt, lastAttemptAt, deliveredAt, payload }: WebhookDelivery): WebhookDeliveryDto => ({
  id,
  eventId,
  event,
  status,
  attempts,
  responseStatus,
  responseBody,
  error,
  createdAt: createdAt.toISOString(),
  lastAttemptAt: lastAttemptAt?.toISOString() ?? null,
  deliveredAt: deliveredAt?.toISOString() ?? null,
  payload,
});
