import { io, type Socket } from "socket.io-client";
import { afterEach, describe, expect, it } from "vitest";
import type { InboxState } from "@/server/contracts/notification";
import { frame as frameContract, subscriptionAck, type Frame } from "@/server/contracts/realtime";
import type { InfluencerAlert } from "@/server/contracts/social";
import { SOCKET_PATH } from "@/server/domain/realtime/wire-limits";
import { createLog } from "@/server/platform/log";
import type { UserId } from "@/server/services/ctx";
import { issueSocketTicket, readSocketTicket, TICKET_LASTS_MS } from "@/server/services/notification/socket-ticket";
import { createLiveBoards } from "./live-boards";
import { personDoor } from "./channel-follower";
import { startGateway } from "./gateway";
import { createInboxRooms } from "./inbox-rooms";

const KIM = "01970000-0000-7000-8000-000000000001";
const LEE = "01970000-0000-7000-8000-000000000002";
const SESSION: Readonly<Record<string, string>> = { [KIM]: "01970000-0000-7000-8000-0000000000a1", [LEE]: "01970000-0000-7000-8000-0000000000b1" };
const OTHER_OF_KIM = "01970000-0000-7000-8000-0000000000a2";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const anAlert = (userId: string): InfluencerAlert => ({ postId: userId, network: "x", handle: "someone", name: null, text: "$ACME", url: "https://x.example/1", postedAt: "2026-11-21T05:00:00.000Z", tickers: ["ACME"], reason: "ticker", score: null });

/** A gateway with the inboxes of two people, and a database that can be taken away. */
async function aGateway() {
  const clock = { at: Date.parse("2026-11-21T06:00:00Z") };
  const stored = { unread: { [KIM]: 1, [LEE]: 7 } as Record<string, number>, open: new Set([...Object.values(SESSION), OTHER_OF_KIM]), reachable: true, loads: 0 };
  const site = { url: "https://app.example", secret: "a-secret-of-the-tests-with-enough-letters" };
  const now = () => new Date(clock.at);
  const inboxes = createInboxRooms({
    read: (ticket) => readSocketTicket({ site, now }, ticket),
    load: async (userId): Promise<InboxState> => {
      stored.loads++;
      return { unread: stored.unread[userId]!, unreadIds: [], latest: [] };
    },
    listOpen: async (ids) => {
      if (!stored.reachable) throw new Error("connect ECONNREFUSED");
      return new Set(ids.filter((id) => stored.open.has(id)));
    },
    log: createLog("test", "silent"),
  });
  const alerts = createInboxRooms({
    read: (ticket) => readSocketTicket({ site, now }, ticket),
    load: async (userId) => [anAlert(userId)],
    listOpen: async (ids) => new Set(ids.filter((id) => stored.open.has(id))),
    log: createLog("test", "silent"),
  });
  const boards = createLiveBoards();
  const feed = { id: "fake", basis: "simulated" as const, age: () => 5, knows: () => false, symbolCount: () => 1 };
  const gateway = await startGateway({ port: 0, host: "127.0.0.1", boards, doors: { notifications: personDoor(inboxes, (inbox) => ({ inbox })), "influencer-alerts": personDoor(alerts, (all) => ({ alerts: all })) }, feed, database: () => "up", log: createLog("test", "silent"), allowedOrigins: [], limits: { flushMs: 25 } });
  closers.push(() => gateway.close());
  const ticketOf = (userId: string, sessionId = SESSION[userId]!) => issueSocketTicket({ site, now, user: { id: userId as UserId, role: "USER", secondFactor: false, tier: "FREE", requestsPerHour: null, locale: "en", timeZone: "UTC" }, sessionId }).ticket;
  const change = (userId: string, unread: number) => {
    stored.unread[userId] = unread;
    inboxes.changed(userId);
  };
  return { gateway, inboxes, stored, clock, ticketOf, change };
}

function aClient(port: number) {
  const socket: Socket = io(`http://127.0.0.1:${port}`, { path: SOCKET_PATH, addTrailingSlash: false, transports: ["websocket"], forceNew: true });
  const received: { kind: string; frame: Frame }[] = [];
  for (const kind of ["snapshot", "delta"] as const) socket.on(kind, (frame: unknown) => received.push({ kind, frame: frameContract.parse(frame) }));
  closers.push(() => socket.disconnect());
  const ask = async (event: string, message: unknown) => subscriptionAck.parse(await socket.emitWithAck(event, message));
  return { socket, received, join: (ticket?: unknown, channel = "notifications") => ask("subscribe", { channel, ticket }), leave: () => ask("unsubscribe", { channel: "notifications" }), counts: () => received.map(({ kind, frame }) => [kind, frame.seq, frame.inbox?.unread]) };
}

