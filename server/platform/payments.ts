import Stripe from "stripe";
import { z } from "zod";
import type { PaidTier } from "@/server/domain/account/subscription-state";
import { AppError } from "@/server/domain/app-error";

/** A subscription as Stripe has it; `tier` is null when its price is none of ours. */
export type StripeSubscription = { stripeId: string; customerId: string; status: string; tier: PaidTier | null; quantity: number; currentPeriodEnd: Date | null; cancelsAtPeriodEnd: boolean };

/** What an event of Stripe says, as far as it concerns us. */
export type PaymentNews = { id: string; type: string; at: Date } & (
  | { kind: "subscription"; subscription: StripeSubscription }
  | { kind: "checkout"; customerId: string; subscriptionId: string; userId: string | null }
  | { kind: "invoice"; customerId: string; invoiceId: string; amountCents: number; currency: string; paid: boolean }
  | { kind: "other" }
);

export type Payments = {
  /** The plans that can be bought: those with a price at Stripe. */
  sells: readonly PaidTier[];
  createCustomer(about: { userId: string; email: string; idempotencyKey: string }): Promise<string>;
  /** The address of Stripe's page that takes the order. */
  createCheckout(order: { customerId: string; userId: string; tier: PaidTier; successUrl: string; cancelUrl: string; locale: string; idempotencyKey: string }): Promise<string>;
  /** The address of Stripe's page that changes and ends subscriptions. */
  createPortal(about: { customerId: string; returnUrl: string; locale: string }): Promise<string>;
  getSubscription(stripeId: string): Promise<StripeSubscription>;
  /**
   * Reads the account's balance, which changes nothing.
   * @throws AppError UPSTREAM_INVALID when Stripe refuses the key, UPSTREAM_UNAVAILABLE when it does not answer
   */
  verify(): Promise<void>;
  /** Ends it at once, and charges nothing more. */
  cancelSubscription(stripeId: string): Promise<void>;
  /** @throws AppError INVALID_INPUT when the signature is not Stripe's, or too old */
  readEvent(rawBody: string, signature: string): PaymentNews;
};

export type PaymentOptions = { secretKey: string; webhookSecret: string; prices: Partial<Record<PaidTier, string>>; apiUrl?: string };

const ANSWER_WITHIN_MS = 10_000;

const idOf = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]);
const seconds = z.number().int().transform((value) => new Date(value * 1000));
const subscriptionPayload = z.object({
  id: z.string(),
  customer: idOf,
  status: z.string(),
  cancel_at_period_end: z.boolean().default(false),
  cancel_at: z.number().nullish(),
  items: z.object({ data: z.array(z.object({ price: z.object({ id: z.string() }), quantity: z.number().int().min(0).default(1), current_period_end: seconds.nullish() })).min(1) }),
});
const checkoutPayload = z.object({ mode: z.string(), customer: idOf.nullish(), subscription: idOf.nullish(), client_reference_id: z.string().nullish() });
const invoicePayload = z.object({ id: z.string(), customer: idOf, amount_paid: z.number().int(), amount_due: z.number().int(), currency: z.string() });

