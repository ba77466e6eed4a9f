import { AppError } from "@/server/domain/app-error";

/** One share in one session. */
export type ShareSession = { close: number; previousClose: number | null; volume: number };

export type MarketBreadth = {
  advancers: number;
  decliners: number;
  unchanged: number;
  /** Advancers less decliners. */
  net: number;
  /** Of all that moved or stood still: -1 to 1; null without a share. */
  netShare: number | null;
  /** Turnover of the advancers over that of all that moved, 0 to 1; null when nothing was traded. */
  upTurnoverShare: number | null;
  /** Arms index; null where a side is empty or was not traded. */
  armsIndex: number | null;
};

/**
 * How many shares rose and fell in a session, and on which side the trading was.
 *
 *     net share = (A - D) / (A + D + U)
 *     up turnover share = TA / (TA + TD)
 *     Arms index (TRIN) = (A / D) / (VA / VD)
 *
 * @param sessions  one entry per share: close and previous close in any one unit per share, > 0 (null where there is no earlier close: the share is left out); volume in shares, >= 0
 * @returns A, D, U: counts of shares that closed above, below and at their previous close; TA, TD: sums of volume x close, so of one currency, of the risen and the fallen;
 *   VA, VD: sums of volume. The Arms index is below 1 when a risen share was traded more than a fallen one on average, above 1 when less
 * @throws AppError INVALID_INPUT when a close is not above 0, a volume is negative, or a number is not finite
 *
 * Convention: unchanged shares count in the net share and in nothing else.
 * Source: Arms, "The Arms Index (TRIN)", 1989 (the index); Murphy, "Technical Analysis of the Financial Markets", 1999, ch. 18 (advances and declines).
 * Worked: closes 11, 9, 10, 12 after 10 each, volumes 300, 100, 50, 100: A 2, D 1, U 1, net share 0.25; TA = 4500, TD = 900, up turnover share 0.8333; Arms (2 / 1) / (400 / 100) = 0.5
 */
export function marketBreadth(sessions: readonly ShareSession[]): MarketBreadth {
  const sum = { advancers: 0, decliners: 0, unchanged: 0, upTurnover: 0, downTurnover: 0, upVolume: 0, downVolume: 0 };
  for (const { close, previousClose, volume } of sessions) {
    if (!Number.isFinite(close) || close <= 0 || !Number.isFinite(volume) || volume < 0) throw new AppError("INVALID_INPUT", "Breadth needs closes above 0 and volumes of 0 or more", { field: "sessions" });
    if (previousClose === null) continue;
    if (!Number.isFinite(previousClose) || previousClose <= 0) throw new AppError("INVALID_INPUT", "Breadth needs previous closes above 0", { field: "sessions" });
    if (close > previousClose) {
      sum.advancers += 1;
      sum.upTurnover += volume * close;
      sum.upVolume += volume;
    } else if (close < previousClose) {
      sum.decliners += 1;
      sum.downTurnover += volume * close;
      sum.downVolume += volume;
    } else sum.unchanged += 1;
  }
  const { advancers, decliners, unchanged, upTurnover, downTurnover, upVolume, downVolume } = sum;
  const all = advancers + decliners + unchanged;
  const moved = upTurnover + downTurnover;
  return {
    advancers, decliners, unchanged,
    net: advancers - decliners,
    netShare: all === 0 ? null : (advancers - decliners) / all,
    upTurnoverShare: moved === 0 ? null : upTurnover / moved,
    armsIndex: advancers === 0 || decliners === 0 || upVolume === 0 || downVolume === 0 ? null : advancers / decliners / (upVolume / downVolume),
  };
}
