import type { Ctx } from "@/server/services/ctx";

const AT_ONCE = 500;

/** Hands over the mails whose quiet hours have ended; run twice at once, each mail is handed over once. */
export async function releaseHeldMails(ctx: Pick<Ctx, "db" | "emit" | "now">): Promise<{ released: number }> {
  return ctx.db.$transaction(async (tx) => {
    const due = await tx.outgoingMail.findMany({ where: { heldUntil: { lte: ctx.now() } }, orderBy: { heldUntil: "asc" }, take: AT_ONCE, select: { id: true } });
    const released = await tx.outgoingMail.updateManyAndReturn({ where: { id: { in: due.map(({ id }) => id) }, heldUntil: { not: null } }, data: { heldUntil: null }, select: { id: true } });
    for (const { id } of released) await ctx.emit(tx, { name: "mail/queued", data: { mailId: id } });
    return { released: released.length };
  });
}
