import type { WebhookEndpointDto } from "@/server/contracts/webhook";
import type { UserCtx } from "@/server/services/ctx";
import { toWebhookDto } from "./webhook-dto";

export async function listWebhooks(ctx: UserCtx): Promise<{ items: WebhookEndpointDto[] }> {
  const endpoints = await ctx.db.webhookEndpoint.findMany({ where: { userId: ctx.user.id }, orderBy: { id: "desc" } });
  return { items: endpoints.map(toWebhookDto) };
}
