import { accountMail, MAIL_LOCALES, type AccountMail } from "@/server/domain/account/account-mail";
import type { Db } from "@/server/platform/db";
import type { OutboxTx } from "@/server/platform/outbox";
import type { Ctx } from "@/server/services/ctx";

export type MailTx = OutboxTx & Pick<Db, "outgoingMail">;
export type Recipient = { userId: string | null; email: string; locale: string };

/** Writes a mail into the outbox, in the transaction of what it tells; a job delivers it once that has committed, or after `heldUntil`. */
export async function sendMail(tx: MailTx, ctx: Pick<Ctx, "emit" | "now">, { userId, email, locale }: Recipient, mail: AccountMail, heldUntil: Date | null = null): Promise<void> {
  const written = accountMail(MAIL_LOCALES.find((one) => one === locale) ?? "en", mail);
  const { id } = await tx.outgoingMail.create({ data: { userId, recipient: email, kind: mail.kind, createdAt: ctx.now(), heldUntil, ...written } });
  if (!heldUntil) await ctx.emit(tx, { name: "mail/queued", data: { mailId: id } });
}
