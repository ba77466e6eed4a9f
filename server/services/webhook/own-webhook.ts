import type { WebhookEndpoint } from "@/prisma/generated/client";
import { AppError } from "@/server/domain/app-error";
import type { Db } from "@/server/platform/db";
import type { UserCtx } from "@/server/services/ctx";

/** The person's own address; another person's is not found. */
export async function ownWebhook(tx: Pick<Db, "webhookEndpoint">, ctx: UserCtx, id: string): Promise<WebhookEndpoint> {
  const endpoint = await tx.webhookEndpoint.findFirst({ where: { id, userId: ctx.user.id } });
  if (!endpoint) throw new AppError("NOT_FOUND", "There is no such webhook", { field: "id" });
  return endpoint;
}
