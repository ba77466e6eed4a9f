import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { MARKED_AT_MOST } from "@/server/contracts/notification";
import { giveUpDelivery } from "@/server/services/webhook/give-up-delivery";
import { createWebhook } from "@/server/services/webhook/create-webhook";
import { aUser, asPerson, SAFARI } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { getInbox } from "./get-inbox";
import { listDueDigests, sendDigest } from "./send-digest";
import { listOpenSessions } from "./list-open-sessions";
import { listNotifications } from "./list-notifications";
import { listPreferences } from "./list-preferences";
import { markRead } from "./mark-read";
import { notify, type Notice } from "./notify";
import { releaseHeldMails } from "./release-held-mails";
import { updatePreference } from "./update-preference";
import { warnOfExpiringKeys } from "./warn-of-expiring-keys";

const NOON = new Date("2026-11-21T03:00:00Z");
let time = NOON;
const ctx = createTestCtx({ now: () => time });
afterAll(() => ctx.db.$disconnect());

type Given = Parameters<typeof aUser>[1];
/** Somebody in Seoul, where it is noon. */
async function person(given: Given = {}) {
  time = NOON;
  return asPerson(ctx, await aUser(ctx.db, { timeZone: "Asia/Seoul", ...given }));
}
type Person = Awaited<ReturnType<typeof person>>;

const tell = (userId: string, notice: Partial<Notice> = {}) => ctx.db.$transaction((tx) => notify(tx, ctx, { userId, kind: "plan.changed", params: { from: "FREE", to: "PRO" }, ...notice } as Notice));
const mailsTo = ({ user }: Person, kind?: string) => ctx.db.outgoingMail.findMany({ where: { userId: user.id, kind }, orderBy: { id: "asc" } });
const queued = (mailId: string) => ctx.db.outboxEvent.count({ where: { name: "mail/queued", data: { path: ["mailId"], equals: mailId } } });
const inboxOf = ({ user }: Person) => getInbox(ctx, { userId: user.id });
const page = (who: Person, more: Partial<Parameters<typeof listNotifications>[1]> = {}) => listNotifications(who, { limit: 50, show: "all", ...more });

describe("notify", () => {
  it("writes the inbox and the mail in the person's language, in the transaction of what happened", async () => {
    const kim = await person({ locale: "ko" });
    await tell(kim.user.id);
    expect(await inboxOf(kim)).toMatchObject({ unread: 1, latest: [{ content: { kind: "plan.changed", params: { from: "FREE", to: "PRO" } }, link: "/settings/billing", readAt: null, createdAt: NOON.toISOString() }] });
    const [mail] = await mailsTo(kim, "plan-changed");
    expect(mail).toMatchObject({ subject: "요금제가 Pro(으)로 변경되었습니다", heldUntil: null });
    expect(await queued(mail!.id)).toBe(1);

    const rolledBack = ctx.db.$transaction(async (tx) => {
      await notify(tx, ctx, { userId: kim.user.id, kind: "plan.payment-failed", params: {} });
      throw new RangeError("rolled back");
    });
    await expect(rolledBack).rejects.toThrow("rolled back");
    expect((await inboxOf(kim)).unread).toBe(1);
    expect(await mailsTo(kim, "payment-failed")).toEqual([]);
  });

  it("tells once what is told twice under one key, at the same time too", async () => {
    const kim = await person();
    await createWebhook(kim, { url: "https://hooks.example/in", events: ["notification.created"] });
    await updatePreference(kim, { kind: "plan.changed", webhook: true });
    await Promise.all([1, 2, 3, 4].map(() => tell(kim.user.id, { onceKey: "same" })));
    await tell(kim.user.id, { onceKey: "same" });
    expect((await inboxOf(kim)).unread).toBe(1);
    expect(await mailsTo(kim, "plan-changed")).toHaveLength(1);
    expect(await ctx.db.webhookDelivery.count({ where: { endpoint: { userId: kim.user.id } } })).toBe(1);
    const lee = await person();
    await tell(lee.user.id, { onceKey: "same" });
    expect((await inboxOf(lee)).unread).toBe(1);
  });

  it("tells by the ways that the person chose, and of security by mail whatever they chose", async () => {
    const kim = await person();
    await createWebhook(kim, { url: "https://hooks.example/in", events: ["notification.created"] });
    await updatePreference(kim, { kind: "plan.changed", inbox: false, mail: false, webhook: true });
    await tell(kim.user.id);
    expect(await inboxOf(kim)).toEqual({ unread: 0, unreadIds: [], latest: [] });
    expect((await page(kim)).items).toEqual([]);
    expect(await mailsTo(kim)).toEqual([]);
    const [delivery] = await ctx.db.webhookDelivery.findMany({ where: { endpoint: { userId: kim.user.id } } });
    expect(delivery).toMatchObject({ event: "notification.created", payload: { data: { kind: "plan.changed", params: { from: "FREE", to: "PRO" }, link: "/settings/billing" } } });

    await expect(updatePreference(kim, { kind: "security.password-changed", mail: false })).rejects.toMatchObject({ code: "RULE_VIOLATED", details: { field: "mail" } });
    // Such a row could be older than the rule.
    await ctx.db.notificationPreference.create({ data: { userId: kim.user.id, kind: "security.password-changed", inbox: false, mail: false, webhook: false } });
    await tell(kim.user.id, { kind: "security.password-changed", params: {} });
    expect(await mailsTo(kim, "password-changed")).toHaveLength(1);
    expect((await listPreferences(kim)).items).toContainEqual({ kind: "security.password-changed", inbox: false, mail: true, webhook: false, mailFixed: true });
  });

  it("keeps two first choices of one kind that are made at the same time", async () => {
    const kim = await person();
    await Promise.all([updatePreference(kim, { kind: "export.ready", mail: false }), updatePreference(kim, { kind: "export.ready", webhook: true })]);
    expect((await listPreferences(kim)).items).toContainEqual({ kind: "export.ready", inbox: true, mail: false, webhook: true, mailFixed: false });
    const lee = await person();
    expect((await listPreferences(lee)).items).toContainEqual({ kind: "export.ready", inbox: true, mail: true, webhook: false, mailFixed: false });
  });

  it("refuses what is not as the kind says, and passes over the erased", async () => {
    const kim = await person();
    await expect(tell(kim.user.id, { params: { from: "FREE" } } as Partial<Notice>)).rejects.toThrow();
    await ctx.db.user.update({ where: { id: kim.user.id }, data: { erasedAt: NOON } });
    await tell(kim.user.id);
    expect((await inboxOf(kim)).unread).toBe(0);
  });
});

