/** A call that waits; under each of its keys only `sizes` many calls may run at once. */
export type LimitedCall = { limitKeys: readonly string[]; limitSizes: readonly number[] };

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

/** Those waiting calls, first come first, that may start beside the ones at work; a call that has to wait holds no other back. */
export function claimWithinLimits<T extends LimitedCall>(waiting: readonly T[], running: Iterable<LimitedCall>): T[] {
  const counts = countRunning(running);
  return waiting.filter(({ limitKeys, limitSizes }) => {
    if (limitKeys.some((key, i) => (counts.get(key) ?? 0) >= limitSizes[i]!)) return false;
    for (const key of limitKeys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return true;
  });
}
