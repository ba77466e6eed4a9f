import type { WebhookWithSecretDto } from "@/server/contracts/webhook";
import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";
import { ownWebhook } from "./own-webhook";
import { toWebhookDto } from "./webhook-dto";
import { newWebhookSecret } from "./webhook-secret";

const BOTH_SIGN_MS = 24 * 3_600_000;

/** Makes a new secret; for a day deliveries carry the signatures of both, so that a receiver can change over without a gap. */
export async function rotateWebhookSecret(ctx: UserCtx, { id }: { id: string }): Promise<WebhookWithSecretDto> {
  const { secret, sealed } = newWebhookSecret(ctx);
  return ctx.db.$transaction(async (tx) => {
    const old = await ownWebhook(tx, ctx, id);
    const changed = await tx.webhookEndpoint.update({ where: { id }, data: { secret: sealed, previousSecret: old.secret, previousSecretUntil: new Date(ctx.now().getTime() + BOTH_SIGN_MS) } });
    await recordAudit(tx, ctx, { action: "webhook.secret-rotated", subjectId: ctx.user.id, actorId: ctx.user.id, details: { id } });
    return { ...toWebhookDto(changed), secret };
  });
}
