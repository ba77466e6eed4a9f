/** Remembers the result of a load for a while; concurrent callers of one key share one load, and a failed load is not remembered. */
export type Cache = {
  remember<T>(key: string, ttlMs: number, load: () => Promise<T>): Promise<T>;
  drop(prefix: string): void;
  /** Since the process began: how often a value was there, how often it had to be loaded, and how many are kept now. */
  counts(): { hits: number; misses: number; entries: number };
};

/** In-process cache with a bound on entries; the oldest goes first. */
export function createMemoryCache(now: () => Date, maxEntries = 500): Cache {
  const entries = new Map<string, { expiresAt: number; value: Promise<unknown> }>();
  let hits = 0;
  let misses = 0;
  return {
    remember<T>(key: string, ttlMs: number, load: () => Promise<T>): Promise<T> {
      const hit = entries.get(key);
      if (hit && hit.expiresAt > now().getTime()) {
        hits += 1;
        return hit.value as Promise<T>;
      }
      misses += 1;
      const value = load();
      const entry = { expiresAt: now().getTime() + ttlMs, value };
      entries.delete(key);
      entries.set(key, entry);
      const oldest = entries.keys().next().value;
      if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
      value.catch(() => {
        if (entries.get(key) === entry) entries.delete(key);
      });
      return value;
    },
    drop(prefix) {
      for (const key of entries.keys()) if (key.startsWith(prefix)) entries.delete(key);
    },
    counts: () => ({ hits, misses, entries: entries.size }),
  };
}
