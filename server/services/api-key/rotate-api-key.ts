import type { CreatedApiKeyDto } from "@/server/contracts/api-key";
import { formatApiKey } from "@/server/domain/account/api-key-format";
import { AppError } from "@/server/domain/app-error";
import { randomSecret, sha256 } from "@/server/platform/crypto";
import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";
import { toApiKeyDto } from "./api-key-dto";
import { forgetApiKeyOwners } from "./find-api-key-owner";

/** Makes a key with the rights of another, which serves for the hours of grace and then ends. A key that was rotated already is a conflict. */
export async function rotateApiKey(ctx: UserCtx, { id, graceHours }: { id: string; graceHours: number }): Promise<CreatedApiKeyDto> {
  const now = ctx.now();
  const rotated = await ctx.db.$transaction(async (tx) => {
    const [locked] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM api_key WHERE id = ${id}::uuid AND user_id = ${ctx.user.id}::uuid FOR UPDATE`;
    const old = locked && (await tx.apiKey.findUnique({ where: { id: locked.id } }));
    if (!old) throw new AppError("NOT_FOUND", "There is no such key", { field: "id" });
    if (old.revokedAt || old.replacedById) throw new AppError("CONFLICT", old.revokedAt ? "This key is revoked" : "This key was rotated already", { field: "id" });

    const { key, prefix } = formatApiKey({ name: randomSecret(8).slice(0, 8), secret: randomSecret(32) });
    // The new key lives as long as the old one was meant to when it was made.
    const expiresAt = old.expiresAt && new Date(now.getTime() + (old.expiresAt.getTime() - old.createdAt.getTime()));
    const { name, scopes, allowedOrigins } = old;
    const made = await tx.apiKey.create({ data: { userId: ctx.user.id, name, prefix, keyHash: sha256(key), scopes, allowedOrigins, expiresAt, createdAt: now } });

    const graceEnds = new Date(now.getTime() + graceHours * 3_600_000);
    const oldEnds = old.expiresAt && old.expiresAt < graceEnds ? old.expiresAt : graceEnds;
    await tx.apiKey.update({ where: { id: old.id }, data: { replacedById: made.id, expiresAt: oldEnds, ...(graceHours === 0 ? { revokedAt: now } : {}) } });
    await recordAudit(tx, ctx, { action: "api-key.rotated", subjectId: ctx.user.id, actorId: ctx.user.id, details: { id: old.id, replacedBy: made.id, prefix } });
    return { ...toApiKeyDto(made), key };
  });
  forgetApiKeyOwners(ctx);
  return rotated;
}
