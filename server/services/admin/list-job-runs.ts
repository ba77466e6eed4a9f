import type { JobRunPage, ListJobRunsInput } from "@/server/contracts/job";
import type { Ctx } from "@/server/services/ctx";
import { decodeCursor, encodeCursor } from "@/server/services/market/list-cursor";
import { toJobRunDto } from "./job-run-rows";

const LIST = "job-runs";

/** Runs of background functions, newest first, of one state or one function when asked for. */
export async function listJobRuns(ctx: Pick<Ctx, "db">, { limit, cursor, status, functionId }: ListJobRunsInput): Promise<JobRunPage> {
  const after = cursor ? decodeCursor(cursor, LIST) : null;
  // The ids of runs are ULIDs: their order is that in which they were queued.
  const rows = await ctx.db.runnerRun.findMany({
    where: { ...(status && { status }), ...(functionId && { functionId }), ...(after && { id: { lt: after.id } }) },
    select: { id: true, functionId: true, eventName: true, status: true, queuedAt: true, endedAt: true, error: true },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(toJobRunDto);
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > limit ? encodeCursor({ list: LIST, key: null, id: last.id }) : null };
}