describe("quiet hours", () => {
  it("hold a mail back until they end, show it in the inbox at once, and let security through", async () => {
    const kim = await person({ quietFromMinute: 11 * 60, quietToMinute: 13 * 60 });
    await tell(kim.user.id);
    await tell(kim.user.id, { kind: "security.password-changed", params: {} });
    expect((await inboxOf(kim)).unread).toBe(2);
    const [held] = await mailsTo(kim, "plan-changed");
    const [urgent] = await mailsTo(kim, "password-changed");
    expect(held!.heldUntil).toEqual(new Date("2026-11-21T04:00:00Z"));
    expect([await queued(held!.id), await queued(urgent!.id)]).toEqual([0, 1]);

    time = new Date("2026-11-21T03:59:00Z");
    await releaseHeldMails(ctx);
    expect(await queued(held!.id)).toBe(0);
    time = new Date("2026-11-21T04:00:00Z");
    await Promise.all([releaseHeldMails(ctx), releaseHeldMails(ctx), releaseHeldMails(ctx)]);
    expect(await queued(held!.id)).toBe(1);
    await releaseHeldMails(ctx);
    expect(await queued(held!.id)).toBe(1);
  });
});

describe("inbox", () => {
  it("goes page by page without a gap or a double, and by what is unread", async () => {
    const kim = await person();
    for (let n = 0; n < 7; n++) {
      // Pairs of one instant: the id decides between them.
      time = new Date(NOON.getTime() + Math.floor(n / 2) * 1_000);
      await tell(kim.user.id, { onceKey: `n${n}` });
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { items, nextCursor } = await page(kim, { limit: 2, cursor });
      seen.push(...items.map(({ id }) => id));
      cursor = nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toEqual((await page(kim)).items.map(({ id }) => id));
    await markRead(kim, { ids: seen.slice(0, 3) });
    expect((await page(kim, { show: "unread" })).items.map(({ id }) => id)).toEqual(seen.slice(3));
    const { nextCursor } = await page(kim, { limit: 2 });
    await expect(page(kim, { show: "unread", cursor: nextCursor })).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "cursor" } });
    const forged = Buffer.from(JSON.stringify(["notifications all", NOON.toISOString(), "x' OR 1=1"])).toString("base64url");
    await expect(page(kim, { cursor: forged })).rejects.toMatchObject({ code: "INVALID_INPUT", details: { field: "cursor" } });
  });

  it("shows and changes nobody else's", async () => {
    const [kim, lee] = [await person(), await person()];
    await tell(kim.user.id);
    await tell(lee.user.id);
    const [own] = (await page(kim)).items;
    const [other] = (await page(lee)).items;
    expect((await page(kim)).items.map(({ id }) => id)).not.toContain(other!.id);
    await expect(markRead(kim, { ids: [own!.id, other!.id] })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(markRead(kim, { ids: [randomUUID()] })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await markRead(kim, { ids: (await inboxOf(kim)).unreadIds });
    expect([(await inboxOf(kim)).unread, (await inboxOf(lee)).unread]).toEqual([0, 1]);
    await updatePreference(kim, { kind: "plan.changed", inbox: false });
    expect((await listPreferences(lee)).items.find(({ kind }) => kind === "plan.changed")).toMatchObject({ inbox: true });
  });

  it("leaves unread what arrives while all is marked as read", async () => {
    const kim = await person();
    for (let n = 0; n < 5; n++) await tell(kim.user.id);
    const { unreadIds: ids } = await inboxOf(kim);
    time = new Date(NOON.getTime() + 1);
    await Promise.all([markRead(kim, { ids }), tell(kim.user.id), markRead(kim, { ids }), tell(kim.user.id)]);
    expect((await inboxOf(kim)).unread).toBe(2);
    expect((await page(kim, { show: "unread" })).items.every(({ createdAt }) => createdAt === time.toISOString())).toBe(true);
  });

  it("leaves unread what was told before the newest that was seen but committed after it", async () => {
    const kim = await person();
    const slow = await ctx.db.$transaction(async (tx) => {
      await notify(tx, ctx, { userId: kim.user.id, kind: "plan.payment-failed", params: {} });
      time = new Date(NOON.getTime() + 1_000);
      await tell(kim.user.id);
      return inboxOf(kim);
    });
    expect(slow).toMatchObject({ unread: 1, latest: [{ content: { kind: "plan.changed" } }] });
    expect(await markRead(kim, { ids: slow.unreadIds })).toEqual({ unread: 1 });
    expect((await page(kim, { show: "unread" })).items).toMatchObject([{ content: { kind: "plan.payment-failed" }, createdAt: NOON.toISOString() }]);
  });

  it("names the newest of very many, and marks the rest when it is asked again", async () => {
    const kim = await person();
    const rows = Array.from({ length: MARKED_AT_MOST + 3 }, (_, n) => ({ userId: kim.user.id, kind: "plan.payment-failed", params: {}, createdAt: new Date(NOON.getTime() + n) }));
    await ctx.db.notification.createMany({ data: rows });
    const { unread, unreadIds: ids } = await inboxOf(kim);
    expect([unread, ids.length]).toEqual([MARKED_AT_MOST + 3, MARKED_AT_MOST]);
    expect(await markRead(kim, { ids })).toEqual({ unread: 3 });
    expect((await page(kim, { show: "unread" })).items.map(({ createdAt }) => new Date(createdAt).getTime() - NOON.getTime())).toEqual([2, 1, 0]);
  });

  it("keeps the instant of the first reading", async () => {
    const kim = await person();
    await tell(kim.user.id);
    const ids = (await page(kim)).items.map(({ id }) => id);
    expect(await markRead(kim, { ids })).toEqual({ unread: 0 });
    time = new Date(NOON.getTime() + 60_000);
    expect(await markRead(kim, { ids })).toEqual({ unread: 0 });
    expect((await page(kim)).items[0]!.readAt).toBe(NOON.toISOString());
  });
});

