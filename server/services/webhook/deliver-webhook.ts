import { AppError } from "@/server/domain/app-error";
import { hmacSha256 } from "@/server/platform/crypto";
import { guardedPost } from "@/server/platform/guarded-post";
import type { Ctx } from "@/server/services/ctx";
import { openWebhookSecret } from "./webhook-secret";

const ANSWER_WITHIN_MS = 10_000;

/**
 * `Nexus-Signature: t=<unix seconds>,v1=<hex>` with HMAC-SHA256(secret, "t.body"); while a secret is being changed there is a v1 of each.
 * The HMAC is of RFC 2104; a test checks a delivery with the secret that was shown.
 */
export const signDelivery = (secrets: readonly string[], seconds: number, body: string): string => [`t=${seconds}`, ...secrets.map((secret) => `v1=${hmacSha256(secret, `${seconds}.${body}`)}`)].join(",");

/**
 * Makes one attempt at a delivery and notes its outcome. What is delivered already is left alone.
 *
 * @throws AppError UPSTREAM_UNAVAILABLE when the receiver did not take it, to be tried again; INVALID_INPUT when the address may not be called
 */
export async function deliverWebhook(ctx: Ctx, { deliveryId, allowPrivate }: { deliveryId: string; allowPrivate: boolean }): Promise<{ outcome: "delivered" | "skipped" }> {
  const delivery = await ctx.db.webhookDelivery.findUnique({ where: { id: deliveryId }, include: { endpoint: true } });
  if (!delivery || delivery.status === "DELIVERED" || delivery.endpoint.disabledAt) return { outcome: "skipped" };

  const { endpoint, eventId, event } = delivery;
  const now = ctx.now();
  const sealed = [endpoint.secret, ...(endpoint.previousSecret && endpoint.previousSecretUntil && endpoint.previousSecretUntil > now ? [endpoint.previousSecret] : [])];
  const secrets = sealed.map((secret) => openWebhookSecret(ctx, secret)).filter((secret) => secret !== null);
  const body = JSON.stringify(delivery.payload);
  const headers = {
    "content-type": "application/json",
    "user-agent": "Nexus-Alpha-Webhooks/1",
    "nexus-event": event,
    "nexus-event-id": eventId,
    "nexus-signature": signDelivery(secrets, Math.floor(now.getTime() / 1000), body),
  };
  const note = (data: { status?: "DELIVERED"; deliveredAt?: Date; responseStatus: number | null; responseBody: string | null; error: string | null }) =>
    ctx.db.webhookDelivery.update({ where: { id: deliveryId }, data: { ...data, attempts: { increment: 1 }, lastAttemptAt: now } });

  try {
    if (secrets.length === 0) throw new AppError("RULE_VIOLATED", "The secret of this webhook cannot be opened; make a new one");
    const { status, body: answer } = await guardedPost(new URL(endpoint.url), { body, headers, withinMs: ANSWER_WITHIN_MS, allowPrivate });
    if (status >= 200 && status < 300) {
      await note({ status: "DELIVERED", deliveredAt: now, responseStatus: status, responseBody: printable(answer), error: null });
      return { outcome: "delivered" };
    }
    await note({ responseStatus: status, responseBody: printable(answer), error: `Answered ${status}` });
    throw new AppError("UPSTREAM_UNAVAILABLE", `The receiver answered ${status}`, { noted: true });
  } catch (error) {
    if (error instanceof AppError && !error.details.noted) await note({ responseStatus: null, responseBody: null, error: error.message });
    throw error;
  }
}

/** A text column takes no zero byte. */
const printable = (text: string) => text.replaceAll("\0", "�");
