import { AppError } from "@/server/domain/app-error";

export type Momentum = { /** -1 to 1. */ score: number; horizons: { sessions: number; logReturn: number; /** In standard deviations of such a span. */ standardised: number }[] };

/** Two standard deviations count in full; more says no more. */
const FULL_AT = 2;

/**
 * How strongly a price has risen or fallen over several spans, measured against its own daily swings.
 *
 *     z_h = ln(C_n / C_{n-h}) / (s sqrt(h)),   score = mean over h of clip(z_h, -2, 2) / 2
 *
 * @param closes  C: one per session, oldest first, more than the longest h; > 0, any one unit
 * @param horizons  h: spans in sessions, each >= 1
 * @returns score -1 to 1, with each span's log return (fraction) and z; s is the standard deviation of all daily log returns given. Null with too few closes, or where all daily returns are the same
 * @throws AppError INVALID_INPUT when a close is not above 0, or there is no span
 *
 * Convention: sample deviation (n - 1), over all closes given; spans weigh the same; no session is skipped between the span and now.
 * Source: returns scaled by volatility as in Moskowitz, Ooi and Pedersen, "Time Series Momentum", J. Financial Economics 104(2), 2012, pp. 228-250; the clipping at two deviations and the mean over spans are ours.
 * Worked: C = (100, 110, 99, 108.9), h = (1, 3): s = 0.1159, z = 0.8227 and 0.4249, score (0.4113 + 0.2124) / 2 = 0.3119
 */
export function momentumScore(closes: readonly number[], horizons: readonly number[]): Momentum | null {
  if (horizons.length === 0 || !horizons.every((h) => Number.isInteger(h) && h >= 1)) throw new AppError("INVALID_INPUT", "Momentum needs spans of one session or more", { field: "horizons" });
  if (!closes.every((close) => Number.isFinite(close) && close > 0)) throw new AppError("INVALID_INPUT", "Momentum needs closes above 0", { field: "closes" });
  if (closes.length <= Math.max(...horizons) || closes.length < 3) return null;
  const returns = closes.slice(1).map((close, t) => Math.log(close / closes[t]!));
  const mean = returns.reduce((sum, r) => sum + r / returns.length, 0);
  const deviation = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (returns.length - 1));
  // Rounding leaves a steady rise with a deviation near 1e-16, not 0.
  if (deviation <= 1e-12) return null;
  const newest = closes.at(-1)!;
  const found = horizons.map((sessions) => {
    const logReturn = Math.log(newest / closes.at(-1 - sessions)!);
    return { sessions, logReturn, standardised: logReturn / (deviation * Math.sqrt(sessions)) };
  });
  return { score: found.reduce((sum, { standardised }) => sum + Math.max(-FULL_AT, Math.min(FULL_AT, standardised)) / FULL_AT / found.length, 0), horizons: found };
}