describe("digest", () => {
  const due = async ({ user }: Person) => (await listDueDigests(ctx)).includes(user.id);

  it("tells once a day of what is unread, and not of what was read or told before", async () => {
    const kim = await person({ digest: "DAILY", digestSentAt: new Date("2026-11-20T00:00:00Z") });
    await tell(kim.user.id, { kind: "export.ready", params: { until: "2026-11-28T00:00:00.000Z" } });
    await tell(kim.user.id);
    await markRead(kim, { ids: [(await page(kim)).items.find(({ content }) => content.kind === "plan.changed")!.id] });
    expect(await due(kim)).toBe(true);
    const userId = kim.user.id;
    const sent = await Promise.all([sendDigest(ctx, { userId }), sendDigest(ctx, { userId })]);
    expect(sent.map(({ unread }) => unread).sort()).toEqual([0, 1]);
    const mails = await mailsTo(kim, "digest");
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ subject: "One unread notification", text: expect.stringContaining("• Your data are ready") });
    expect(mails[0]!.text).not.toContain("plan");
    expect(await due(kim)).toBe(false);

    time = new Date("2026-11-21T23:00:00Z");
    expect(await due(kim)).toBe(true);
    expect(await sendDigest(ctx, { userId })).toEqual({ unread: 0 });
    expect(await mailsTo(kim, "digest")).toHaveLength(1);
    expect(await due(kim)).toBe(false);
  });

  it("waits for the end of quiet hours, and goes to nobody who did not choose it", async () => {
    const kim = await person({ digest: "WEEKLY", digestSentAt: new Date("2026-11-01T00:00:00Z"), quietFromMinute: 11 * 60, quietToMinute: 13 * 60 });
    const lee = await person();
    await tell(kim.user.id);
    await tell(lee.user.id);
    expect([await due(kim), await due(lee)]).toEqual([false, false]);
    time = new Date("2026-11-21T04:07:00Z");
    expect([await due(kim), await due(lee)]).toEqual([true, false]);
    expect(await sendDigest(ctx, { userId: kim.user.id })).toEqual({ unread: 1 });
    expect(await sendDigest(ctx, { userId: lee.user.id })).toEqual({ unread: 0 });
    expect(await mailsTo(lee, "digest")).toEqual([]);
  });
});

