import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Prisma } from "@/prisma/generated/client";
import { SEATS_INCLUDED } from "@/server/domain/account/plans";
import { findSession } from "@/server/services/account/find-session";
import { asPerson, aUser } from "@/server/testing/factories/account-factory";
import { signedEvent, startStripeServer, STRIPE_PRICES, stripeSubscription, type StripeServer } from "@/server/testing/factories/stripe-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { addSeat } from "./add-seat";
import { endSubscription } from "./end-subscription";
import { getBilling } from "./get-billing";
import { handleStripeEvent } from "./handle-stripe-event";
import { openPortal } from "./open-portal";
import { removeSeat } from "./remove-seat";
import { setTier } from "./set-tier";
import { startCheckout } from "./start-checkout";

const ctx = createTestCtx();
let stripe: StripeServer;
beforeAll(async () => {
  stripe = await startStripeServer();
});
afterAll(async () => {
  await stripe.close();
  await ctx.db.$disconnect();
});

const second = (n: number) => new Date(Date.UTC(2026, 10, 21, 6, 0, n));
const mark = () => randomUUID().slice(0, 8);
const key = () => `key-${randomUUID()}`;

async function aCustomer(given: Partial<Prisma.UserUncheckedCreateInput> = {}) {
  const customer = `cus_${mark()}`;
  const user = await aUser(ctx.db, { stripeCustomerId: customer, ...given });
  const person = await asPerson(ctx, user);
  const stripeId = `sub_${mark()}`;
  /** News of the customer's subscription, as of a second. */
  const news = (n: number, about: Partial<Parameters<typeof stripeSubscription>[0]> = {}, type = "customer.subscription.updated") =>
    signedEvent({ type, created: second(n), object: stripeSubscription({ id: stripeId, customer, ...about }) });
  const tell = (event: { rawBody: string; signature: string }) => handleStripeEvent(ctx, event, stripe.payments).then(({ outcome }) => outcome);
  const tier = async () => (await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })).tier;
  const audit = (action: string) => ctx.db.auditEntry.count({ where: { subjectId: user.id, action } });
  return { customer, user, person, stripeId, news, tell, tier, audit };
}

