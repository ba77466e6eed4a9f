import type { UpdateWebhookInput, WebhookEndpointDto } from "@/server/contracts/webhook";
import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";
import { ownWebhook } from "./own-webhook";
import { toWebhookDto } from "./webhook-dto";

/** Changes address or events, or switches it off and on; switching on clears what the failures had done. */
export async function updateWebhook(ctx: UserCtx, { id, url, events, enabled }: UpdateWebhookInput): Promise<WebhookEndpointDto> {
  return ctx.db.$transaction(async (tx) => {
    const { disabledAt } = await ownWebhook(tx, ctx, id);
    const power = enabled === undefined || enabled === (disabledAt === null) ? {} : enabled ? { disabledAt: null, disabledReason: null } : { disabledAt: ctx.now(), disabledReason: "switched-off" };
    const changed = await tx.webhookEndpoint.update({ where: { id }, data: { url, events, ...power } });
    await recordAudit(tx, ctx, { action: "webhook.changed", subjectId: ctx.user.id, actorId: ctx.user.id, details: { id, ...(url && { url }), ...(events && { events }), ...(enabled !== undefined && { enabled }) } });
    return toWebhookDto(changed);
  });
}
