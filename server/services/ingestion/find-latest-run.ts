import type { Ctx } from "@/server/services/ctx";

/** The newest finished run: while it is the same one, stored figures have not changed. Null in an empty database. Coins have a board of their own, which is filled each minute and is no reason to load all others anew; no figure stands in the list of filings or a backup. */
export async function findLatestRun(ctx: Pick<Ctx, "db">): Promise<{ id: string; finishedAt: Date } | null> {
  const run = await ctx.db.ingestionRun.findFirst({
    where: { finishedAt: { not: null }, NOT: [{ subject: { startsWith: "crypto-" } }, { subject: { in: ["filings", "backup"] } }] },
    orderBy: [{ finishedAt: "desc" }, { id: "desc" }],
    select: { id: true, finishedAt: true },
  });
  return run?.finishedAt ? { id: run.id, finishedAt: run.finishedAt } : null;
}
