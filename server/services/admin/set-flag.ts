import type { FlagDto, SetFlagInput } from "@/server/contracts/admin";
import { AppError } from "@/server/domain/app-error";
import { FLAGS, FLAG_NAMES, isFlagName } from "@/server/platform/flags";
import { recordAudit } from "@/server/services/account/record-audit";
import type { Ctx, UserCtx } from "@/server/services/ctx";
import { FLAGS_KEY } from "./read-flags";

/** Every flag with its definition and what is stored otherwise. */
export async function listFlags(ctx: Pick<Ctx, "db">): Promise<{ items: FlagDto[] }> {
  const stored = new Map((await ctx.db.featureFlag.findMany()).map((row) => [row.name, row]));
  return {
    items: FLAG_NAMES.map((name) => {
      const { default: byDefault, owner, removeBy, meaning } = FLAGS[name];
      const row = stored.get(name);
      return { name, enabled: row?.enabled ?? byDefault, byDefault, owner, removeBy, meaning, changedAt: row?.updatedAt.toISOString() ?? null };
    }),
  };
}

/** Stores what differs from a flag's default; null goes back to the default. */
export async function setFlag(ctx: UserCtx, { name, enabled }: SetFlagInput): Promise<void> {
  if (!isFlagName(name)) throw new AppError("NOT_FOUND", "No such flag", { field: "name" });
  await ctx.db.$transaction(async (tx) => {
    const before = await tx.featureFlag.findUnique({ where: { name }, select: { enabled: true } });
    if (enabled === null) await tx.featureFlag.deleteMany({ where: { name } });
    else await tx.featureFlag.upsert({ where: { name }, create: { name, enabled, updatedBy: ctx.user.id }, update: { enabled, updatedBy: ctx.user.id } });
    await recordAudit(tx, ctx, { action: "flag.set", actorId: ctx.user.id, subjectId: null, details: { flag: name, before: before?.enabled ?? null, after: enabled } });
  });
  ctx.cache.drop(FLAGS_KEY);
}
