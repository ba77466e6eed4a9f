import { AppError } from "@/server/domain/app-error";
import type { ApiKeyDto } from "@/server/contracts/api-key";
import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";
import { toApiKeyDto } from "./api-key-dto";
import { forgetApiKeyOwners } from "./find-api-key-owner";

/** Ends a key at once and for good; one that is ended already stays as it is. */
export async function revokeApiKey(ctx: UserCtx, { id }: { id: string }): Promise<ApiKeyDto> {
  const revoked = await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({ where: { id, userId: ctx.user.id, revokedAt: null }, data: { revokedAt: ctx.now() } });
    const key = await tx.apiKey.findFirst({ where: { id, userId: ctx.user.id } });
    if (!key) throw new AppError("NOT_FOUND", "There is no such key", { field: "id" });
    if (count > 0) await recordAudit(tx, ctx, { action: "api-key.revoked", subjectId: ctx.user.id, actorId: ctx.user.id, details: { id, prefix: key.prefix } });
    return toApiKeyDto(key);
  });
  forgetApiKeyOwners(ctx);
  return revoked;
}
