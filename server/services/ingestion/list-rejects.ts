import type { Ctx } from "@/server/services/ctx";

export type RejectRow = { file: string; line: number; reason: string; raw: string };

/** Refused rows of some runs, counted by file and reason. */
export async function countRejects(ctx: Ctx, runIds: readonly string[]): Promise<{ file: string; reason: string; count: number }[]> {
  const groups = await ctx.db.importReject.groupBy({ by: ["file", "reason"], where: { runId: { in: [...runIds] } }, _count: true, orderBy: [{ file: "asc" }, { reason: "asc" }] });
  return groups.map(({ file, reason, _count }) => ({ file, reason, count: _count }));
}

const PAGE = 2_000;

/** Refused rows of one run in the order of their lines, page by page. */
export async function* eachReject(ctx: Ctx, runId: string): AsyncGenerator<RejectRow> {
  for (let after = 0n; ; ) {
    const rows = await ctx.db.importReject.findMany({ where: { runId, line: { gt: after } }, orderBy: { line: "asc" }, take: PAGE });
    for (const { file, line, reason, raw } of rows) yield { file, line: Number(line), reason, raw };
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.line;
  }
}
