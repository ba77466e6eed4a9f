import type { ListNotificationsInput, NotificationDto } from "@/server/contracts/notification";
import { decodeTimeCursor, encodeCursor } from "@/server/services/market/list-cursor";
import type { UserCtx } from "@/server/services/ctx";
import { SHOWN, toNotificationDto } from "./notification-dto";

/** The caller's inbox, newest first. */
export async function listNotifications(ctx: UserCtx, { limit, cursor, show }: ListNotificationsInput): Promise<{ items: NotificationDto[]; nextCursor: string | null }> {
  const list = `notifications ${show}`;
  const after = cursor ? decodeTimeCursor(cursor, list) : null;
  const rows = await ctx.db.notification.findMany({
    where: { userId: ctx.user.id, ...SHOWN, ...(show === "unread" && { readAt: null }), ...(after && { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { gt: after.id } }] }) },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(toNotificationDto);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor({ list, key: last.createdAt, id: last.id }) : null };
}
