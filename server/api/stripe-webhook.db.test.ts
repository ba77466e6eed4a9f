import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aUser } from "@/server/testing/factories/account-factory";
import { signedEvent, startStripeServer, STRIPE_PRICES, stripeSubscription, type StripeServer } from "@/server/testing/factories/stripe-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { answerStripe } from "./stripe-webhook";

const ctx = createTestCtx();
let stripe: StripeServer;
beforeAll(async () => {
  stripe = await startStripeServer();
});
afterAll(async () => {
  await stripe.close();
  await ctx.db.$disconnect();
});

type Signed = { rawBody: string; signature: string };
const post = ({ rawBody, signature }: Signed, payments: StripeServer["payments"] | null = stripe.payments) =>
  answerStripe(new Request("https://app.example/api/stripe/webhook", { method: "POST", body: rawBody, headers: signature ? { "stripe-signature": signature } : {} }), { ctx, payments }).then(({ status }) => status);

describe("answerStripe", () => {
  it("answers 200 when an event comes again, and 400 without Stripe's signature on exactly this body", async () => {
    const customer = `cus_${randomUUID()}`;
    const { id } = await aUser(ctx.db, { stripeCustomerId: customer });
    const tier = async () => (await ctx.db.user.findUniqueOrThrow({ where: { id } })).tier;
    const news = (second: number, price: string, given: Partial<Parameters<typeof signedEvent>[0]> = {}) =>
      signedEvent({ type: "customer.subscription.updated", created: new Date(Date.UTC(2026, 10, 21, 6, 0, second)), object: stripeSubscription({ id: "sub_1", customer, price }), ...given });
    const event = news(1, STRIPE_PRICES.PRO);
    expect([await post(event), await post(event)]).toEqual([200, 200]);
    expect(await tier()).toBe("PRO");
    const later = news(2, STRIPE_PRICES.INSTITUTIONAL);
    const forged = news(2, STRIPE_PRICES.INSTITUTIONAL, { secret: "whsec_guessed" });
    const old = news(2, STRIPE_PRICES.INSTITUTIONAL, { signedAt: new Date(Date.now() - 600_000) });
    const refused: Signed[] = [{ ...later, signature: "" }, { ...later, rawBody: `${later.rawBody} ` }, { ...later, signature: event.signature }, forged, old, { ...later, signature: "t=1,v1=x" }];
    for (const one of refused) expect(await post(one)).toBe(400);
    expect(await tier()).toBe("PRO");
  });

  it("reads no body that is too long, and is not there without Stripe", async () => {
    expect(await post({ rawBody: "x".repeat(300_000), signature: "t=1,v1=x" })).toBe(413);
    expect(await post({ rawBody: "{}", signature: "" }, null)).toBe(404);
  });

  it("has Stripe come again where the price is none of ours", async () => {
    const customer = `cus_${randomUUID()}`;
    await aUser(ctx.db, { stripeCustomerId: customer });
    expect(await post(signedEvent({ type: "customer.subscription.updated", created: new Date(), object: stripeSubscription({ customer, price: "price_of_a_mug" }) }))).toBe(422);
  });
});
