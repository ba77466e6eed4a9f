import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";
import { ownWebhook } from "./own-webhook";

/** Removes the address together with the log of its deliveries. */
export async function deleteWebhook(ctx: UserCtx, { id }: { id: string }): Promise<{ id: string }> {
  return ctx.db.$transaction(async (tx) => {
    const { url } = await ownWebhook(tx, ctx, id);
    await tx.webhookEndpoint.delete({ where: { id } });
    await recordAudit(tx, ctx, { action: "webhook.deleted", subjectId: ctx.user.id, actorId: ctx.user.id, details: { id, url } });
    return { id };
  });
}
