import type { Ctx } from "@/server/services/ctx";

/** Which of these sessions have not ended, and belong to people who may still come in. */
export async function listOpenSessions(ctx: Pick<Ctx, "db" | "now">, { sessionIds }: { sessionIds: readonly string[] }): Promise<Set<string>> {
  const rows = await ctx.db.session.findMany({
    where: { id: { in: [...sessionIds] }, revokedAt: null, expiresAt: { gt: ctx.now() }, user: { lockedAt: null, erasedAt: null } },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}
