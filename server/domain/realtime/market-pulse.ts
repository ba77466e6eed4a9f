import { AppError } from "@/server/domain/app-error";
import { marketBreadth } from "@/server/domain/market/market-breadth";
import { mean, median } from "@/server/domain/shared/statistics";

export type PulseMember = { symbol: string; price: number; previousClose: number | null };
export type PulseFigures = {
  counted: number;
  advancers: number;
  decliners: number;
  unchanged: number;
  netShare: number | null;
  meanChange: number | null;
  medianChange: number | null;
  leaders: { symbol: string; change: number }[];
  laggards: { symbol: string; change: number }[];
};

const SHOWN = 5;

/**
 * How the members of a board stand against their previous closes.
 *
 *     c[i] = p[i] / q[i] - 1
 *     mean change = sum(c) / n
 *     net share = (A - D) / n
 *
 * @param members  p: newest price, q: previous close, both > 0 and of one currency for each member; q is null where there is none, and that member is not counted
 * @returns n (counted), A, D and the unchanged as counts; changes as fractions, the mean and the median null without a counted member; up to five that
 *   rose most and fell most, each list ending where no member rose or fell
 * @throws AppError INVALID_INPUT when a price or a previous close is not a number above 0
 *
 * Convention: every member weighs the same, which an index weighted by market value does not do; members of equal change stand by symbol.
 * Source: counts as in domain/market/market-breadth; Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 18.
 * Worked: prices 110, 95, 100, 101 after 100 each: A 2, D 1, unchanged 1, net share 0.25, mean 0.015, median 0.005, leaders +0.10 and +0.01, laggard -0.05
 */
export function marketPulse(members: readonly PulseMember[]): PulseFigures {
  if (members.some(({ price }) => !Number.isFinite(price) || price <= 0)) throw new AppError("INVALID_INPUT", "Prices are above 0", { field: "members" });
  const { advancers, decliners, unchanged, netShare } = marketBreadth(members.map(({ price, previousClose }) => ({ close: price, previousClose, volume: 0 })));
  const moves = members.flatMap(({ symbol, price, previousClose }) => (previousClose === null ? [] : [{ symbol, change: price / previousClose - 1 }]));
  const changes = moves.map(({ change }) => change);
  const ordered = [...moves].sort((a, b) => b.change - a.change || (a.symbol < b.symbol ? -1 : 1));
  return {
    counted: moves.length,
    advancers,
    decliners,
    unchanged,
    netShare,
    meanChange: mean(changes),
    medianChange: median(changes),
    leaders: ordered.slice(0, SHOWN).filter(({ change }) => change > 0),
    laggards: ordered.toReversed().slice(0, SHOWN).filter(({ change }) => change < 0),
  };
}
