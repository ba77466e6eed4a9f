/** So many starts in a period, evenly spread; `atOnce` of them may come together after a pause. */
export type FlowRate = { intervalMs: number; atOnce: number };

type Throttle = { limit: number; periodMs: number; burst?: number | null };

/** A throttle lets its limit, and the burst on top of it, start at once; then one in each part of the period. */
export const throttleRate = ({ limit, periodMs, burst }: Throttle): FlowRate => ({ intervalMs: periodMs / limit, atOnce: limit + (burst ?? 0) });

/** A rate limit takes one event in each part of its period, and a tenth of its limit together. */
export const hardRate = ({ limit, periodMs }: Omit<Throttle, "burst">): FlowRate => ({ intervalMs: periodMs / limit, atOnce: 1 + Math.floor(limit / 10) });

export type RateAnswer = { allowed: boolean; /** Theoretical arrival time to keep. */ arrivalMs: number; /** From when the next may start. */ freeMs: number };

/** Each sum is off by some 1e-4 ms at times of today, and a burst is a sum of many. */
const ROUNDING_MS = 0.5;

/**
 * Generic cell rate algorithm: whether one more may start now, and what to keep for the next question.
 *
 *     allowed  <=>  max(arrival, now) + T - n T <= now,  then arrival' = max(arrival, now) + T
 *
 * with T = `intervalMs` and n = `atOnce`. `arrivalMs` is what was kept last; null, like any time gone by, is an unused rate.
 */
export function takeFromRate({ intervalMs, atOnce }: FlowRate, arrivalMs: number | null, nowMs: number): RateAnswer {
  const from = Math.max(arrivalMs ?? nowMs, nowMs);
  const allowAt = from + intervalMs - intervalMs * atOnce;
  if (nowMs + ROUNDING_MS < allowAt) return { allowed: false, arrivalMs: from, freeMs: allowAt };
  return { allowed: true, arrivalMs: from + intervalMs, freeMs: allowAt + intervalMs };
}
