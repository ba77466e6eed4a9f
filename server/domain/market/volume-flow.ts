import { AppError } from "@/server/domain/app-error";

export type FlowBars = { high: readonly number[]; low: readonly number[]; close: readonly number[]; volume: readonly number[] };
export type VolumeFlow = {
  /** 0 to 100. */
  moneyFlowIndex: number | null;
  /** Share of the volume that fell on rising sessions, of rising and falling ones. */
  upVolumeShare: number | null;
  /** On-balance volume over the window as a share of all its volume, -1 to 1. */
  onBalanceShare: number | null;
  sessions: number;
};

/**
 * On which side the trading of one instrument has been, over its newest sessions.
 *
 *     P_t = (H_t + L_t + C_t) / 3,   MFI = 100 M+ / (M+ + M-),   M+ = sum of P_t V_t where P_t > P_{t-1}, M- where P_t < P_{t-1}
 *     up volume share = V+ / (V+ + V-),   on-balance share = (V+ - V-) / sum of V,   V+ = sum of V_t where C_t > C_{t-1}, V- where C_t < C_{t-1}
 *
 * @param bars  H, L, C > 0 in any one unit with L <= C <= H, V >= 0 in pieces; columns of equal length, oldest first
 * @param window  sessions looked at, >= 1; one more is needed before them
 * @returns index 0 to 100 and the shares; each null where nothing counts into it. Null altogether with too few bars or without any volume
 * @throws AppError INVALID_INPUT when columns differ in length, the window is below 1, or a number is out of range
 *
 * Convention: a session at the price of the one before counts on neither side; on-balance volume begins at 0 with the window.
 * Source: Quong and Soudack, "Volume-Weighted RSI: Money Flow", Technical Analysis of Stocks & Commodities 7(3), 1989 (index); Granville, "New Key to Stock Market Profits", 1963 (on-balance volume).
 * Worked: H = L = C = (10, 11, 10, 12), V = (1, 100, 50, 50), window 3: M+ = 1100 + 600, M- = 500, MFI 77.27; V+ 150, V- 50: up volume share 0.75, on-balance share 0.5
 */
export function volumeFlow({ high, low, close, volume }: FlowBars, window: number): VolumeFlow | null {
  if (![high, low, volume].every(({ length }) => length === close.length)) throw new AppError("INVALID_INPUT", "Columns have the same length", { field: "bars" });
  if (!Number.isInteger(window) || window < 1) throw new AppError("INVALID_INPUT", "A window has one session or more", { field: "window" });
  if (![...high, ...low, ...close].every((price) => Number.isFinite(price) && price > 0) || !volume.every((pieces) => Number.isFinite(pieces) && pieces >= 0)) throw new AppError("INVALID_INPUT", "Prices are above 0 and volumes not negative", { field: "bars" });
  if (close.length <= window) return null;
  const typical = close.map((price, t) => (high[t]! + low[t]! + price) / 3);
  let [moneyUp, moneyDown, up, down, all] = [0, 0, 0, 0, 0];
  for (let t = close.length - window; t < close.length; t += 1) {
    const money = typical[t]! * volume[t]!;
    if (typical[t]! > typical[t - 1]!) moneyUp += money;
    else if (typical[t]! < typical[t - 1]!) moneyDown += money;
    if (close[t]! > close[t - 1]!) up += volume[t]!;
    else if (close[t]! < close[t - 1]!) down += volume[t]!;
    all += volume[t]!;
  }
  if (all === 0) return null;
  return { moneyFlowIndex: share(moneyUp, moneyDown, 100), upVolumeShare: share(up, down, 1), onBalanceShare: (up - down) / all, sessions: window };
}

const share = (part: number, other: number, whole: number) => (part + other === 0 ? null : (whole * part) / (part + other));
