import { flagsWith, type Flags } from "@/server/platform/flags";
import type { Ctx } from "@/server/services/ctx";

export const FLAGS_KEY = "flags:all";
/** How long another process may go by what a flag was. */
const KEEP_MS = 5_000;

/** The flags in force. A use-case reads them once, at its start, so that one request never sees both sides of a change. */
export const readFlags = (ctx: Pick<Ctx, "db" | "cache">): Promise<Flags> =>
  ctx.cache.remember(FLAGS_KEY, KEEP_MS, async () => flagsWith(await ctx.db.featureFlag.findMany({ select: { name: true, enabled: true } })));
