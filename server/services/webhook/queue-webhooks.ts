import type { Prisma } from "@/prisma/generated/client";
import type { WebhookEvent } from "@/server/contracts/webhook";
import type { Db } from "@/server/platform/db";
import type { OutboxTx } from "@/server/platform/outbox";
import type { Ctx } from "@/server/services/ctx";

type Happening = { userId: string; event: WebhookEvent; /** One happening has one id at every address, however often it is told. */ eventId: string; data: Prisma.InputJsonObject };

/** Writes a delivery for each address of the person that wants the event, in the transaction of what happened. */
export async function queueWebhooks(tx: OutboxTx & Pick<Db, "webhookEndpoint" | "webhookDelivery">, ctx: Pick<Ctx, "emit" | "now">, { userId, event, eventId, data }: Happening): Promise<void> {
  const endpoints = await tx.webhookEndpoint.findMany({ where: { userId, disabledAt: null, events: { has: event } }, select: { id: true } });
  const createdAt = ctx.now();
  const payload = { id: eventId, event, createdAt: createdAt.toISOString(), data };
  for (const { id: endpointId } of endpoints) {
    const told = await tx.webhookDelivery.createManyAndReturn({ data: { endpointId, eventId, event, payload, createdAt }, skipDuplicates: true, select: { id: true } });
    for (const { id } of told) await ctx.emit(tx, { name: "webhook/queued", data: { deliveryId: id, endpointId } });
  }
}
