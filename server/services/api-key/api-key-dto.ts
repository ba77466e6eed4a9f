import type { ApiKey } from "@/prisma/generated/client";
import type { ApiKeyDto } from "@/server/contracts/api-key";
import type { ApiScope } from "@/server/domain/account/api-key-format";

export const toApiKeyDto = ({ id, name, prefix, scopes, allowedOrigins, createdAt, expiresAt, lastUsedAt, revokedAt }: ApiKey): ApiKeyDto => ({
  id,
  name,
  prefix,
  scopes: scopes as ApiScope[],
  allowedOrigins,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
});