/** Speaks with Stripe. Prices are made there by the operator; amounts are whole cents throughout. */
export function createPayments({ secretKey, webhookSecret, prices, apiUrl }: PaymentOptions): Payments {
  const stripe = new Stripe(secretKey, { timeout: ANSWER_WITHIN_MS, maxNetworkRetries: 2, telemetry: false, ...(apiUrl && addressOf(apiUrl)) });
  const tierOfPrice = new Map(Object.entries(prices).map(([tier, price]) => [price, tier as PaidTier]));

  function toSubscription(payload: unknown): StripeSubscription {
    const { id, customer, status, cancel_at_period_end, cancel_at, items } = parsed(subscriptionPayload, payload);
    // Items of other products of the operator may stand beside ours.
    const item = items.data.find(({ price }) => tierOfPrice.has(price.id)) ?? items.data[0]!;
    return { stripeId: id, customerId: customer, status, tier: tierOfPrice.get(item.price.id) ?? null, quantity: item.quantity, currentPeriodEnd: item.current_period_end ?? null, cancelsAtPeriodEnd: cancel_at_period_end || cancel_at != null };
  }

  return {
    sells: [...tierOfPrice.values()],
    createCustomer: ({ userId, email, idempotencyKey }) => asked(async () => (await stripe.customers.create({ email, metadata: { userId } }, { idempotencyKey })).id),
    createCheckout: ({ customerId, userId, tier, successUrl, cancelUrl, locale, idempotencyKey }) =>
      asked(async () => {
        const { url } = await stripe.checkout.sessions.create(
          // Every plan is sold once, whatever number of people it serves.
          { mode: "subscription", customer: customerId, client_reference_id: userId, line_items: [{ price: prices[tier]!, quantity: 1 }], success_url: successUrl, cancel_url: cancelUrl, locale: locale === "ko" ? "ko" : "en" },
          { idempotencyKey },
        );
        return parsed(z.string(), url);
      }),
    createPortal: ({ customerId, returnUrl, locale }) => asked(async () => (await stripe.billingPortal.sessions.create({ customer: customerId, return_url: returnUrl, locale: locale === "ko" ? "ko" : "en" })).url),
    getSubscription: (stripeId) => asked(async () => toSubscription(await stripe.subscriptions.retrieve(stripeId))),
    verify: () =>
      asked(async () => {
        try {
          await stripe.balance.retrieve();
        } catch (error) {
          if (error instanceof Stripe.errors.StripeAuthenticationError || error instanceof Stripe.errors.StripePermissionError) throw new AppError("UPSTREAM_INVALID", "Stripe refused the key", { field: "stripe" });
          throw error;
        }
      }),
    cancelSubscription: (stripeId) => asked(async () => void (await stripe.subscriptions.cancel(stripeId))),
    readEvent(rawBody, signature) {
      const { id, type, created, data } = verified(() => stripe.webhooks.constructEvent(rawBody, signature, webhookSecret));
      return { id, type, at: new Date(created * 1000), ...contentOf(type, data.object) };
    },
  };

  function contentOf(type: string, object: unknown) {
    if (type.startsWith("customer.subscription.")) return { kind: "subscription", subscription: toSubscription(object) } as const;
    if (type === "checkout.session.completed") {
      const { mode, customer, subscription, client_reference_id } = parsed(checkoutPayload, object);
      if (mode === "subscription" && customer && subscription) return { kind: "checkout", customerId: customer, subscriptionId: subscription, userId: client_reference_id ?? null } as const;
    }
    if (type === "invoice.paid" || type === "invoice.payment_failed") {
      const { id, customer, amount_paid, amount_due, currency } = parsed(invoicePayload, object);
      const paid = type === "invoice.paid";
      return { kind: "invoice", customerId: customer, invoiceId: id, amountCents: paid ? amount_paid : amount_due, currency: currency.toUpperCase(), paid } as const;
    }
    return { kind: "other" } as const;
  }
}

function addressOf(apiUrl: string): { protocol: "http" | "https"; host: string; port: string } {
  const { protocol, hostname, port } = new URL(apiUrl);
  const plain = protocol === "http:";
  return { protocol: plain ? "http" : "https", host: hostname, port: port || (plain ? "80" : "443") };
}

function parsed<T>(schema: z.ZodType<T>, payload: unknown): T {
  const { success, data, error } = schema.safeParse(payload);
  if (!success) throw new AppError("UPSTREAM_INVALID", `Stripe's answer cannot be read: ${error.issues[0]?.path.join(".") ?? ""}`, { field: "stripe" });
  return data;
}

function verified(read: () => Stripe.Event): Stripe.Event {
  try {
    return read();
  } catch (error) {
    // A body that is no JSON says so only to who could sign it.
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError)) throw error;
    throw new AppError("INVALID_INPUT", "The signature is missing, too old or not Stripe's", { field: "stripe-signature" });
  }
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    // Its own sentence may quote the key.
    const refused = error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripeIdempotencyError;
    if (refused) throw new AppError("UPSTREAM_INVALID", "Stripe refused the request", { field: "stripe", stripeCode: error.code ?? null });
    throw new AppError("UPSTREAM_UNAVAILABLE", "Stripe cannot be reached; nothing was charged", { field: "stripe" });
  }
}
