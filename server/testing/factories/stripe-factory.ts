import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { createPayments, type Payments } from "@/server/platform/payments";

const WEBHOOK_SECRET = "whsec_of_the_tests";
export const STRIPE_PRICES = { PRO: "price_pro", PREMIUM: "price_premium", INSTITUTIONAL: "price_institutional" } as const;

const mark = () => randomBytes(8).toString("hex");

/** A subscription in the form in which Stripe sends it. */
export function stripeSubscription({ id = `sub_${mark()}`, customer, status = "active", price = STRIPE_PRICES.PRO, quantity = 1, cancels = false }: { id?: string; customer: string; status?: string; price?: string; quantity?: number; cancels?: boolean }) {
  return { id, object: "subscription", customer, status, cancel_at_period_end: cancels, cancel_at: null, items: { object: "list", data: [{ id: `si_${mark()}`, object: "subscription_item", price: { id: price, object: "price" }, quantity, current_period_end: 1_795_000_000 }] } };
}

/** An event with Stripe's own signature on its body. */
export function signedEvent({ type, object, created, id = `evt_${mark()}`, secret = WEBHOOK_SECRET, signedAt }: { type: string; object: object; created: Date; id?: string; secret?: string; signedAt?: Date }): { rawBody: string; signature: string } {
  const rawBody = JSON.stringify({ id, object: "event", type, created: Math.floor(created.getTime() / 1000), data: { object } });
  const timestamp = Math.floor((signedAt ?? new Date()).getTime() / 1000);
  return { rawBody, signature: new Stripe("sk_test_of_the_tests").webhooks.generateTestHeaderString({ payload: rawBody, secret, timestamp }) };
}

export type StripeServer = {
  payments: Payments;
  /** What was asked, oldest first. */
  asked: { method: string; path: string; form: URLSearchParams; idempotencyKey: string | undefined }[];
  /** What it answers for a subscription. */
  subscriptions: Map<string, object>;
  /** Answers everything with this status while set. */
  failing: { status: number | null };
  close(): Promise<void>;
};

/** A local server with the parts of Stripe's API that we speak to: customers, checkout and portal pages, subscriptions; the same idempotency key gets the same answer. */
export async function startStripeServer(): Promise<StripeServer> {
  const asked: StripeServer["asked"] = [];
  const subscriptions = new Map<string, object>();
  const failing: StripeServer["failing"] = { status: null };
  const answered = new Map<string, object>();
  const answerTo = (path: string, form: URLSearchParams): object | null => {
    if (path === "/v1/customers") return { id: `cus_${mark()}`, object: "customer", email: form.get("email") };
    if (path === "/v1/checkout/sessions") return { id: `cs_${mark()}`, object: "checkout.session", url: `https://checkout.stripe.example/${mark()}` };
    if (path === "/v1/billing_portal/sessions") return { id: `bps_${mark()}`, object: "billing_portal.session", url: `https://portal.stripe.example/${form.get("customer")}` };
    if (path === "/v1/balance") return { object: "balance", available: [], pending: [], livemode: false };
    return subscriptions.get(path.replace("/v1/subscriptions/", "")) ?? null;
  };
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const path = new URL(request.url ?? "/", "http://stripe.example").pathname;
      const key = request.headers["idempotency-key"];
      const idempotencyKey = Array.isArray(key) ? key[0] : key;
      const form = new URLSearchParams(text);
      asked.push({ method: request.method ?? "", path, form, idempotencyKey });
      const answer = (idempotencyKey && answered.get(idempotencyKey)) || answerTo(path, form);
      if (idempotencyKey && answer) answered.set(idempotencyKey, answer);
      const status = failing.status ?? (answer ? 200 : 404);
      response.writeHead(status, { "content-type": "application/json", "stripe-should-retry": "false" }).end(JSON.stringify(status === 200 ? answer : { error: { type: status < 500 ? "invalid_request_error" : "api_error", message: "sk_test_of_the_tests is not allowed" } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const payments = createPayments({ secretKey: "sk_test_of_the_tests", webhookSecret: WEBHOOK_SECRET, prices: STRIPE_PRICES, apiUrl });
  return {
    payments, asked, subscriptions, failing,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
