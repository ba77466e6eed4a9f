import type { Prisma } from "@/prisma/generated/client";
import { isLive, judgeNews, tierOfSubscription, type ToldSubscription } from "@/server/domain/account/subscription-state";
import { AppError } from "@/server/domain/app-error";
import type { PaymentNews, Payments, StripeSubscription } from "@/server/platform/payments";
import { NO_ORIGIN, recordAudit } from "@/server/services/account/record-audit";
import { forgetApiKeyOwners } from "@/server/services/api-key/find-api-key-owner";
import type { Ctx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";
import { requirePayments } from "./require-payments";

type Tx = Prisma.TransactionClient;
export type EventCtx = Pick<Ctx, "db" | "now" | "log" | "emit" | "site" | "cache">;
export type Outcome = "applied" | "noted" | "replayed" | "older" | "ignored" | "unknown-customer";
type News = Exclude<PaymentNews, { kind: "other" }>;
/** What is told of a subscription, from an event or, `fresh`, as Stripe answered just now. */
type Told = { subscription: StripeSubscription; fresh: boolean };

/**
 * Takes one event of Stripe: signed, once, and never going back behind a newer one. All of it is one transaction under the lock of the
 * customer's row, so two events at once come one after the other.
 *
 * @throws AppError INVALID_INPUT without Stripe's signature; RULE_VIOLATED where a live subscription has a price that is none of ours, so that
 * Stripe comes again once the operator has named it
 */
export async function handleStripeEvent(ctx: EventCtx, { rawBody, signature }: { rawBody: string; signature: string }, given: Payments | null): Promise<{ outcome: Outcome }> {
  const payments = requirePayments(given);
  const news = payments.readEvent(rawBody, signature);
  if (news.kind === "other") return { outcome: "ignored" };
  const outcome = await settle(ctx, payments, news);
  if (outcome === "applied") forgetApiKeyOwners(ctx);
  ctx.log.info({ event: "stripe event", id: news.id, type: news.type, outcome });
  return { outcome };
}

async function settle(ctx: EventCtx, payments: Payments, news: News): Promise<Outcome> {
  const asked = async (stripeId: string): Promise<Told> => ({ subscription: await payments.getSubscription(stripeId), fresh: true });
  const told = news.kind === "subscription" ? { subscription: news.subscription, fresh: false } : news.kind === "checkout" ? await asked(news.subscriptionId) : null;
  const taken = await ctx.db.$transaction((tx) => take(ctx, tx, news, told));
  if (typeof taken === "string") return taken;
  const fresh = await asked(taken.ask);
  const second = await ctx.db.$transaction((tx) => take(ctx, tx, news, fresh));
  return typeof second === "string" ? second : "older";
}

/** Stripe's clock cannot tell which of two came first: it has to be asked for this subscription. */
type Ask = { ask: string };

async function take(ctx: EventCtx, tx: Tx, news: News, told: Told | null): Promise<Outcome | Ask> {
  const person = await lockedCustomer(tx, news);
  if (!person) return "unknown-customer";
  if (await tx.stripeEvent.findUnique({ where: { id: news.id } })) return "replayed";
  const outcome = told ? await applySubscription(ctx, tx, { person, news, told }) : await noteInvoice(ctx, tx, { userId: person.id, news });
  if (typeof outcome === "string") await tx.stripeEvent.create({ data: { id: news.id, type: news.type, createdAt: news.at, handledAt: ctx.now() } });
  return outcome;
}

type Person = { id: string };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The person behind a customer, by the id that we stored, or that our own checkout was opened with; locked until the transaction ends. */
async function lockedCustomer(tx: Tx, news: News): Promise<Person | null> {
  const customerId = news.kind === "subscription" ? news.subscription.customerId : news.customerId;
  const [known] = await tx.$queryRaw<Person[]>`SELECT id FROM user_account WHERE stripe_customer_id = ${customerId} AND erased_at IS NULL FOR UPDATE`;
  if (known || news.kind !== "checkout" || !UUID.test(news.userId ?? "")) return known ?? null;
  const [opener] = await tx.$queryRaw<Person[]>`SELECT id FROM user_account WHERE id = ${news.userId}::uuid AND stripe_customer_id IS NULL AND erased_at IS NULL FOR UPDATE`;
  if (opener) await tx.user.update({ where: { id: opener.id }, data: { stripeCustomerId: customerId } });
  return opener ?? null;
}

async function applySubscription(ctx: EventCtx, tx: Tx, { person, news, told }: { person: Person; news: News; told: Told }): Promise<"applied" | "older" | Ask> {
  const { subscription, fresh } = told;
  const known = await tx.subscription.findUnique({ where: { userId: person.id } });
  const { stripeId, status, quantity, currentPeriodEnd, cancelsAtPeriodEnd } = subscription;
  // The price of what has ended does not matter.
  const tier = subscription.tier ?? (isLive(subscription) ? null : (known?.tier ?? "FREE"));
  if (tier === null) throw new AppError("RULE_VIOLATED", "The price of this subscription is none of STRIPE_PRICE_PRO, STRIPE_PRICE_PREMIUM and STRIPE_PRICE_INSTITUTIONAL", { field: "price" });
  const next: ToldSubscription = { stripeId, status, tier, quantity, currentPeriodEnd, cancelsAtPeriodEnd, toldAt: news.at };
  const judged = judgeNews(known, next, { fresh });
  if (judged !== "take") return judged === "ask" ? { ask: stripeId } : "older";
  await tx.subscription.upsert({ where: { userId: person.id }, create: { userId: person.id, ...next }, update: next });
  const before = await tx.user.findUniqueOrThrow({ where: { id: person.id }, select: { tier: true } });
  const after = tierOfSubscription(next);
  if (before.tier !== after) {
    await tx.user.update({ where: { id: person.id }, data: { tier: after } });
    await notify(tx, ctx, { userId: person.id, kind: "plan.changed", params: { from: before.tier, to: after } });
  }
  await recordAudit(tx, { now: ctx.now, origin: NO_ORIGIN }, {
    action: "subscription.changed",
    subjectId: person.id,
    actorId: null,
    details: { event: news.id, before: { tier: before.tier, status: known?.status ?? null, quantity: known?.quantity ?? null }, after: { tier: after, status: next.status, quantity } },
  });
  return "applied";
}

async function noteInvoice(ctx: EventCtx, tx: Tx, { userId, news }: { userId: string; news: News }): Promise<"noted"> {
  if (news.kind === "invoice") {
    const { invoiceId, amountCents, currency, paid } = news;
    await recordAudit(tx, { now: ctx.now, origin: NO_ORIGIN }, { action: paid ? "payment.received" : "payment.failed", subjectId: userId, actorId: null, details: { event: news.id, invoiceId, amountCents, currency } });
    if (!paid) await notify(tx, ctx, { userId, kind: "plan.payment-failed", params: {} });
  }
  return "noted";
}
