import { perhapsMeant } from "@/server/platform/text-match";
import type { Ctx } from "@/server/services/ctx";

/** Symbols that were perhaps meant. */
export async function nearSymbols(ctx: Ctx, wanted: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`SELECT id FROM (SELECT symbol AS id, name AS words FROM instrument) thing ${perhapsMeant(wanted)}`;
  return rows.map(({ id }) => id);
}
