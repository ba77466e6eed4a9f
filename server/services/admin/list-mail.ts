import type { z } from "zod";
import type { Prisma } from "@/prisma/generated/client";
import type { ListMailInput, mailText, OutboxMailDto } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import { recordAudit } from "@/server/services/account/record-audit";
import type { Ctx, UserCtx } from "@/server/services/ctx";
import { decodeTimeCursor, encodeCursor } from "@/server/services/market/list-cursor";

const LIST = "mail";
const IN_STATE = {
  sent: { sentAt: { not: null } },
  failed: { sentAt: null, lastError: { not: null } },
  waiting: { sentAt: null, lastError: null },
} satisfies Record<string, Prisma.OutgoingMailWhereInput>;

/** Mails, newest first, without their texts. */
export async function listMail(ctx: Pick<Ctx, "db">, { limit, cursor, state }: ListMailInput): Promise<{ items: OutboxMailDto[]; nextCursor: string | null }> {
  const after = cursor ? decodeTimeCursor(cursor, LIST) : null;
  const rows = await ctx.db.outgoingMail.findMany({
    where: { AND: [state ? IN_STATE[state] : {}, after ? { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { gt: after.id } }] } : {}] },
    omit: { text: true, html: true },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(({ id, recipient, kind, subject, createdAt, sentAt, attempts, lastError }) => ({ id, recipient, kind, subject, attempts, lastError, createdAt: createdAt.toISOString(), sentAt: sentAt?.toISOString() ?? null }));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items, nextCursor: last ? encodeCursor({ list: LIST, key: last.createdAt.toISOString(), id: last.id }) : null };
}

/** The text of one mail. Its links may open somebody's account: that it was read is on the record, and the person sees it. */
export async function openMail(ctx: UserCtx, { mailId }: { mailId: string }): Promise<z.infer<typeof mailText>> {
  const mail = await ctx.db.outgoingMail.findUnique({ where: { id: mailId } });
  if (!mail) throw new AppError("NOT_FOUND", "No such mail", { field: "mailId" });
  const { subject, text, html, userId, kind } = mail;
  await recordAudit(ctx.db, ctx, { action: "mail.opened", actorId: ctx.user.id, subjectId: userId, details: { mailId, kind } });
  return { subject, text, html };
}

/** Has a mail that waits or failed tried again, now also when it was held for the morning. One that was sent keeps no text and cannot be. */
export async function resendMail(ctx: UserCtx, { mailId }: { mailId: string }): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const mail = await tx.outgoingMail.findUnique({ where: { id: mailId }, select: { sentAt: true, userId: true, kind: true } });
    if (!mail) throw new AppError("NOT_FOUND", "No such mail", { field: "mailId" });
    if (mail.sentAt) throw new AppError("RULE_VIOLATED", "This mail was sent, and its text is not kept", { reason: "MAIL_SENT" });
    await tx.outgoingMail.update({ where: { id: mailId }, data: { heldUntil: null } });
    await ctx.emit(tx, { name: "mail/queued", data: { mailId } });
    await recordAudit(tx, ctx, { action: "mail.resent", actorId: ctx.user.id, subjectId: mail.userId, details: { mailId, kind: mail.kind } });
  });
}
