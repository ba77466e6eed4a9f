import { NOTIFICATION_KINDS, type NotificationPreferenceDto } from "@/server/contracts/notification";
import { choiceOf, ruleOf } from "@/server/domain/notification/notification-kinds";
import type { UserCtx } from "@/server/services/ctx";

/** Where the caller is told of each kind: their own choice, else the default. */
export async function listPreferences(ctx: UserCtx): Promise<{ items: NotificationPreferenceDto[] }> {
  const rows = await ctx.db.notificationPreference.findMany({ where: { userId: ctx.user.id } });
  return { items: NOTIFICATION_KINDS.map((kind) => ({ kind, ...choiceOf(kind, rows.find((row) => row.kind === kind) ?? null), mailFixed: ruleOf(kind).urgent })) };
}
