import type { CreateApiKeyInput, CreatedApiKeyDto } from "@/server/contracts/api-key";
import { formatApiKey } from "@/server/domain/account/api-key-format";
import { AppError } from "@/server/domain/app-error";
import { randomSecret, sha256 } from "@/server/platform/crypto";
import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";
import { toApiKeyDto } from "./api-key-dto";

const KEYS_AT_MOST = 50;
const DAY_MS = 86_400_000;

/** Makes a key and shows it this once: the database keeps its hash. */
export async function createApiKey(ctx: UserCtx, input: CreateApiKeyInput): Promise<CreatedApiKeyDto> {
  if (input.scopes.includes("admin") && ctx.user.role !== "ADMIN") throw new AppError("FORBIDDEN", "Only admins can make keys with the scope admin", { field: "scopes" });
  const { key, prefix } = formatApiKey({ name: randomSecret(8).slice(0, 8), secret: randomSecret(32) });
  const now = ctx.now();
  return ctx.db.$transaction(async (tx) => {
    // The lock on the person's row keeps two requests at once from passing the bound together.
    await tx.$queryRaw`SELECT id FROM user_account WHERE id = ${ctx.user.id}::uuid FOR UPDATE`;
    const inUse = await tx.apiKey.count({ where: { userId: ctx.user.id, revokedAt: null } });
    if (inUse >= KEYS_AT_MOST) throw new AppError("RULE_VIOLATED", `An account has at most ${KEYS_AT_MOST} keys; revoke one first`, { field: "name" });
    const { name, scopes, allowedOrigins, expiresInDays } = input;
    const expiresAt = expiresInDays === null ? null : new Date(now.getTime() + expiresInDays * DAY_MS);
    const stored = await tx.apiKey.create({ data: { userId: ctx.user.id, name, prefix, keyHash: sha256(key), scopes, allowedOrigins, expiresAt, createdAt: now } });
    await recordAudit(tx, ctx, { action: "api-key.created", subjectId: ctx.user.id, actorId: ctx.user.id, details: { id: stored.id, prefix, scopes } });
    return { ...toApiKeyDto(stored), key };
  });
}
