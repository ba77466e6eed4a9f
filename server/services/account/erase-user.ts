import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { Ctx } from "@/server/services/ctx";
import { eraseBelongings, PERSONAL_TABLES } from "./personal-data";
import { NO_ORIGIN, recordAudit } from "./record-audit";
import { ERASURE_GRACE_MS } from "./request-erasure";
import { eraseFailures } from "./sign-in-attempt";

type ErasureCtx = Pick<Ctx, "db" | "now" | "cache">;

/** The people whose grace period is over. */
export async function listDueErasures(ctx: Pick<Ctx, "db" | "now">): Promise<string[]> {
  const before = new Date(ctx.now().getTime() - ERASURE_GRACE_MS);
  const rows = await ctx.db.user.findMany({ where: { erasureRequestedAt: { lte: before }, erasedAt: null }, orderBy: { erasureRequestedAt: "asc" }, take: 500, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** Erases one person whose grace period is over, all or nothing. Their row stays without anything personal, so that what they published keeps an author. */
export async function eraseUser(ctx: ErasureCtx, { userId }: { userId: string }): Promise<{ erased: boolean }> {
  const now = ctx.now();
  const done = await ctx.db.$transaction(
    async (tx) => {
      // The lock keeps a sign-in that calls the erasure off, or another run of it, apart.
      const [person] = await tx.$queryRaw<{ id: string; email: string | null }[]>`
        SELECT id, email FROM user_account WHERE id = ${userId}::uuid AND erased_at IS NULL AND erasure_requested_at <= ${new Date(now.getTime() - ERASURE_GRACE_MS)} FOR UPDATE`;
      if (!person) return { erased: false };
      for (const table of PERSONAL_TABLES) await table.erase(tx, person);
      await eraseBelongings(tx, person.id);
      await eraseFailures(tx, person);
      await tx.user.update({ where: { id: person.id }, data: { erasedAt: now } });
      await recordAudit(tx, { now: ctx.now, origin: NO_ORIGIN }, { action: "account.erased", subjectId: person.id, actorId: null });
      return { erased: true };
    },
    { timeout: 60_000 },
  );
  forgetApiKeyOwners(ctx);
  return done;
}
