import { AppError } from "@/server/domain/app-error";

export type ReplayBar = { open: number; high: number; low: number; close: number; volume: number };

/** Which stored session plays at an instant, and which of its four prices: every process that knows the dates plays the same one. */
export function replayMoment(at: { timeMs: number; sessions: number; msPerSession: number }): { session: number; step: 0 | 1 | 2 | 3 } | null {
  const { timeMs, sessions, msPerSession } = at;
  if (!Number.isFinite(timeMs) || !Number.isInteger(sessions) || sessions < 0 || !(msPerSession > 0)) throw new AppError("INVALID_INPUT", "A replay needs a time, a count of sessions and a pace", { field: "timeMs" });
  if (sessions === 0) return null;
  const elapsed = timeMs / msPerSession;
  const whole = Math.floor(elapsed);
  const step = Math.min(3, Math.floor((elapsed - whole) * 4)) as 0 | 1 | 2 | 3;
  return { session: ((whole % sessions) + sessions) % sessions, step };
}

/**
 * The stored price that a replayed bar shows at one of its four steps. Only prices that stand in the bar are shown. A bar does not say
 * whether its high or its low came first: a convention decides, low first in a rising bar and high first in a falling one.
 */
export function replayedPrice(bar: ReplayBar, step: 0 | 1 | 2 | 3): number {
  const rising = bar.close >= bar.open;
  return [bar.open, rising ? bar.low : bar.high, rising ? bar.high : bar.low, bar.close][step]!;
}
