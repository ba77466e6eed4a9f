import type { Prisma } from "@/prisma/generated/client";
import { notificationContent } from "@/server/contracts/notification";
import { choiceOf, ruleOf } from "@/server/domain/notification/notification-kinds";
import type { NotificationContent } from "@/server/domain/notification/notification-content";
import { notificationMail } from "@/server/domain/notification/notification-mail";
import { quietUntil } from "@/server/domain/notification/quiet-hours";
import { sendMail } from "@/server/services/account/send-mail";
import type { Ctx } from "@/server/services/ctx";
import { queueWebhooks } from "@/server/services/webhook/queue-webhooks";
import { tellInbox } from "./tell-inbox";

export type Notice = NotificationContent & { userId: string; /** Told twice under one key, it is told once. */ onceKey?: string };

/**
 * Tells a person of what happened, in the transaction in which it happens: in the inbox, by mail and by webhook, each as they chose.
 * A mail that is not urgent waits for the end of the person's quiet hours.
 */
export async function notify(tx: Prisma.TransactionClient, ctx: Pick<Ctx, "emit" | "now" | "site">, { userId, onceKey, ...given }: Notice): Promise<void> {
  const content = notificationContent.parse(given);
  const { kind } = content;
  const user = await tx.user.findUnique({
    where: { id: userId },
    select: { email: true, name: true, locale: true, timeZone: true, quietFromMinute: true, quietToMinute: true, erasedAt: true, preferences: { where: { kind } } },
  });
  if (!user || user.erasedAt) return;
  const now = ctx.now();
  const wants = choiceOf(kind, user.preferences[0] ?? null);
  const byMail = wants.mail && user.email !== null;
  const { link, urgent } = ruleOf(kind);
  const [row] = await tx.notification.createManyAndReturn({
    data: { userId, kind, params: content.params, link, createdAt: now, inbox: wants.inbox, mailedAt: byMail ? now : null, onceKey: onceKey ?? null },
    skipDuplicates: true,
    select: { id: true },
  });
  if (!row) return;
  if (wants.inbox) await tellInbox(tx, userId);
  if (byMail && user.email !== null) {
    const heldUntil = urgent ? null : quietUntil(now, { fromMinute: user.quietFromMinute, toMinute: user.quietToMinute, timeZone: user.timeZone });
    await sendMail(tx, ctx, { userId, email: user.email, locale: user.locale }, notificationMail(content, user, { at: now, siteUrl: ctx.site.url }), heldUntil);
  }
  if (wants.webhook) {
    await queueWebhooks(tx, ctx, { userId, event: "notification.created", eventId: row.id, data: { id: row.id, kind, params: content.params, link, createdAt: now.toISOString() } });
  }
}