describe("checkout", () => {
  it("opens Stripe's page for a new customer, once for one key, with one price a month whatever the seats", async () => {
    const user = await aUser(ctx.db);
    const person = await asPerson(ctx, user);
    const order = { tier: "INSTITUTIONAL", idempotencyKey: key() } as const;
    const [one, other] = await Promise.all([startCheckout(person, order, stripe.payments), startCheckout(person, order, stripe.payments)]);
    expect(one).toEqual({ page: "checkout", url: expect.stringMatching(/^https:\/\/checkout\.stripe\.example\//) });
    expect(other).toEqual(one);
    const { stripeCustomerId } = await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } });
    const { form, idempotencyKey } = stripe.asked.findLast(({ path }) => path === "/v1/checkout/sessions")!;
    expect(idempotencyKey).toContain(order.idempotencyKey);
    expect(Object.fromEntries(form)).toMatchObject({ mode: "subscription", customer: stripeCustomerId, client_reference_id: user.id, "line_items[0][price]": STRIPE_PRICES.INSTITUTIONAL, "line_items[0][quantity]": "1", success_url: "https://app.example/settings/billing?checkout=done" });
  });

  it("leads who pays already to the portal", async () => {
    const { person, customer, news, tell } = await aCustomer();
    await tell(news(1));
    expect(await startCheckout(person, { tier: "PREMIUM", idempotencyKey: key() }, stripe.payments)).toEqual({ page: "portal", url: `https://portal.stripe.example/${customer}` });
    expect(await openPortal(person, stripe.payments)).toMatchObject({ page: "portal" });
  });

  it("is off without Stripe, in a clear sentence", async () => {
    const person = await asPerson(ctx, await aUser(ctx.db));
    await expect(startCheckout(person, { tier: "PRO", idempotencyKey: key() }, null)).rejects.toMatchObject({ code: "RULE_VIOLATED", details: { reason: "PAYMENTS_OFF" } });
    await expect(openPortal(person, null)).rejects.toMatchObject({ details: { reason: "PAYMENTS_OFF" } });
    await expect(openPortal(person, stripe.payments)).rejects.toMatchObject({ details: { reason: "NOTHING_BOUGHT" } });
    expect(await getBilling(person, null)).toMatchObject({ tier: "FREE", sells: [], subscription: null, portal: false, seats: null });
  });

  it("says that Stripe is away, or refused, without quoting it", async () => {
    const { person } = await aCustomer();
    for (const [status, code] of [[500, "UPSTREAM_UNAVAILABLE"], [400, "UPSTREAM_INVALID"]] as const) {
      stripe.failing.status = status;
      const error: unknown = await openPortal(person, stripe.payments).catch((thrown: unknown) => thrown);
      stripe.failing.status = null;
      expect(error).toMatchObject({ code });
      expect(JSON.stringify([error, String(error)])).not.toContain("sk_test");
    }
  });

  it("is asked by admins whether it takes the key, which changes nothing there", async () => {
    stripe.asked.length = 0;
    await expect(stripe.payments.verify()).resolves.toBeUndefined();
    expect(stripe.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /v1/balance"]);
    for (const [status, code] of [[401, "UPSTREAM_INVALID"], [500, "UPSTREAM_UNAVAILABLE"]] as const) {
      stripe.failing.status = status;
      await expect(stripe.payments.verify()).rejects.toMatchObject({ code });
      stripe.failing.status = null;
    }
  });
});

describe("Stripe's events", () => {
  it("put a person on the plan that is paid, keep it while a payment is tried again, and end it", async () => {
    const { news, tell, tier, audit, user, person } = await aCustomer();
    expect(await tell(news(1, { price: STRIPE_PRICES.PREMIUM }, "customer.subscription.created"))).toBe("applied");
    expect(await tier()).toBe("PREMIUM");
    await tell(news(2, { price: STRIPE_PRICES.PREMIUM, status: "past_due", cancels: true }));
    expect(await tier()).toBe("PREMIUM");
    expect((await getBilling(person, stripe.payments)).subscription).toMatchObject({ tier: "PREMIUM", status: "past_due", live: true, cancelsAtPeriodEnd: true, currentPeriodEnd: new Date(1_795_000_000_000).toISOString() });
    await tell(news(3, { price: STRIPE_PRICES.PREMIUM, status: "canceled" }, "customer.subscription.deleted"));
    expect(await tier()).toBe("FREE");
    expect(await audit("subscription.changed")).toBe(3);
    const told = await ctx.db.notification.findMany({ where: { userId: user.id, kind: "plan.changed" }, orderBy: { id: "asc" } });
    expect(told.map(({ params }) => params)).toEqual([{ from: "FREE", to: "PREMIUM" }, { from: "PREMIUM", to: "FREE" }]);
    const last = await ctx.db.auditEntry.findFirstOrThrow({ where: { subjectId: user.id, action: "subscription.changed" }, orderBy: { id: "desc" } });
    expect(last.details).toMatchObject({ before: { tier: "PREMIUM", status: "past_due" }, after: { tier: "FREE", status: "canceled" } });
  });

  it("change nothing when they are replayed, or older than what is known", async () => {
    const { news, tell, tier, audit } = await aCustomer();
    const paid = news(10, { price: STRIPE_PRICES.PRO });
    expect(await tell(paid)).toBe("applied");
    expect(await tell(news(5, { status: "incomplete" }))).toBe("older");
    expect(await tell(paid)).toBe("replayed");
    expect(await tier()).toBe("PRO");
    expect(await audit("subscription.changed")).toBe(1);
  });

  it("are settled by asking Stripe where two came within one second", async () => {
    const { news, tell, tier, stripeId, customer } = await aCustomer();
    await tell(news(10, { status: "canceled" }));
    stripe.subscriptions.set(stripeId, stripeSubscription({ id: stripeId, customer, status: "canceled" }));
    expect(await tell(news(10, { status: "active" }))).toBe("applied");
    expect(await tier()).toBe("FREE");
  });

  it("come to the latest, applied once each, when many arrive at once", async () => {
    const { news, tell, tier, audit, user } = await aCustomer();
    const events = [news(1, { status: "incomplete" }), news(2), news(3, { price: STRIPE_PRICES.PREMIUM })];
    const outcomes = await Promise.all([...events, ...events, ...events].map(tell));
    expect(outcomes.filter((outcome) => outcome === "replayed")).toHaveLength(6);
    expect(await tier()).toBe("PREMIUM");
    expect(await ctx.db.stripeEvent.count({ where: { id: { in: events.map(({ rawBody }) => (JSON.parse(rawBody) as { id: string }).id) } } })).toBe(3);
    expect(await audit("subscription.changed")).toBe(outcomes.filter((outcome) => outcome === "applied").length);
    expect((await ctx.db.subscription.findUniqueOrThrow({ where: { userId: user.id } })).toldAt).toEqual(second(3));
  });

  it("find the person by the stored customer alone, or by the checkout that the person opened", async () => {
    const user = await aUser(ctx.db);
    const other = await aCustomer();
    const customer = `cus_${mark()}`;
    const stripeId = `sub_${mark()}`;
    stripe.subscriptions.set(stripeId, stripeSubscription({ id: stripeId, customer }));
    const opened = (userId: string, id = customer) => signedEvent({ type: "checkout.session.completed", created: second(1), object: { mode: "subscription", customer: id, subscription: stripeId, client_reference_id: userId } });
    expect(await other.tell(signedEvent({ type: "customer.subscription.created", created: second(1), object: stripeSubscription({ id: stripeId, customer }) }))).toBe("unknown-customer");
    expect(await other.tell(opened(user.id))).toBe("applied");
    expect(await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })).toMatchObject({ tier: "PRO", stripeCustomerId: customer });
    // Somebody else's customer cannot be taken over by naming a person.
    expect(await other.tell(opened(other.user.id, `cus_${mark()}`))).toBe("unknown-customer");
    expect(await other.tell(opened("'; DROP TABLE seat"))).toBe("applied");
    expect(await other.tell(opened("-".repeat(36), `cus_${mark()}`))).toBe("unknown-customer");
    expect(await other.tier()).toBe("FREE");
  });

  it("note what was paid and what was refused, in whole cents", async () => {
    const { tell, user, customer } = await aCustomer();
    const invoice = (type: string) => signedEvent({ type, created: second(1), object: { id: "in_1", customer, amount_paid: 2_000, amount_due: 2_000, currency: "usd" } });
    expect([await tell(invoice("invoice.paid")), await tell(invoice("invoice.payment_failed")), await tell(invoice("customer.updated"))]).toEqual(["noted", "noted", "ignored"]);
    const entries = await ctx.db.auditEntry.findMany({ where: { subjectId: user.id, action: { startsWith: "payment." } }, orderBy: { id: "asc" } });
    expect(entries.map(({ action, details }) => [action, details])).toEqual([
      ["payment.received", expect.objectContaining({ amountCents: 2_000, currency: "USD" })],
      ["payment.failed", expect.objectContaining({ amountCents: 2_000 })],
    ]);
  });

  it("are refused with a price that is none of ours, so that Stripe comes again", async () => {
    const { news, tell, tier } = await aCustomer();
    const strange = news(1, { price: "price_of_a_mug" });
    await expect(tell(strange)).rejects.toMatchObject({ code: "RULE_VIOLATED" });
    await expect(tell(strange)).rejects.toMatchObject({ code: "RULE_VIOLATED" });
    expect(await tier()).toBe("FREE");
  });
});

