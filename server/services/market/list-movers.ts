import type { Mover } from "@/server/contracts/market";
import type { Ctx } from "@/server/services/ctx";
import { loadLastBars, toQuote, type LastBars } from "./last-quotes";
import { pageAfter } from "./list-cursor";

export type MoverOrder = "gainers" | "losers" | "active";
type Input = { limit: number; cursor?: string | null };

const KEEP_MS = 60_000;
const RENEW_MS = 15_000;

/** Shares of the newest stored session that rose, fell, or changed hands most; one whose last bar is older did not move in it. */
export async function listMovers(ctx: Ctx, by: MoverOrder, { limit, cursor }: Input): Promise<{ items: Mover[]; nextCursor: string | null }> {
  const movers = await loadMovers(ctx);
  const keyOf = ({ quote, turnover }: Mover) => (by === "active" ? turnover : (quote.change ?? 0));
  const sign = by === "losers" ? 1 : -1;
  const sorted = movers
    .filter((mover) => (by === "gainers" ? keyOf(mover) > 0 : by === "losers" ? keyOf(mover) < 0 : true))
    .sort((a, b) => sign * (keyOf(a) - keyOf(b)) || (a.symbol < b.symbol ? -1 : 1));
  return pageAfter(sorted, { list: `movers:${by}`, cursor, limit, keyOf: (mover) => ({ key: keyOf(mover), id: mover.symbol }), descending: by !== "losers" });
}

/** Shares that have a bar of the newest stored session. */
export const loadMovers = (ctx: Ctx): Promise<readonly Mover[]> =>
  ctx.cache.remember("market:movers", KEEP_MS, async () => {
    const rows = await loadLastBars(ctx);
    const newest = rows.reduce((date, row) => (row.date > date ? row.date : date), "");
    return rows.filter(({ date }) => date === newest).map(toMover);
  }, RENEW_MS);

export const toMover = (row: LastBars): Mover => ({ symbol: row.symbol, name: row.name, quote: toQuote(row), volume: row.volume, turnover: row.volume * row.close });