async function until(holds: () => boolean) {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
/** Long enough for several frames, when there were any to send. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 150));

describe("inbox rooms", () => {
  it("send each person their own inbox, at once and at each change, and nobody another's", async () => {
    const { gateway, ticketOf, change } = await aGateway();
    const [kim, tab, lee, guest] = [aClient(gateway.port), aClient(gateway.port), aClient(gateway.port), aClient(gateway.port)];
    expect(await kim.join(ticketOf(KIM))).toEqual({ ok: true });
    expect(await tab.join(ticketOf(KIM))).toEqual({ ok: true });
    expect(await lee.join(ticketOf(LEE))).toEqual({ ok: true });
    expect(await guest.join()).toMatchObject({ error: { code: "UNAUTHENTICATED", field: "ticket" } });
    await until(() => [kim, tab, lee].every(({ received }) => received.length === 1));
    change(KIM, 2);
    await until(() => [kim, tab].every(({ received }) => received.length === 2));
    change(LEE, 8);
    await until(() => lee.received.length === 2);
    await aWhile();
    for (const own of [kim, tab]) expect(own.counts()).toEqual([["snapshot", 1, 1], ["delta", 2, 2]]);
    expect(lee.counts()).toEqual([["snapshot", 1, 7], ["delta", 2, 8]]);
    expect(guest.received).toEqual([]);
    expect(gateway.status().channels.notifications).toBe(3);
  });

  it("refuse a ticket that is too old, changed, cut, or another's with the right ending", async () => {
    const { gateway, ticketOf, clock } = await aGateway();
    const client = aClient(gateway.port);
    const ticket = ticketOf(KIM);
    const [body, sign] = ticket.split(".") as [string, string];
    const forged = Buffer.from(Buffer.from(body, "base64url").toString("utf8").replace(KIM, LEE)).toString("base64url");
    for (const wrong of [`${forged}.${sign}`, body, `${body}.`, `.${sign}`, `${ticket}.x`, "", "x".repeat(900)]) expect(await client.join(wrong)).toMatchObject({ error: { code: "UNAUTHENTICATED", field: "ticket" } });
    for (const odd of [7, { a: 1 }, "x".repeat(1_001)]) expect(await client.join(odd)).toMatchObject({ error: { code: "INVALID_INPUT", field: "ticket" } });
    clock.at += TICKET_LASTS_MS + 1;
    expect(await client.join(ticket)).toMatchObject({ error: { code: "UNAUTHENTICATED", field: "ticket" } });
    await aWhile();
    expect(client.received).toEqual([]);
    expect(gateway.status().channels.notifications).toBe(0);
  });

  it("put out the socket of a session that has ended, at the next check or change, and leave the person's others", async () => {
    const { gateway, inboxes, stored, ticketOf, change } = await aGateway();
    const [gone, stays] = [aClient(gateway.port), aClient(gateway.port)];
    await gone.join(ticketOf(KIM));
    await stays.join(ticketOf(KIM, OTHER_OF_KIM));
    await until(() => gone.received.length === 1 && stays.received.length === 1);
    stored.open.delete(SESSION[KIM]!);
    change(KIM, 5);
    await until(() => stays.received.length === 2);
    await aWhile();
    expect(gone.received).toHaveLength(1);
    expect(gateway.status().channels.notifications).toBe(1);
    stored.open.clear();
    await inboxes.check();
    await until(() => gateway.status().channels.notifications === 0);
    expect(inboxes.size()).toBe(0);
  });

  it("say nothing to a session that had ended before it came, though its ticket is good", async () => {
    const { gateway, stored, ticketOf } = await aGateway();
    stored.open.delete(SESSION[KIM]!);
    const client = aClient(gateway.port);
    const other = aClient(gateway.port);
    await other.join(ticketOf(KIM, OTHER_OF_KIM));
    await until(() => other.received.length === 1);
    expect(await client.join(ticketOf(KIM))).toEqual({ ok: true });
    await aWhile();
    expect(client.received).toEqual([]);
  });

  it("keep quiet while the database is away, and catch up with the next check", async () => {
    const { gateway, inboxes, stored, ticketOf, change } = await aGateway();
    const client = aClient(gateway.port);
    await client.join(ticketOf(KIM));
    await until(() => client.received.length === 1);
    stored.reachable = false;
    change(KIM, 3);
    await aWhile();
    expect(client.received).toHaveLength(1);
    stored.reachable = true;
    await inboxes.check();
    await until(() => client.received.length === 2);
    expect(client.counts().at(-1)).toEqual(["delta", 2, 3]);
  });

  it("load once for a burst of changes, and end with the last of them", async () => {
    const { gateway, stored, ticketOf, change } = await aGateway();
    const client = aClient(gateway.port);
    await client.join(ticketOf(KIM));
    await until(() => client.received.length === 1);
    const before = stored.loads;
    for (let unread = 2; unread <= 200; unread++) change(KIM, unread);
    await until(() => client.counts().at(-1)?.[2] === 200);
    expect(stored.loads - before).toBeLessThanOrEqual(2);
  });

  it("tell a person's own alerts to whoever shows a ticket, and to nobody else", async () => {
    const { gateway, ticketOf, stored } = await aGateway();
    const [kim, guest, ended] = [aClient(gateway.port), aClient(gateway.port), aClient(gateway.port)];
    expect(await guest.join(undefined, "influencer-alerts")).toMatchObject({ error: { code: "UNAUTHENTICATED", field: "ticket" } });
    expect(await guest.join("made.up", "influencer-alerts")).toMatchObject({ error: { code: "UNAUTHENTICATED" } });
    expect(await kim.join(ticketOf(KIM), "influencer-alerts")).toEqual({ ok: true });
    stored.open.delete(SESSION[LEE]!);
    await ended.join(ticketOf(LEE), "influencer-alerts");
    await until(() => kim.received.length === 1);
    expect(kim.received[0]!.frame).toMatchObject({ channel: "influencer-alerts", alerts: [anAlert(KIM)] });
    await until(() => gateway.status().channels["influencer-alerts"] === 1);
    expect([guest.received, ended.received]).toEqual([[], []]);
  });

  it("are empty once the socket leaves or is gone", async () => {
    const { gateway, inboxes, ticketOf } = await aGateway();
    const [leaver, closer] = [aClient(gateway.port), aClient(gateway.port)];
    await leaver.join(ticketOf(KIM));
    await closer.join(ticketOf(LEE));
    expect(inboxes.size()).toBe(2);
    await leaver.leave();
    expect(inboxes.size()).toBe(1);
    closer.socket.disconnect();
    await until(() => inboxes.size() === 0);
  });
});
