import type { Ctx } from "@/server/services/ctx";

const KEPT_MONTHS = 13;
const BATCH = 5_000;

/** Deletes counts of days older than 13 months, so that the same month of the year before can still be compared; in batches that hold no lock for long. */
export async function expireUsage(ctx: Pick<Ctx, "db" | "now">): Promise<{ deleted: number }> {
  const before = ctx.now();
  before.setUTCMonth(before.getUTCMonth() - KEPT_MONTHS);
  let deleted = 0;
  for (;;) {
    const gone = await ctx.db.$executeRaw`DELETE FROM usage_day WHERE id IN (SELECT id FROM usage_day WHERE day < ${before} LIMIT ${BATCH})`;
    deleted += gone;
    if (gone < BATCH) return { deleted };
  }
}
