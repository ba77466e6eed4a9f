import { AppError } from "@/server/domain/app-error";

/**
 * Deepest fall of a price from a top before it.
 *
 *     D = min over t of (p_t / max(p_0 .. p_t) - 1)
 *
 * @param prices  p: oldest first, n >= 1; finite and > 0
 * @returns fraction, 0 or negative (-0.5 is a fall to half), with the places of its top and bottom; null where no price is below one before it
 * @throws AppError INVALID_INPUT when a price is not finite and positive, or there is none
 *
 * Convention: of closes, so that falls within a day are not seen; the first of equal bottoms, and the last top before it.
 * Source: Magdon-Ismail and Atiya, "Maximum Drawdown", Risk 17(10), 2004, pp. 99-102.
 * Worked: p = (100, 120, 90, 130, 117) -> 90 / 120 - 1 = -0.25, from place 1 to 2
 */
export function maxDrawdown(prices: readonly number[]): { value: number; top: number; bottom: number } | null {
  if (prices.length === 0 || !prices.every((price) => Number.isFinite(price) && price > 0)) throw new AppError("INVALID_INPUT", "A drawdown is of one or more positive prices", { field: "prices" });
  let [value, top, bottom, highest] = [0, 0, 0, 0];
  for (let at = 1; at < prices.length; at += 1) {
    if (prices[at]! >= prices[highest]!) highest = at;
    const fall = prices[at]! / prices[highest]! - 1;
    if (fall < value) [value, top, bottom] = [fall, highest, at];
  }
  return value === 0 ? null : { value, top, bottom };
}
