import { takeFromRate, type FlowRate } from "./take-from-rate";

/** A call that waits; under each of its keys only `sizes` many calls may run at once. */
export type LimitedCall = { limitKeys: readonly string[]; limitSizes: readonly number[]; /** The first call of a run that is throttled. */ throttle?: { key: string; rate: FlowRate } | null };

export type RunningCounts = ReadonlyMap<string, number>;

/** How many of the calls at work count under each key. */
export function countRunning(calls: Iterable<LimitedCall>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { limitKeys } of calls) for (const key of limitKeys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Keys under which nothing more may start, as far as the calls at work tell. */
export function fullKeys(calls: Iterable<LimitedCall>): string[] {
  const all = [...calls];
  const counts = countRunning(all);
  const full = new Set<string>();
  for (const { limitKeys, limitSizes } of all) limitKeys.forEach((key, i) => counts.get(key)! >= limitSizes[i]! && full.add(key));
  return [...full];
}

type Room = { running: Iterable<LimitedCall>; capacity: number; /** What throttles keep, by key. */ arrivals: ReadonlyMap<string, number>; nowMs: number };
export type ThrottleState = { arrivalMs: number; freeMs: number };
export type Claim<T> = { calls: T[]; /** What the throttles keep after these calls. */ throttles: Map<string, ThrottleState> };

/** Those waiting calls, first come first, that may start beside the ones at work; a call that has to wait holds no other back. */
export function claimWithinLimits<T extends LimitedCall>(waiting: readonly T[], { running, capacity, arrivals, nowMs }: Room): Claim<T> {
  const counts = countRunning(running);
  const throttles = new Map<string, ThrottleState>();
  const calls: T[] = [];
  for (const call of waiting) {
    if (calls.length >= capacity) break;
    const { limitKeys, limitSizes, throttle } = call;
    if (limitKeys.some((key, i) => (counts.get(key) ?? 0) >= limitSizes[i]!)) continue;
    if (throttle) {
      const { allowed, ...state } = takeFromRate(throttle.rate, throttles.get(throttle.key)?.arrivalMs ?? arrivals.get(throttle.key) ?? null, nowMs);
      if (!allowed) continue;
      throttles.set(throttle.key, state);
    }
    for (const key of limitKeys) counts.set(key, (counts.get(key) ?? 0) + 1);
    calls.push(call);
  }
  return { calls, throttles };
}
