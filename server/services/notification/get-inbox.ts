import type { InboxState } from "@/server/contracts/notification";
import type { Ctx } from "@/server/services/ctx";
import { SHOWN, toNotificationDto } from "./notification-dto";

const LATEST = 5;

/** How many of a person's notifications are unread, and the newest of all; for the bell, and for the sidecar that keeps it live. */
export async function getInbox({ db }: Pick<Ctx, "db">, { userId }: { userId: string }): Promise<InboxState> {
  const [unread, latest] = await Promise.all([
    db.notification.count({ where: { userId, ...SHOWN, readAt: null } }),
    db.notification.findMany({ where: { userId, ...SHOWN }, orderBy: [{ createdAt: "desc" }, { id: "asc" }], take: LATEST }),
  ]);
  return { unread, latest: latest.map(toNotificationDto) };
}
