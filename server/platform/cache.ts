/**
 * Remembers the result of a load for a while; concurrent callers of one key share one load, and a failed load is not remembered.
 * Who asks once `renewAfterMs` have passed still gets what is there, and has it loaded anew for the next: what is asked often is never waited for.
 */
export type Cache = {
  remember<T>(key: string, ttlMs: number, load: () => Promise<T>, renewAfterMs?: number): Promise<T>;
  drop(prefix: string): void;
  /** Since the process began: how often a value was there, how often it had to be loaded, and how many are kept now. */
  counts(): { hits: number; misses: number; entries: number };
};

type Entry = { expiresAt: number; renewAt: number; value: Promise<unknown> };

/** In-process cache with a bound on entries; the one that was asked for longest ago goes first. */
export function createMemoryCache(now: () => Date, maxEntries = 500): Cache {
  const entries = new Map<string, Entry>();
  let hits = 0;
  let misses = 0;

  function put(key: string, entry: Entry): void {
    entries.delete(key);
    entries.set(key, entry);
    const oldest = entries.keys().next().value;
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
  }

  function forget(key: string, entry: Entry): void {
    if (entries.get(key) === entry) entries.delete(key);
  }

  return {
    remember<T>(key: string, ttlMs: number, load: () => Promise<T>, renewAfterMs = ttlMs): Promise<T> {
      const at = now().getTime();
      const hit = entries.get(key);
      if (hit && hit.expiresAt > at) {
        hits += 1;
        put(key, hit);
        if (at < hit.renewAt) return hit.value as Promise<T>;
        hit.renewAt = hit.expiresAt;
        const value = load();
        // What was dropped meanwhile was dropped for a reason, and stays so.
        value.then(() => entries.get(key) === hit && put(key, { expiresAt: at + ttlMs, renewAt: at + renewAfterMs, value }), () => forget(key, hit));
        return hit.value as Promise<T>;
      }
      misses += 1;
      const entry = { expiresAt: at + ttlMs, renewAt: at + renewAfterMs, value: load() };
      put(key, entry);
      entry.value.catch(() => forget(key, entry));
      return entry.value;
    },
    drop(prefix) {
      for (const key of entries.keys()) if (key.startsWith(prefix)) entries.delete(key);
    },
    counts: () => ({ hits, misses, entries: entries.size }),
  };
}
