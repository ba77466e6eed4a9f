import type { Ctx } from "@/server/services/ctx";
import { notify } from "./notify";

const AHEAD_MS = 7 * 86_400_000;

/** Tells the owners of API keys that end within a week, once for each key and end; a key that was rotated ends on purpose. */
export async function warnOfExpiringKeys(ctx: Pick<Ctx, "db" | "emit" | "now" | "site">): Promise<{ keys: number }> {
  const now = ctx.now();
  const keys = await ctx.db.apiKey.findMany({
    where: { revokedAt: null, replacedById: null, expiresAt: { gt: now, lte: new Date(now.getTime() + AHEAD_MS) } },
    select: { id: true, userId: true, name: true, prefix: true, expiresAt: true },
  });
  for (const { id, userId, name, prefix, expiresAt } of keys) {
    if (!expiresAt) continue;
    const end = expiresAt.toISOString();
    await ctx.db.$transaction((tx) => notify(tx, ctx, { userId, kind: "api-key.expiring", params: { name, prefix, expiresAt: end }, onceKey: `api-key:${id}:${end}` }));
  }
  return { keys: keys.length };
}
