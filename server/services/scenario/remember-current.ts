import type { Ctx } from "@/server/services/ctx";

/**
 * Keeps one value under a key for as long as its stamp is the wanted one; another stamp takes its place.
 * Results are large, so their number is bounded by the number of keys, not by how many scenarios people try.
 */
export async function rememberCurrent<T>(ctx: Ctx, { key, stamp, ttlMs }: { key: string; stamp: string; ttlMs: number }, load: () => Promise<T>): Promise<T> {
  const make = async () => ({ stamp, value: await load() });
  const kept = await ctx.cache.remember(key, ttlMs, make);
  if (kept.stamp === stamp) return kept.value;
  ctx.cache.drop(key);
  const fresh = await ctx.cache.remember(key, ttlMs, make);
  // Somebody else's stamp may have come in between; then this one is made without being kept.
  return fresh.stamp === stamp ? fresh.value : load();
}
