import type { UserCtx } from "@/server/services/ctx";
import { SHOWN } from "./notification-dto";

/** How many notifications of the caller's inbox are unread. */
export const countUnread = async ({ db, user }: UserCtx): Promise<{ unread: number }> => ({ unread: await db.notification.count({ where: { userId: user.id, ...SHOWN, readAt: null } }) });
