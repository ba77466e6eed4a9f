import type { Ctx } from "@/server/services/ctx";

/** Up to five symbols that were perhaps meant. */
export async function nearSymbols(ctx: Ctx, wanted: string): Promise<string[]> {
  const text = wanted.toLowerCase();
  const rows = await ctx.db.$queryRaw<{ symbol: string }[]>`
    SELECT symbol FROM instrument
    ORDER BY starts_with(lower(symbol), ${text})::int + greatest(similarity(${text}, lower(symbol)), word_similarity(${text}, lower(name))) DESC, symbol
    LIMIT 5`;
  return rows.map(({ symbol }) => symbol);
}
