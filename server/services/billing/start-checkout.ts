import type { PaymentPage, StartCheckoutInput } from "@/server/contracts/billing";
import { isLive } from "@/server/domain/account/subscription-state";
import { AppError } from "@/server/domain/app-error";
import { sha256 } from "@/server/platform/crypto";
import type { Payments } from "@/server/platform/payments";
import { recordAudit } from "@/server/services/account/record-audit";
import type { UserCtx } from "@/server/services/ctx";
import { requirePayments } from "./require-payments";

/** Leads to Stripe's page that takes the order; who pays for a plan already is led to the one where it is changed. */
export async function startCheckout(ctx: UserCtx, { tier, idempotencyKey }: StartCheckoutInput, given: Payments | null): Promise<PaymentPage> {
  const payments = requirePayments(given);
  if (!payments.sells.includes(tier)) throw new AppError("RULE_VIOLATED", "This plan cannot be bought here; ask an admin", { reason: "PLAN_NOT_SOLD", field: "tier" });
  const { id: userId, locale } = ctx.user;
  const back = `${ctx.site.url}/settings/billing`;
  const person = await ctx.db.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, stripeCustomerId: true, subscription: { select: { status: true } } } });
  if (person.stripeCustomerId && person.subscription && isLive(person.subscription)) {
    return { page: "portal", url: await payments.createPortal({ customerId: person.stripeCustomerId, returnUrl: back, locale }) };
  }
  const customerId = person.stripeCustomerId ?? (await newCustomer(ctx, payments, person.email));
  const url = await payments.createCheckout({ customerId, userId, tier, successUrl: `${back}?checkout=done`, cancelUrl: `${back}?checkout=left`, locale, idempotencyKey: `checkout:${userId}:${tier}:${idempotencyKey}` });
  await recordAudit(ctx.db, ctx, { action: "checkout.started", subjectId: userId, actorId: userId, details: { tier } });
  return { page: "checkout", url };
}

/** Two requests at once get one customer: Stripe knows the second by its key, and only the first is stored. */
async function newCustomer(ctx: UserCtx, payments: Payments, email: string | null): Promise<string> {
  const { id } = ctx.user;
  if (!email) throw new AppError("RULE_VIOLATED", "An account without an e-mail address cannot buy", { field: "email" });
  const made = await payments.createCustomer({ userId: id, email, idempotencyKey: `customer:${id}:${sha256(email).slice(0, 16)}` });
  await ctx.db.user.updateMany({ where: { id, stripeCustomerId: null }, data: { stripeCustomerId: made } });
  const { stripeCustomerId } = await ctx.db.user.findUniqueOrThrow({ where: { id }, select: { stripeCustomerId: true } });
  return stripeCustomerId ?? made;
}
