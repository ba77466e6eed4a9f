import type { Mover } from "@/server/contracts/market";
import type { Ctx } from "@/server/services/ctx";
import { loadLastBars } from "./last-quotes";
import { pageAfter } from "./list-cursor";
import { toMover } from "./list-movers";

const KEEP_MS = 15_000;

/** Exchange-traded funds with their last closes, by symbol. */
export async function listFunds(ctx: Ctx, { limit, cursor }: { limit: number; cursor?: string | null }): Promise<{ items: Mover[]; nextCursor: string | null }> {
  const funds = await ctx.cache.remember("market:funds", KEEP_MS, async () => (await loadLastBars(ctx, { kind: "ETF" })).map(toMover).sort((a, b) => (a.symbol < b.symbol ? -1 : 1)));
  return pageAfter(funds, { list: "funds", cursor, limit, keyOf: ({ symbol }) => ({ key: symbol, id: symbol }) });
}
