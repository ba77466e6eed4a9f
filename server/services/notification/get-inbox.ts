import { MARKED_AT_MOST, type InboxState } from "@/server/contracts/notification";
import type { Ctx } from "@/server/services/ctx";
import { SHOWN, toNotificationDto } from "./notification-dto";

const LATEST = 5;

/** How many of a person's notifications are unread and which, and the newest of all; for the bell, and for the sidecar that keeps it live. */
export async function getInbox({ db }: Pick<Ctx, "db">, { userId }: { userId: string }): Promise<InboxState> {
  const orderBy = [{ createdAt: "desc" as const }, { id: "asc" as const }];
  const where = { userId, ...SHOWN, readAt: null };
  const [unread, latest] = await Promise.all([
    db.notification.findMany({ where, orderBy, take: MARKED_AT_MOST, select: { id: true } }),
    db.notification.findMany({ where: { userId, ...SHOWN }, orderBy, take: LATEST }),
  ]);
  // The number is that of the list whenever the list is whole, so that the two cannot tell of different moments.
  const count = unread.length < MARKED_AT_MOST ? unread.length : await db.notification.count({ where });
  return { unread: count, unreadIds: unread.map(({ id }) => id), latest: latest.map(toNotificationDto) };
}
