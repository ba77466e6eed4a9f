import type { TrendingShare } from "@/server/contracts/market";
import { relativeTurnover } from "@/server/domain/market/relative-turnover";
import type { Ctx } from "@/server/services/ctx";
import { pageAfter } from "./list-cursor";
import { loadMovers } from "./list-movers";
import { loadShareHistories } from "./load-share-histories";

const USUAL_SESSIONS = 20;

/** Shares by how much more of them changed hands in the newest stored session than over the twenty before. */
export async function listTrending(ctx: Ctx, { limit, cursor }: { limit: number; cursor?: string | null }): Promise<{ items: TrendingShare[]; nextCursor: string | null }> {
  const [movers, { shares }] = await Promise.all([loadMovers(ctx), loadShareHistories(ctx)]);
  const multiples = new Map(shares.map(({ symbol, closes, volumes }) => [symbol, relativeTurnover(closes.map((close, at) => close * volumes[at]!).slice(-USUAL_SESSIONS - 1), USUAL_SESSIONS)]));
  const trending = movers
    .flatMap((mover) => {
      const multiple = multiples.get(mover.symbol) ?? null;
      return multiple === null ? [] : [{ ...mover, relativeTurnover: multiple }];
    })
    .sort((a, b) => b.relativeTurnover - a.relativeTurnover || (a.symbol < b.symbol ? -1 : 1));
  return pageAfter(trending, { list: "trending", cursor, limit, keyOf: (share) => ({ key: share.relativeTurnover, id: share.symbol }), descending: true });
}
