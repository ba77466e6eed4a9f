import type { UserStats } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { getUsage } from "@/server/services/billing/get-usage";
import type { UserCtx } from "@/server/services/ctx";
import { countUnread } from "@/server/services/notification/count-unread";

/** What a person has and does here, by count; another person's are not found. */
export async function getUserStats(ctx: UserCtx, { userId }: { userId: string }): Promise<UserStats> {
  const { id } = ctx.user;
  if (userId !== "me" && userId !== id) throw new AppError("NOT_FOUND", "There is no such person", { field: "userId" });
  const now = ctx.now();
  const open = { userId: id, revokedAt: null };
  const [user, openSessions, apiKeys, webhooks, { unread }, usage] = await Promise.all([
    ctx.db.user.findUniqueOrThrow({ where: { id }, select: { createdAt: true } }),
    ctx.db.session.count({ where: { ...open, expiresAt: { gt: now }, impersonatorId: null } }),
    ctx.db.apiKey.count({ where: { ...open, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] } }),
    ctx.db.webhookEndpoint.count({ where: { userId: id, disabledAt: null } }),
    countUnread(ctx),
    getUsage(ctx, { window: "month", surface: "api" }),
  ]);
  const total = (counts: "requests" | "refused") => usage.groups.reduce((sum, group) => sum + group[counts].reduce((inner, count) => inner + count, 0), 0);
  return { userId: id, memberSince: user.createdAt.toISOString(), openSessions, apiKeys, webhooks, unreadNotifications: unread, requests: { admitted: total("requests") - total("refused"), refused: total("refused") } };
}
