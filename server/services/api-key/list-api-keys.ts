import type { z } from "zod";
import type { ApiKeyDto, listApiKeysInput } from "@/server/contracts/api-key";
import type { UserCtx } from "@/server/services/ctx";
import { uuidOfCursor } from "@/server/services/market/list-cursor";
import { toApiKeyDto } from "./api-key-dto";

/** The person's keys, newest first; revoked ones too, since they are in the logs of whoever used them. */
export async function listApiKeys(ctx: UserCtx, { limit, cursor }: z.infer<typeof listApiKeysInput>): Promise<{ items: ApiKeyDto[]; nextCursor: string | null }> {
  // Ids are UUIDv7 and so in the order of creation.
  const rows = await ctx.db.apiKey.findMany({
    where: { userId: ctx.user.id, ...(cursor && { id: { lt: uuidOfCursor(cursor) } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(toApiKeyDto);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
