import type { z } from "zod";
import type { listDeliveriesInput, WebhookDeliveryDto } from "@/server/contracts/webhook";
import type { UserCtx } from "@/server/services/ctx";
import { uuidOfCursor } from "@/server/services/market/list-cursor";
import { ownWebhook } from "./own-webhook";
import { toDeliveryDto } from "./webhook-dto";

/** The deliveries of one address, newest first. */
export async function listDeliveries(ctx: UserCtx, { id, limit, cursor }: z.infer<typeof listDeliveriesInput>): Promise<{ items: WebhookDeliveryDto[]; nextCursor: string | null }> {
  await ownWebhook(ctx.db, ctx, id);
  const rows = await ctx.db.webhookDelivery.findMany({
    where: { endpointId: id, ...(cursor && { id: { lt: uuidOfCursor(cursor) } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(toDeliveryDto);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
