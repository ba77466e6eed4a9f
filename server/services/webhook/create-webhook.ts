import type { CreateWebhookInput, WebhookWithSecretDto } from "@/server/contracts/webhook";
import { AppError } from "@/server/domain/app-error";
import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";
import { toWebhookDto } from "./webhook-dto";
import { newWebhookSecret } from "./webhook-secret";

const ENDPOINTS_AT_MOST = 20;

/** Registers an address to be told of events, and shows the secret that signs them this once. */
export async function createWebhook(ctx: UserCtx, { url, events }: CreateWebhookInput): Promise<WebhookWithSecretDto> {
  const { secret, sealed } = newWebhookSecret(ctx);
  return ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM user_account WHERE id = ${ctx.user.id}::uuid FOR UPDATE`;
    const made = await tx.webhookEndpoint.count({ where: { userId: ctx.user.id } });
    if (made >= ENDPOINTS_AT_MOST) throw new AppError("RULE_VIOLATED", `An account has at most ${ENDPOINTS_AT_MOST} addresses; delete one first`, { field: "url" });
    const endpoint = await tx.webhookEndpoint.create({ data: { userId: ctx.user.id, url, events, secret: sealed, createdAt: ctx.now() } });
    await recordAudit(tx, ctx, { action: "webhook.created", subjectId: ctx.user.id, actorId: ctx.user.id, details: { id: endpoint.id, url, events } });
    return { ...toWebhookDto(endpoint), secret };
  });
}
