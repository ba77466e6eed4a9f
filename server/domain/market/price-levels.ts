import { AppError } from "@/server/domain/app-error";

export type PriceLevel = {
  /** Mean price of the turns in the level. */
  price: number;
  kind: "support" | "resistance";
  /** Turning points in it. */
  touches: number;
  /** Place of the first and of the last turn among the bars given. */
  firstAt: number;
  lastAt: number;
  /** Level over the newest close, less 1. */
  distance: number;
};

type Options = { /** k: bars on each side that a turn stands out from, >= 1. */ reach: number; /** Widest relative span of a level, > 0. */ tolerance: number; /** Turns that a level has at least, >= 1. */ touchesAtLeast: number };

/**
 * Prices at which an instrument has turned more than once: support below the newest close, resistance above it.
 *
 *     turn up at t: L_t < L_u for all u with 0 < |u - t| <= k,   turn down: H_t > H_u
 *     a level: turns next to each other by price, none further than the tolerance above the lowest of them
 *
 * @param bars  H and L of each bar, C the newest close; H >= L > 0 in any one unit, oldest first
 * @param options  reach k, tolerance as a fraction (0.01: a level is up to 1 % wide), least number of turns
 * @returns levels by price, lowest first; touches >= `touchesAtLeast`; empty where nothing turned so often. The first and last k bars cannot be turns
 * @throws AppError INVALID_INPUT when columns differ in length, an option is out of range, or a price is not above 0
 *
 * Convention: bars with equal extremes within reach are no turn; turns up and down count alike, since a level broken is met again from the other side.
 *   Levels are found from the lowest price up, so that a level begins at a turn and ends where the tolerance ends. That prices turn there again is not implied.
 * Source: Edwards and Magee, "Technical Analysis of Stock Trends", 8th ed., 2001, ch. 13 (support and resistance); reach, tolerance and clustering are ours.
 * Worked: L = H = (10, 8, 10, 12, 10, 8.04, 10, 12.1, 11), C = 11, k = 1, tolerance 0.01, 2 touches: support 8.02 (turns at 1 and 5), resistance 12.05 (turns at 3 and 7)
 */
export function priceLevels({ high, low, close }: { high: readonly number[]; low: readonly number[]; close: number }, { reach, tolerance, touchesAtLeast }: Options): PriceLevel[] {
  if (high.length !== low.length) throw new AppError("INVALID_INPUT", "Columns have the same length", { field: "bars" });
  if (!Number.isInteger(reach) || reach < 1 || !(tolerance > 0) || !Number.isInteger(touchesAtLeast) || touchesAtLeast < 1) throw new AppError("INVALID_INPUT", "A level needs a reach, a tolerance and a touch", { field: "options" });
  if (![...high, ...low, close].every((price) => Number.isFinite(price) && price > 0)) throw new AppError("INVALID_INPUT", "Levels need prices above 0", { field: "bars" });

  const turns: { at: number; price: number }[] = [];
  for (let at = reach; at < high.length - reach; at += 1) {
    const around = Array.from({ length: 2 * reach + 1 }, (_, i) => at - reach + i).filter((other) => other !== at);
    if (around.every((other) => low[at]! < low[other]!)) turns.push({ at, price: low[at]! });
    if (around.every((other) => high[at]! > high[other]!)) turns.push({ at, price: high[at]! });
  }
  const clusters: { at: number; price: number }[][] = [];
  for (const turn of turns.sort((a, b) => a.price - b.price || a.at - b.at)) {
    const cluster = clusters.at(-1);
    if (cluster && turn.price <= cluster[0]!.price * (1 + tolerance)) cluster.push(turn);
    else clusters.push([turn]);
  }
  return clusters.filter(({ length }) => length >= touchesAtLeast).map((cluster) => {
    const price = cluster.reduce((sum, turn) => sum + turn.price / cluster.length, 0);
    const places = cluster.map(({ at }) => at);
    return { price, kind: price <= close ? "support" : "resistance", touches: cluster.length, firstAt: Math.min(...places), lastAt: Math.max(...places), distance: price / close - 1 };
  });
}
