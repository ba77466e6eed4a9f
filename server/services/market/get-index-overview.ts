import { sectorCode, type IndexOverview } from "@/server/contracts/market";
import { marketBreadth } from "@/server/domain/market/market-breadth";
import { rangePlace } from "@/server/domain/market/range-place";
import { engineProvenance } from "@/server/domain/shared/provenance";
import { median } from "@/server/domain/shared/statistics";
import type { Ctx } from "@/server/services/ctx";
import { newestSession } from "./get-market-internals";
import { getMarketStrip } from "./get-market-strip";
import { relativeChange } from "./last-quotes";
import { listBars } from "./list-bars";
import { basisOfShares, HISTORY_SESSIONS, loadShareHistories, type ShareHistory } from "./load-share-histories";

/** In sessions: what five, 21, 63 and 252 of them are called. */
const [WEEK, MONTH, QUARTER, YEAR] = [5, 21, 63, 252] as const;
const KEEP_MS = 60_000;
const RENEW_MS = 15_000;

/** The S&P 500, or the fund that follows it, over a year, and what the stored shares did in the newest session. */
export const getIndexOverview = (ctx: Ctx): Promise<IndexOverview> =>
  ctx.cache.remember("market:sp500-overview", KEEP_MS, async () => {
    const [{ items }, { session, shares }] = await Promise.all([getMarketStrip(ctx), loadShareHistories(ctx)]);
    const index = items.find(({ id }) => id === "sp500") ?? null;
    const bars = index?.symbol ? await listBars(ctx, { symbol: index.symbol, interval: "1d", limit: HISTORY_SESSIONS }) : null;
    return {
      index,
      returns: bars && returnsOf(bars),
      range: bars && rangePlace(bars.close.slice(-YEAR)),
      storedShares: {
        session,
        shares: shares.length,
        breadth: marketBreadth(shares.map(newestSession)),
        sectors: sectorsOf(shares),
        provenance: engineProvenance(basisOfShares(shares), { asOf: session, n: shares.length }),
      },
    };
  }, RENEW_MS);

function returnsOf({ time, close }: { time: readonly string[]; close: readonly number[] }): NonNullable<IndexOverview["returns"]> {
  const newest = close.at(-1)!;
  const since = (sessions: number) => relativeChange(newest, close.at(-1 - sessions) ?? null);
  const year = time.at(-1)!.slice(0, 4);
  const lastOfYearBefore = time.findLastIndex((instant) => instant.slice(0, 4) < year);
  return { oneWeek: since(WEEK), oneMonth: since(MONTH), threeMonths: since(QUARTER), yearToDate: relativeChange(newest, close[lastOfYearBefore] ?? null), oneYear: since(YEAR) };
}

function sectorsOf(shares: readonly ShareHistory[]): IndexOverview["storedShares"]["sectors"] {
  const sectorOf = ({ sector }: ShareHistory) => sectorCode.safeParse(sector).data ?? "OTHER";
  return [...new Set(shares.map(sectorOf))].sort().map((sector) => {
    const sessions = shares.filter((share) => sectorOf(share) === sector).map(newestSession);
    const { advancers, decliners } = marketBreadth(sessions);
    const changes = sessions.flatMap(({ close, previousClose }) => relativeChange(close, previousClose) ?? []);
    return { sector, shares: sessions.length, advancers, decliners, medianChange: median(changes), turnover: sessions.reduce((sum, { close, volume }) => sum + close * volume, 0) };
  });
}
