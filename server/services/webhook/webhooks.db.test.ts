import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { asPerson, aUser } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { createWebhook } from "./create-webhook";
import { deleteWebhook } from "./delete-webhook";
import { deliverWebhook, signDelivery } from "./deliver-webhook";
import { giveUpDelivery } from "./give-up-delivery";
import { listDeliveries } from "./list-deliveries";
import { queueWebhooks } from "./queue-webhooks";
import { resendDelivery } from "./resend-delivery";
import { rotateWebhookSecret } from "./rotate-webhook-secret";
import { updateWebhook } from "./update-webhook";

let at = new Date("2026-11-21T06:00:00Z");
const ctx = createTestCtx({ now: () => at });
afterAll(() => ctx.db.$disconnect());

type Received = { headers: Record<string, unknown>; body: string };
const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));
async function receiver(statuses: number[] = []): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.writeHead(statuses.shift() ?? 200).end("taken");
    });
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((resolve) => server.once("listening", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}

const person = async () => asPerson(ctx, await aUser(ctx.db));
const happen = (userId: string, eventId: string, event: "simulation.finished" | "alert.fired" = "simulation.finished") => ctx.db.$transaction((tx) => queueWebhooks(tx, ctx, { userId, event, eventId, data: { scenario: "s1" } }));
const deliver = (deliveryId: string) => deliverWebhook(ctx, { deliveryId, allowPrivate: true });
const deliveriesOf = async (owner: Awaited<ReturnType<typeof person>>, id: string) => (await listDeliveries(owner, { id, limit: 50 })).items;

describe("webhooks", () => {
  it("sign what they send, so that the receiver can check it with the secret that was shown once", async () => {
    const owner = await person();
    const { url, received } = await receiver();
    const { id, secret } = await createWebhook(owner, { url, events: ["simulation.finished"] });
    await happen(owner.user.id, "e1");
    const [delivery] = await deliveriesOf(owner, id);
    expect(await deliver(delivery!.id)).toEqual({ outcome: "delivered" });
    const [{ headers, body }] = received as [Received];
    const seconds = at.getTime() / 1000;
    expect(headers["nexus-signature"]).toBe(`t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`);
    expect(JSON.parse(body)).toEqual({ id: "e1", event: "simulation.finished", createdAt: at.toISOString(), data: { scenario: "s1" } });
    expect((await deliveriesOf(owner, id))[0]).toMatchObject({ status: "DELIVERED", attempts: 1, responseStatus: 200, responseBody: "taken" });
    expect(JSON.stringify(await ctx.db.webhookEndpoint.findUnique({ where: { id } }))).not.toContain(secret);
  });

  it("carry both signatures for a day after the secret was changed", async () => {
    const owner = await person();
    const { url, received } = await receiver();
    const first = await createWebhook(owner, { url, events: ["simulation.finished"] });
    const second = await rotateWebhookSecret(owner, first);
    const v1 = async (eventId: string) => {
      await happen(owner.user.id, eventId);
      await deliver((await deliveriesOf(owner, first.id))[0]!.id);
      const { headers, body } = received.at(-1)!;
      return { signature: String(headers["nexus-signature"]), both: signDelivery([second.secret, first.secret], at.getTime() / 1000, body), one: signDelivery([second.secret], at.getTime() / 1000, body) };
    };
    const today = await v1("e1");
    expect(today.signature).toBe(today.both);
    at = new Date(at.getTime() + 24 * 3_600_000 + 1_000);
    const tomorrow = await v1("e2");
    expect(tomorrow.signature).toBe(tomorrow.one);
  });

  it("tell of an event once, at the addresses that want it and are on", async () => {
    const owner = await person();
    const { url } = await receiver();
    const wants = await createWebhook(owner, { url, events: ["simulation.finished"] });
    const other = await createWebhook(owner, { url, events: ["alert.fired"] });
    const off = await createWebhook(owner, { url, events: ["simulation.finished"] });
    await updateWebhook(owner, { id: off.id, enabled: false });
    await happen(owner.user.id, "e1");
    await happen(owner.user.id, "e1");
    expect([await deliveriesOf(owner, wants.id), await deliveriesOf(owner, other.id), await deliveriesOf(owner, off.id)].map((list) => list.length)).toEqual([1, 0, 0]);
    expect(await ctx.db.outboxEvent.count({ where: { name: "webhook/queued", data: { path: ["deliveryId"], equals: (await deliveriesOf(owner, wants.id))[0]!.id } } })).toBe(1);
  });

  it("are tried again after a refusal, note every attempt, and are sent once more when asked", async () => {
    const owner = await person();
    const { url, received } = await receiver([500, 200, 200]);
    const { id } = await createWebhook(owner, { url, events: ["simulation.finished"] });
    await happen(owner.user.id, "e1");
    const [delivery] = await deliveriesOf(owner, id);
    await expect(deliver(delivery!.id)).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect((await deliveriesOf(owner, id))[0]).toMatchObject({ status: "WAITING", attempts: 1, responseStatus: 500, error: "Answered 500" });
    expect(await deliver(delivery!.id)).toEqual({ outcome: "delivered" });
    expect(await deliver(delivery!.id)).toEqual({ outcome: "skipped" });
    await resendDelivery(owner, { id, deliveryId: delivery!.id });
    await deliver(delivery!.id);
    expect(received.map(({ headers }) => headers["nexus-event-id"])).toEqual(["e1", "e1", "e1"]);
  });

  it("never reach inside the network", async () => {
    const owner = await person();
    const { url, received } = await receiver();
    const { id } = await createWebhook(owner, { url, events: ["simulation.finished"] });
    await happen(owner.user.id, "e1");
    const [delivery] = await deliveriesOf(owner, id);
    await expect(deliverWebhook(ctx, { deliveryId: delivery!.id, allowPrivate: false })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(received).toEqual([]);
    expect((await deliveriesOf(owner, id))[0]).toMatchObject({ attempts: 1, error: "Only https addresses are called" });
  });

  it("switch an address off after twenty failures in a row, and no sooner", async () => {
    const owner = await person();
    const { id } = await createWebhook(owner, { url: "https://hooks.example/", events: ["simulation.finished"] });
    const disabled = async () => (await ctx.db.webhookEndpoint.findUniqueOrThrow({ where: { id } })).disabledReason;
    for (let n = 0; n < 20; n += 1) {
      expect(await disabled()).toBeNull();
      await happen(owner.user.id, `e${n}`);
      await giveUpDelivery(ctx, { deliveryId: (await deliveriesOf(owner, id))[0]!.id });
    }
    expect(await disabled()).toBe("failing");
    await expect(resendDelivery(owner, { id, deliveryId: (await deliveriesOf(owner, id))[0]!.id })).rejects.toMatchObject({ code: "RULE_VIOLATED" });
    expect(await updateWebhook(owner, { id, enabled: true })).toMatchObject({ disabledAt: null, disabledReason: null });
  });

  it("belong to one person", async () => {
    const [owner, other] = [await person(), await person()];
    const { id } = await createWebhook(owner, { url: "https://hooks.example/", events: ["alert.fired"] });
    for (const attempt of [() => listDeliveries(other, { id, limit: 10 }), () => updateWebhook(other, { id, enabled: false }), () => rotateWebhookSecret(other, { id }), () => resendDelivery(other, { id, deliveryId: id }), () => deleteWebhook(other, { id })]) {
      await expect(attempt()).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    const theirs = await createWebhook(other, { url: "https://hooks.example/", events: ["alert.fired"] });
    const { id: deliveryId } = await ctx.db.webhookDelivery.create({ data: { endpointId: id, eventId: crypto.randomUUID(), event: "alert.fired", payload: {} } });
    await expect(resendDelivery(other, { id: theirs.id, deliveryId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(deleteWebhook(owner, { id })).resolves.toEqual({ id });
  });
});
