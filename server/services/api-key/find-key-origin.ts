import type { Ctx } from "@/server/services/ctx";

/** Whether a key in force names this origin; asked again after a minute at the earliest. */
export const findKeyOrigin = (ctx: Ctx, origin: string): Promise<boolean> =>
  ctx.cache.remember(`api-key:origin:${origin}`, 60_000, async () => {
    const found = await ctx.db.apiKey.findFirst({ where: { revokedAt: null, allowedOrigins: { has: origin }, OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now() } }] }, select: { id: true } });
    return found !== null;
  });
