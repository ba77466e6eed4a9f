import type { Mailer } from "@/server/platform/mailer";
import { readFlags } from "@/server/services/admin/read-flags";
import type { Ctx } from "@/server/services/ctx";

/**
 * Delivers one mail of the outbox; without a mailer, or while delivery is switched off, it stays there for admins to see. A mail that was sent keeps no text, as its
 * links may still open an account. Cut off between sending and noting it, a second run sends it again: better twice than never.
 */
export async function deliverMail(ctx: Pick<Ctx, "db" | "now" | "cache">, { mailId }: { mailId: string }, mailer: Mailer | null): Promise<{ sent: boolean }> {
  const mail = await ctx.db.outgoingMail.findUnique({ where: { id: mailId } });
  if (!mail || mail.sentAt || !mailer || !(await readFlags(ctx)).mailDelivery) return { sent: false };
  try {
    const { recipient, subject, text, html } = mail;
    await mailer.send({ to: recipient, subject, text, html, id: mail.id });
  } catch (error) {
    const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    await ctx.db.outgoingMail.update({ where: { id: mailId }, data: { attempts: { increment: 1 }, lastError } });
    throw error;
  }
  await ctx.db.outgoingMail.update({ where: { id: mailId }, data: { sentAt: ctx.now(), attempts: { increment: 1 }, lastError: null, text: "", html: "" } });
  return { sent: true };
}
