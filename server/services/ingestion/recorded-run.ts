import type { Providers } from "@/server/providers/capabilities";
import type { FiguresCtx } from "@/server/services/ctx";

/** Of use-cases that ask vendors. */
export type IngestCtx = FiguresCtx & { providers: Providers };

export type RunCounts = {
  received: number;
  changed: number;
  rejected: number;
  /** What the figures speak of, where one date does. */
  asOf?: Date;
  /** Who answered, where another vendor than the first did. */
  provider?: string;
};
export type RunReport = RunCounts & { runId: string };

const LONGEST_ERROR = 2_000;

/**
 * Leaves one row of what was brought: who, what, which window, how many rows came, changed and were refused, or why it failed. The failure is thrown on, so that
 * whoever runs the job tries again; each attempt has its own row.
 */
export async function recordedRun(ctx: FiguresCtx, head: { provider: string; subject: string; scope: string }, work: (runId: string) => Promise<RunCounts>): Promise<RunReport> {
  const { id: runId } = await ctx.db.ingestionRun.create({ data: { ...head, startedAt: ctx.now() } });
  try {
    const { asOf, ...counts } = await work(runId);
    await ctx.db.ingestionRun.update({ where: { id: runId }, data: { ...counts, asOf: asOf ?? null, status: "SUCCEEDED", finishedAt: ctx.now() } });
    return { runId, ...counts, asOf };
  } catch (cause) {
    const error = cause instanceof Error ? cause.message : String(cause);
    // Where the database is what failed, the row stays open and is closed with the interrupted ones.
    await ctx.db.ingestionRun.update({ where: { id: runId }, data: { status: "FAILED", finishedAt: ctx.now(), error: error.slice(0, LONGEST_ERROR) } }).catch(() => undefined);
    throw cause;
  }
}
