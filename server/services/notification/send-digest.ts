import { notificationContent } from "@/server/contracts/notification";
import { accountMail, MAIL_LOCALES } from "@/server/domain/account/account-mail";
import { digestSince, isDigestDue } from "@/server/domain/notification/digest-period";
import { notificationMail } from "@/server/domain/notification/notification-mail";
import { quietUntil } from "@/server/domain/notification/quiet-hours";
import { sendMail } from "@/server/services/account/send-mail";
import type { Ctx } from "@/server/services/ctx";
import { SHOWN } from "./notification-dto";

const LINES = 10;

type Chosen = { digest: "NONE" | "DAILY" | "WEEKLY"; digestSentAt: Date | null; timeZone: string; quietFromMinute: number | null; quietToMinute: number | null };

function isDue({ digest, digestSentAt, timeZone, quietFromMinute, quietToMinute }: Chosen, now: Date): boolean {
  if (digest === "NONE" || !isDigestDue({ rhythm: digest, lastSentAt: digestSentAt, now, timeZone })) return false;
  return quietUntil(now, { fromMinute: quietFromMinute, toMinute: quietToMinute, timeZone }) === null;
}

/** People whose digest is due now; one that falls into quiet hours is due after them. */
export async function listDueDigests(ctx: Pick<Ctx, "db" | "now">): Promise<string[]> {
  const now = ctx.now();
  const chosen = await ctx.db.user.findMany({
    where: { digest: { not: "NONE" }, email: { not: null }, emailVerifiedAt: { not: null }, erasedAt: null, lockedAt: null },
    select: { id: true, digest: true, digestSentAt: true, timeZone: true, quietFromMinute: true, quietToMinute: true },
  });
  return chosen.filter((one) => isDue(one, now)).map(({ id }) => id);
}

/** Sends one person's digest of what is unread since the last; with nothing unread the period passes without a mail. Run twice, it is sent once. */
export async function sendDigest(ctx: Pick<Ctx, "db" | "emit" | "now" | "site">, { userId }: { userId: string }): Promise<{ unread: number }> {
  const now = ctx.now();
  return ctx.db.$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (!user || user.email === null || user.digest === "NONE" || !isDue(user, now)) return { unread: 0 };
    const { count } = await tx.user.updateMany({ where: { id: userId, digestSentAt: user.digestSentAt }, data: { digestSentAt: now } });
    if (count === 0) return { unread: 0 };
    const since = digestSince({ rhythm: user.digest, lastSentAt: user.digestSentAt, now });
    const where = { userId, ...SHOWN, readAt: null, createdAt: { gt: since, lte: now } };
    const unread = await tx.notification.count({ where });
    if (unread === 0) return { unread };
    const newest = await tx.notification.findMany({ where, orderBy: [{ createdAt: "desc" }, { id: "asc" }], take: LINES });
    const locale = MAIL_LOCALES.find((one) => one === user.locale) ?? "en";
    const lines = newest.map(({ kind, params, createdAt }) => accountMail(locale, notificationMail(notificationContent.parse({ kind, params }), user, { at: createdAt, siteUrl: ctx.site.url })).subject);
    await sendMail(tx, ctx, { userId, email: user.email, locale: user.locale }, { kind: "digest", name: user.name, unread, lines, link: `${ctx.site.url}/notifications` });
    return { unread };
  });
}
