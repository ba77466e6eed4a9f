import type { Ctx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";

/** So many events in a row that never arrived switch an address off. */
const FAILURES_IN_A_ROW = 20;

/** Marks a delivery whose attempts are used up as failed, and switches its address off when nothing has arrived there for long. */
export async function giveUpDelivery(ctx: Ctx, { deliveryId }: { deliveryId: string }): Promise<void> {
  const { count } = await ctx.db.webhookDelivery.updateMany({ where: { id: deliveryId, status: "WAITING" }, data: { status: "FAILED" } });
  if (count === 0) return;
  const { endpointId } = await ctx.db.webhookDelivery.findUniqueOrThrow({ where: { id: deliveryId }, select: { endpointId: true } });
  const recent = await ctx.db.webhookDelivery.findMany({ where: { endpointId, status: { not: "WAITING" } }, orderBy: { id: "desc" }, take: FAILURES_IN_A_ROW, select: { status: true } });
  if (recent.length < FAILURES_IN_A_ROW || recent.some(({ status }) => status === "DELIVERED")) return;
  await ctx.db.$transaction(async (tx) => {
    const disabledAt = ctx.now();
    const [switchedOff] = await tx.webhookEndpoint.updateManyAndReturn({ where: { id: endpointId, disabledAt: null }, data: { disabledAt, disabledReason: "failing" }, select: { userId: true, url: true } });
    if (!switchedOff) return;
    const { userId, url } = switchedOff;
    await notify(tx, ctx, { userId, kind: "webhook.disabled", params: { url }, onceKey: `webhook:${endpointId}:${disabledAt.toISOString()}` });
  });
}
