import type { WebhookDeliveryDto } from "@/server/contracts/webhook";
import { AppError } from "@/server/domain/app-error";
import type { UserCtx } from "@/server/services/ctx";
import { ownWebhook } from "./own-webhook";
import { toDeliveryDto } from "./webhook-dto";

/** Sends a delivery once more, with the same event id, whatever became of it before. */
export async function resendDelivery(ctx: UserCtx, { id, deliveryId }: { id: string; deliveryId: string }): Promise<WebhookDeliveryDto> {
  return ctx.db.$transaction(async (tx) => {
    const { disabledAt } = await ownWebhook(tx, ctx, id);
    if (disabledAt) throw new AppError("RULE_VIOLATED", "This webhook is switched off; switch it on first", { field: "id" });
    const [found] = await tx.webhookDelivery.updateManyAndReturn({ where: { id: deliveryId, endpointId: id }, data: { status: "WAITING", deliveredAt: null } });
    if (!found) throw new AppError("NOT_FOUND", "There is no such delivery", { field: "deliveryId" });
    await ctx.emit(tx, { name: "webhook/queued", data: { deliveryId, endpointId: id } });
    return toDeliveryDto(found);
  });
}