describe("endSubscription", () => {
  it("ends at Stripe what is still paid for, once, and holds the account back while Stripe cannot be asked", async () => {
    const { news, tell, user, stripeId, customer } = await aCustomer();
    const end = (payments: typeof stripe.payments | null = stripe.payments) => endSubscription(ctx, { userId: user.id }, payments);
    expect(await end()).toEqual({ ended: false });
    await tell(news(1));
    await expect(end(null)).rejects.toMatchObject({ details: { reason: "PAYMENTS_OFF" } });
    const ended = () => stripe.asked.filter(({ method, path }) => method === "DELETE" && path === `/v1/subscriptions/${stripeId}`).length;
    stripe.subscriptions.set(stripeId, stripeSubscription({ id: stripeId, customer }));
    expect([await end(), ended()]).toEqual([{ ended: true }, 1]);
    stripe.subscriptions.set(stripeId, stripeSubscription({ id: stripeId, customer, status: "canceled" }));
    expect([await end(), ended()]).toEqual([{ ended: true }, 1]);
  });
});

describe("seats", () => {
  const planOf = async (person: Awaited<ReturnType<typeof asPerson>>) => (await findSession(ctx, person))!.user;

  it("give whoever has proved the address the institution's plan and quota, and take it back at once", async () => {
    const bank = await aCustomer({ requestsPerHour: 5_000 });
    await bank.tell(bank.news(1, { price: STRIPE_PRICES.INSTITUTIONAL }));
    const analyst = await aUser(ctx.db, { emailVerifiedAt: null });
    const person = await asPerson(ctx, analyst);
    const { id } = await addSeat(bank.person, { email: analyst.email! });
    expect(await addSeat(bank.person, { email: analyst.email! })).toMatchObject({ id });
    expect((await planOf(person)).tier).toBe("FREE");
    await ctx.db.user.update({ where: { id: analyst.id }, data: { emailVerifiedAt: new Date() } });
    expect(await planOf(person)).toMatchObject({ tier: "INSTITUTIONAL", requestsPerHour: 5_000 });
    expect(await ctx.db.outgoingMail.count({ where: { recipient: analyst.email!, kind: "seat-given" } })).toBe(1);
    const stranger = await asPerson(ctx, await aUser(ctx.db, { tier: "INSTITUTIONAL" }));
    await expect(removeSeat(stranger, { seatId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await removeSeat(bank.person, { seatId: id });
    expect((await planOf(person)).tier).toBe("FREE");
  });

  it("are bounded by what was agreed, however many are given at once, and the last given go first when it is less", async () => {
    const bank = await aCustomer({ seatsGranted: 3 });
    await bank.tell(bank.news(1, { price: STRIPE_PRICES.INSTITUTIONAL }));
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => addSeat(bank.person, { email: `seat-${n}-${mark()}@example.com` })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(outcomes.flatMap((one) => (one.status === "rejected" ? [(one.reason as { details: { reason: string } }).details.reason] : []))).toEqual(Array(5).fill("SEATS_USED_UP"));
    const admin = await asPerson(ctx, await aUser(ctx.db, { role: "ADMIN" }));
    await setTier(admin, { userId: bank.user.id, tier: "INSTITUTIONAL", requestsPerHour: null, seats: 1, reason: "fewer from now on" });
    expect((await getBilling(bank.person, stripe.payments)).seats).toMatchObject({ bound: 1, items: [expect.anything()] });
    expect(await bank.audit("tier.set")).toBe(1);
  });

  it("are those that the plan includes where nothing was agreed, whatever number of plans Stripe counts", async () => {
    const bank = await aCustomer();
    await bank.tell(bank.news(1, { price: STRIPE_PRICES.INSTITUTIONAL, quantity: 400 }));
    expect((await getBilling(bank.person, stripe.payments)).seats).toEqual({ bound: SEATS_INCLUDED, items: [] });
    const outcomes = await Promise.allSettled(Array.from({ length: SEATS_INCLUDED + 2 }, () => addSeat(bank.person, { email: `seat-${mark()}@example.com` })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(SEATS_INCLUDED);
  });

  it("end with the institution's plan", async () => {
    const bank = await aCustomer();
    await bank.tell(bank.news(1, { price: STRIPE_PRICES.INSTITUTIONAL }));
    const analyst = await aUser(ctx.db);
    const person = await asPerson(ctx, analyst);
    await addSeat(bank.person, { email: analyst.email! });
    expect((await planOf(person)).tier).toBe("INSTITUTIONAL");
    await bank.tell(bank.news(2, { price: STRIPE_PRICES.INSTITUTIONAL, status: "unpaid" }));
    expect((await planOf(person)).tier).toBe("FREE");
    await expect(addSeat(bank.person, { email: "one@example.com" })).rejects.toMatchObject({ code: "TIER_REQUIRED" });
  });
});

describe("setTier", () => {
  it("puts people on plans without Stripe, seats and quota included, and notes who did it", async () => {
    const admin = await asPerson(ctx, await aUser(ctx.db, { role: "ADMIN" }));
    const user = await aUser(ctx.db);
    const person = await asPerson(ctx, user);
    await setTier(admin, { userId: user.id, tier: "INSTITUTIONAL", requestsPerHour: 20_000, seats: 1, reason: "agreed by contract" });
    expect((await findSession(ctx, person))!.user).toMatchObject({ tier: "INSTITUTIONAL", requestsPerHour: 20_000 });
    await addSeat(person, { email: "first@example.com" });
    await expect(addSeat(person, { email: "second@example.com" })).rejects.toMatchObject({ details: { reason: "SEATS_USED_UP" } });
    await setTier(admin, { userId: user.id, tier: "PRO", requestsPerHour: null, seats: null, reason: "agreed by contract" });
    expect((await findSession(ctx, person))!.user).toMatchObject({ tier: "PRO", requestsPerHour: null });
    const entries = await ctx.db.auditEntry.findMany({ where: { subjectId: user.id, action: "tier.set", actorId: admin.user.id }, orderBy: { id: "asc" } });
    expect(entries.map(({ details }) => details)).toMatchObject([{ before: { tier: "FREE" }, after: { tier: "INSTITUTIONAL", seats: 1 } }, { before: { tier: "INSTITUTIONAL" }, after: { tier: "PRO" } }]);
    await expect(setTier(admin, { userId: randomUUID(), tier: "PRO", requestsPerHour: null, seats: null, reason: "agreed by contract" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(setTier(admin, { userId: user.id, tier: "PRO", requestsPerHour: null, seats: 3, reason: "agreed by contract" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("agrees on quotas with an institution that pays, and keeps them through news from Stripe", async () => {
    const admin = await asPerson(ctx, await aUser(ctx.db, { role: "ADMIN" }));
    const { user, person, news, tell } = await aCustomer();
    await tell(news(1, { price: STRIPE_PRICES.INSTITUTIONAL }));
    await setTier(admin, { userId: user.id, tier: "INSTITUTIONAL", requestsPerHour: 50_000, seats: 40, reason: "agreed by contract" });
    await tell(news(2, { price: STRIPE_PRICES.INSTITUTIONAL, cancels: true }));
    expect((await findSession(ctx, person))!.user).toMatchObject({ tier: "INSTITUTIONAL", requestsPerHour: 50_000 });
    expect((await getBilling(person, stripe.payments)).seats).toMatchObject({ bound: 40 });
    const entry = await ctx.db.auditEntry.findFirstOrThrow({ where: { subjectId: user.id, action: "tier.set" } });
    expect(entry).toMatchObject({ actorId: admin.user.id, details: { before: { requestsPerHour: null, seats: null }, after: { requestsPerHour: 50_000, seats: 40 }, reason: "agreed by contract" } });
  });

  it("leaves a plan that is paid for to Stripe", async () => {
    const admin = await asPerson(ctx, await aUser(ctx.db, { role: "ADMIN" }));
    const { user, news, tell } = await aCustomer();
    await tell(news(1));
    await expect(setTier(admin, { userId: user.id, tier: "FREE", requestsPerHour: null, seats: null, reason: "agreed by contract" })).rejects.toMatchObject({ details: { reason: "PAID_PLAN" } });
  });
});
