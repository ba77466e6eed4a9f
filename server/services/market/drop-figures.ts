import type { Ctx } from "@/server/services/ctx";

/** Forgets what this process keeps of companies, prices and the graph, after one of them was changed by hand; others follow when their time is up. */
export function dropFigures({ cache }: Pick<Ctx, "cache">): void {
  for (const prefix of ["market:", "graph:", "scenario:"]) cache.drop(prefix);
}