describe("open sessions", () => {
  it("are those that have not ended, of people who may come in", async () => {
    const [open, ended, over, locked] = [await person(), await person(), await person(), await person()];
    await ctx.db.session.update({ where: { id: ended.sessionId }, data: { revokedAt: NOON } });
    await ctx.db.session.update({ where: { id: over.sessionId }, data: { expiresAt: NOON } });
    await ctx.db.user.update({ where: { id: locked.user.id }, data: { lockedAt: NOON } });
    const asked = [open, ended, over, locked].map(({ sessionId }) => sessionId);
    expect(await listOpenSessions(ctx, { sessionIds: [...asked, randomUUID()] })).toEqual(new Set([open.sessionId]));
  });
});

describe("what is told", () => {
  it("is a sign-in on a device that was not seen before", async () => {
    const user = await aUser(ctx.db);
    const kim = await asPerson(ctx, user);
    await asPerson(ctx, user, { userAgent: SAFARI });
    expect((await inboxOf(kim)).latest).toMatchObject([{ content: { kind: "security.new-device", params: { place: "Seoul, KR", address: "203.0.113.7" } } }]);
    expect(await mailsTo(kim, "new-device")).toHaveLength(1);
  });

  it("is an API key that ends within a week, once for each end, and no rotated or revoked one", async () => {
    const kim = await person();
    const key = (name: string, days: number, more = {}) => ctx.db.apiKey.create({ data: { userId: kim.user.id, name, prefix: `p-${randomUUID()}`, keyHash: randomUUID(), scopes: ["read"], expiresAt: new Date(NOON.getTime() + days * 86_400_000), ...more } });
    const soon = await key("soon", 6.5);
    await key("later", 8);
    await key("over", -1);
    await key("revoked", 2, { revokedAt: NOON });
    await key("rotated", 2, { replacedById: soon.id });
    await Promise.all([warnOfExpiringKeys(ctx), warnOfExpiringKeys(ctx)]);
    await warnOfExpiringKeys(ctx);
    expect((await page(kim)).items.map(({ content }) => content)).toEqual([{ kind: "api-key.expiring", params: { name: "soon", prefix: soon.prefix, expiresAt: soon.expiresAt!.toISOString() } }]);
  });

  it("is a webhook that was switched off because nothing arrives", async () => {
    const kim = await person();
    const { id } = await createWebhook(kim, { url: "https://hooks.example/dead", events: ["alert.fired"] });
    const deliveries = await ctx.db.webhookDelivery.createManyAndReturn({ data: Array.from({ length: 20 }, (_, n) => ({ endpointId: id, eventId: `e${n}`, event: "alert.fired", payload: {}, createdAt: NOON })), select: { id: true } });
    for (const { id: deliveryId } of deliveries) await giveUpDelivery(ctx, { deliveryId });
    expect((await page(kim)).items.map(({ content }) => content)).toEqual([{ kind: "webhook.disabled", params: { url: "https://hooks.example/dead" } }]);
  });
});
