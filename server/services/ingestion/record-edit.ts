import type { Prisma } from "@/prisma/generated/client";
import type { UserCtx } from "@/server/services/ctx";

/** Author of what an admin has set by hand; a later seed leaves it alone. */
export const EDITOR = "admin";

/** The run behind figures that were changed by hand: every stored figure names one, and engines read their inputs anew when there is a later one. */
export async function recordEdit(tx: Prisma.TransactionClient, ctx: Pick<UserCtx, "now">, { subject, scope }: { subject: "edges" | "universe"; scope: string }): Promise<string> {
  const at = ctx.now();
  const { id } = await tx.ingestionRun.create({ data: { provider: EDITOR, subject, scope, status: "SUCCEEDED", startedAt: at, finishedAt: at, received: 1, changed: 1 }, select: { id: true } });
  return id;
}
