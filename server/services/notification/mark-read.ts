import { AppError } from "@/server/domain/app-error";
import type { UserCtx } from "@/server/services/ctx";
import { SHOWN } from "./notification-dto";
import { tellInbox } from "./tell-inbox";

/** Marks some of the caller's notifications as read; with one among them that is not theirs, none. */
export async function markRead(ctx: UserCtx, { ids }: { ids: string[] }): Promise<{ unread: number }> {
  const userId = ctx.user.id;
  const wanted = [...new Set(ids)];
  return ctx.db.$transaction(async (tx) => {
    const own = await tx.notification.count({ where: { userId, id: { in: wanted } } });
    if (own < wanted.length) throw new AppError("NOT_FOUND", "There is no such notification", { field: "ids" });
    const { count } = await tx.notification.updateMany({ where: { userId, id: { in: wanted }, readAt: null }, data: { readAt: ctx.now() } });
    if (count > 0) await tellInbox(tx, userId);
    return { unread: await tx.notification.count({ where: { userId, ...SHOWN, readAt: null } }) };
  });
}
