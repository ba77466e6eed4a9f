import { AppError } from "@/server/domain/app-error";
import { REGIME_ENDS, VOLATILITY_REGIMES, type VolatilityRegime } from "./volatility-regime";

type Regime = VolatilityRegime["regime"];

/**
 * The regime of a series of ranks that does not flicker at a boundary: it is left only once the rank is past the boundary by a margin.
 *
 *     up from regime k when rank > end_k + m,   down from it when rank <= end_{k-1} - m
 *
 * @param ranks  0 to 1, oldest first, n >= 1
 * @param margin  m: 0 (no hysteresis) to 0.1
 * @returns the regime after the newest rank, and for how many ranks it has lasted, 1 to n
 * @throws AppError INVALID_INPUT when there is no rank, one is outside of 0 to 1, or the margin is out of range
 *
 * Convention: the first rank is taken without a margin; a rank far past several boundaries moves over all of them at once. The last end plus a margin stays below 1, so that every regime can be reached.
 * Source: hysteresis with two thresholds, as in Schmitt, "A Thermionic Trigger", J. Scientific Instruments 15(1), 1938, pp. 24-26; ends and margin are ours.
 * Worked: m = 0.05, ranks (0.70, 0.78, 0.82, 0.73, 0.69): normal, normal (0.78 < 0.80), tense, tense (0.73 > 0.70), normal -> normal for 1
 */
export function steadyRegime(ranks: readonly number[], margin: number): { regime: Regime; lasted: number } {
  if (ranks.length === 0 || !ranks.every((rank) => rank >= 0 && rank <= 1)) throw new AppError("INVALID_INPUT", "Ranks lie between 0 and 1", { field: "ranks" });
  if (!(margin >= 0 && margin <= 0.1)) throw new AppError("INVALID_INPUT", "A margin is 0 to 0.1", { field: "margin" });
  let at = plain(ranks[0]!);
  let lasted = 0;
  for (const rank of ranks) {
    const before = at;
    // Past the last end there is little room, so its margin is at most half of what is left.
    while (at < REGIME_ENDS.length && rank > REGIME_ENDS[at]! + Math.min(margin, (1 - REGIME_ENDS[at]!) / 2)) at += 1;
    while (at > 0 && rank <= REGIME_ENDS[at - 1]! - margin) at -= 1;
    lasted = at === before ? lasted + 1 : 1;
  }
  return { regime: VOLATILITY_REGIMES[at]!, lasted };
}

function plain(rank: number): number {
  const at = REGIME_ENDS.findIndex((end) => rank <= end);
  return at === -1 ? REGIME_ENDS.length : at;
}
