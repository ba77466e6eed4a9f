import type { Notification } from "@/prisma/generated/client";
import { NOTIFICATION_KINDS, notificationContent, type NotificationDto } from "@/server/contracts/notification";

/** Rows of kinds that are told no more are kept for the person's copy of their data, and shown nowhere. */
export const SHOWN = { inbox: true, kind: { in: [...NOTIFICATION_KINDS] } };

export function toNotificationDto({ id, kind, params, link, createdAt, readAt }: Pick<Notification, "id" | "kind" | "params" | "link" | "createdAt" | "readAt">): NotificationDto {
  return { id, content: notificationContent.parse({ kind, params }), link, createdAt: createdAt.toISOString(), readAt: readAt?.toISOString() ?? null };
}
