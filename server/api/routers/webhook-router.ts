import { createWebhookInput, deliveryIdInput, deliveryPage, listDeliveriesInput, updateWebhookInput, webhookDelivery, webhookEndpoint, webhookIdInput, webhookList, webhookWithSecret } from "@/server/contracts/webhook";
import { createWebhook } from "@/server/services/webhook/create-webhook";
import { deleteWebhook } from "@/server/services/webhook/delete-webhook";
import { listDeliveries } from "@/server/services/webhook/list-deliveries";
import { listWebhooks } from "@/server/services/webhook/list-webhooks";
import { resendDelivery } from "@/server/services/webhook/resend-delivery";
import { rotateWebhookSecret } from "@/server/services/webhook/rotate-webhook-secret";
import { updateWebhook } from "@/server/services/webhook/update-webhook";
import { recentProcedure, router, userProcedure } from "../procedures";

export const webhookRouter = router({
  list: userProcedure.output(webhookList).query(({ ctx }) => listWebhooks(ctx)),
  create: userProcedure.input(createWebhookInput).output(webhookWithSecret).mutation(({ ctx, input }) => createWebhook(ctx, input)),
  update: userProcedure.input(updateWebhookInput).output(webhookEndpoint).mutation(({ ctx, input }) => updateWebhook(ctx, input)),
  delete: userProcedure.input(webhookIdInput).output(webhookIdInput).mutation(({ ctx, input }) => deleteWebhook(ctx, input)),
  rotateSecret: recentProcedure.input(webhookIdInput).output(webhookWithSecret).mutation(({ ctx, input }) => rotateWebhookSecret(ctx, input)),
  listDeliveries: userProcedure.input(listDeliveriesInput).output(deliveryPage).query(({ ctx, input }) => listDeliveries(ctx, input)),
  resend: userProcedure.input(deliveryIdInput).output(webhookDelivery).mutation(({ ctx, input }) => resendDelivery(ctx, input)),
});
