import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eraseUser } from "@/server/services/account/erase-user";
import { disableMfa } from "@/server/services/account/disable-mfa";
import { ERASURE_GRACE_MS } from "@/server/services/account/request-erasure";
import { registerUser } from "@/server/services/account/register-user";
import { verifyEmail } from "@/server/services/account/verify-email";
import { addSeat } from "@/server/services/billing/add-seat";
import { handleStripeEvent } from "@/server/services/billing/handle-stripe-event";
import { removeSeat } from "@/server/services/billing/remove-seat";
import { anAdmin, asGuest, asPerson, aUser, linkToken } from "@/server/testing/factories/account-factory";
import { signedEvent, startStripeServer, stripeSubscription, type StripeServer } from "@/server/testing/factories/stripe-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { createApiKey } from "./create-api-key";
import { findApiKeyOwner } from "./find-api-key-owner";

const ctx = createTestCtx();
let stripe: StripeServer;
beforeAll(async () => void (stripe = await startStripeServer()));
afterAll(async () => {
  await stripe.close();
  await ctx.db.$disconnect();
});

/** A key of a person, asked for once, so that the cache of this process has it. */
async function aKeyInUse(user: Awaited<ReturnType<typeof aUser>>) {
  const person = await asPerson(ctx, user);
  const { key } = await createApiKey(person, { name: "k", scopes: ["read"], allowedOrigins: [], expiresInDays: 1 });
  const owner = () => findApiKeyOwner(ctx, key);
  expect(await owner()).not.toBeNull();
  return { person, owner };
}

describe("a key that this process remembers", () => {
  it("ends with its person", async () => {
    const user = await aUser(ctx.db, { erasureRequestedAt: new Date(Date.now() - ERASURE_GRACE_MS - 1_000) });
    const { owner } = await aKeyInUse(user);
    expect(await eraseUser(ctx, { userId: user.id })).toEqual({ erased: true });
    expect(await owner()).toBeNull();
  });

  it("has a seat's plan from the moment it is given to the moment it is taken", async () => {
    const { owner, person } = await aKeyInUse(await aUser(ctx.db));
    const { email } = await ctx.db.user.findUniqueOrThrow({ where: { id: person.user.id } });
    const institution = await asPerson(ctx, await aUser(ctx.db, { tier: "INSTITUTIONAL", seatsGranted: 3 }));
    const { id } = await addSeat(institution, { email: email! });
    expect(await owner()).toMatchObject({ tier: "INSTITUTIONAL" });
    await removeSeat(institution, { seatId: id });
    expect(await owner()).toMatchObject({ tier: "FREE" });
  });

  it("has a seat that waited for the address to be confirmed", async () => {
    const email = `waits-${randomUUID()}@example.com`;
    await (await registerUser(asGuest(ctx), { email, password: "velvet tractor hums 88", locale: "en", timeZone: "UTC" })).settle();
    const { owner } = await aKeyInUse(await ctx.db.user.findUniqueOrThrow({ where: { email } }));
    await addSeat(await asPerson(ctx, await aUser(ctx.db, { tier: "INSTITUTIONAL", seatsGranted: 3 })), { email });
    expect(await owner()).toMatchObject({ tier: "FREE" });
    await verifyEmail(asGuest(ctx), { token: await linkToken(ctx.db, email, "verify-email") });
    expect(await owner()).toMatchObject({ tier: "INSTITUTIONAL" });
  });

  it("has the plan that Stripe tells of, and no second factor any more when that is switched off", async () => {
    const customer = `cus_${randomUUID().slice(0, 8)}`;
    const { owner, person } = await aKeyInUse(await anAdmin(ctx.db, { stripeCustomerId: customer }));
    expect(await owner()).toMatchObject({ tier: "FREE", secondFactor: true });
    const event = signedEvent({ type: "customer.subscription.updated", created: new Date(), object: stripeSubscription({ id: `sub_${randomUUID().slice(0, 8)}`, customer }) });
    expect(await handleStripeEvent(ctx, event, stripe.payments)).toEqual({ outcome: "applied" });
    expect(await owner()).toMatchObject({ tier: "PRO" });
    await disableMfa(person);
    expect(await owner()).toMatchObject({ secondFactor: false });
  });
});
