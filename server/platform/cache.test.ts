import { describe, expect, it } from "vitest";
import { createMemoryCache } from "./cache";

function aCache(maxEntries?: number) {
  let ms = 0;
  let loads = 0;
  const cache = createMemoryCache(() => new Date(ms), maxEntries);
  return { cache, wait: (more: number) => (ms += more), load: async () => (loads += 1) };
}
/** Lets a load that nobody waits for end. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("createMemoryCache", () => {
  it("loads once for all who ask at once, and again when the time is up", async () => {
    const { cache, wait, load } = aCache();
    expect(await Promise.all([cache.remember("a", 10, load), cache.remember("a", 10, load)])).toEqual([1, 1]);
    wait(10);
    expect(await cache.remember("a", 10, load)).toBe(2);
    expect(cache.counts()).toEqual({ hits: 1, misses: 2, entries: 1 });
  });

  it("gives what is there while it is loaded anew, once, for the next", async () => {
    const { cache, wait, load } = aCache();
    await cache.remember("a", 10, load, 6);
    wait(7);
    expect(await Promise.all([cache.remember("a", 10, load, 6), cache.remember("a", 10, load, 6)])).toEqual([1, 1]);
    await settled();
    wait(9);
    expect(await cache.remember("a", 10, load, 6)).toBe(2);
  });

  it("does not bring back what was dropped while it was loaded anew, nor keep what failed to load", async () => {
    const { cache, wait, load } = aCache();
    await cache.remember("a", 10, load, 6);
    wait(7);
    await cache.remember("a", 10, load, 6);
    cache.drop("a");
    await settled();
    expect(cache.counts().entries).toBe(0);

    await cache.remember("b", 10, load, 6);
    wait(7);
    await cache.remember("b", 10, () => Promise.reject(new Error("gone")), 6);
    await settled();
    expect(cache.counts().entries).toBe(0);
  });

  it("lets go of what was asked for longest ago when it is full", async () => {
    const { cache, load } = aCache(2);
    await cache.remember("a", 10, load);
    await cache.remember("b", 10, load);
    await cache.remember("a", 10, load);
    await cache.remember("c", 10, load);
    expect([await cache.remember("a", 10, load), await cache.remember("b", 10, load)]).toEqual([1, 4]);
  });
});
