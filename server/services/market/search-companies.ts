import { perhapsMeant, textMatch } from "@/server/platform/text-match";
import type { Ctx } from "@/server/services/ctx";

/** Tickers that match a text, with their rank from 1: the exact ticker, then its beginning, then the name, then names that are nearly so. */
export async function searchCompanies(ctx: Ctx, search: string): Promise<ReadonlyMap<string, number>> {
  const { scores, matches, bestFirst } = textMatch(search);
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (SELECT id, ${scores} FROM (SELECT ticker AS id, name AS words FROM company) thing) scored
    WHERE ${matches}
    ORDER BY ${bestFirst}, id`;
  return new Map(rows.map(({ id }, index) => [id, index + 1]));
}

/** Tickers that were perhaps meant. */
export async function nearTickers(ctx: Ctx, wanted: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`SELECT id FROM (SELECT ticker AS id, name AS words FROM company) thing ${perhapsMeant(wanted)}`;
  return rows.map(({ id }) => id);
}
