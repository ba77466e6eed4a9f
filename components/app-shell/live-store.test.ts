import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Frame, SubscriptionAck, Tick } from "@/server/contracts/realtime";
import { OFFLINE_AFTER_MS } from "@/server/domain/realtime/live-status";
import type { LiveSocketListeners } from "./live-socket";
import { createLiveStore } from "./live-store";

const tick = (symbol: string, price: number): Tick => ({ symbol, price, previousClose: null, volume: 0, time: price, basis: "simulated" });
const prices = (seq: number, ...ticks: Tick[]): Frame => ({ channel: "prices", seq, sentAt: 0, ticks, updates: [] });
const OK: SubscriptionAck = { ok: true };

type Asked = { event: string; channel: string; symbols?: string[] };

/** A store on a connection that the test drives by hand. */
function aStore(answer: (asked: Asked) => SubscriptionAck = () => OK) {
  const asked: Asked[] = [];
  const opened: LiveSocketListeners[] = [];
  let closed = 0;
  const store = createLiveStore(async (listeners) => {
    opened.push(listeners);
    return {
      ask: async (event, message) => {
        const sent = { event, ...message };
        asked.push(sent);
        return answer(sent);
      },
      close: () => void closed++,
    };
  });
  const settle = () => vi.advanceTimersByTimeAsync(100);
  const connect = async () => {
    await settle();
    opened.at(-1)!.connected();
    await settle();
  };
  return { store, asked, opened, settle, connect, wire: () => opened.at(-1)!, closed: () => closed };
}

describe("live store", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("opens nothing until somebody watches, and one socket however many do", async () => {
    const { store, opened, settle } = aStore();
    await settle();
    expect(opened).toHaveLength(0);
    for (const symbol of ["A", "B", "A"]) store.watchPrice(symbol)(() => undefined);
    store.watchUpdates("market-updates")(() => undefined);
    await settle();
    expect(opened).toHaveLength(1);
  });

  it("asks once for what several watch, and leaves it only with the last of them", async () => {
    const { store, asked, settle, connect } = aStore();
    const stopFirst = store.watchPrice("A")(() => undefined);
    const stopSecond = store.watchPrice("A")(() => undefined);
    store.watchPrice("B")(() => undefined);
    await connect();
    expect(asked).toEqual([{ event: "subscribe", channel: "prices", symbols: ["A", "B"] }]);
    stopFirst();
    await settle();
    expect(asked).toHaveLength(1);
    stopSecond();
    await settle();
    expect(asked.at(-1)).toEqual({ event: "unsubscribe", channel: "prices", symbols: ["A"] });
  });

  it("tells each watcher once per frame, also when React mounts it twice", async () => {
    const { store, asked, connect, wire } = aStore();
    const notify = vi.fn();
    const watch = store.watchPrice("A");
    watch(notify)();
    watch(notify);
    await connect();
    expect(asked).toHaveLength(1);
    wire().frame("snapshot", prices(1, tick("A", 1)));
    expect(notify).toHaveBeenCalledTimes(1);
    expect(store.price("A")?.price).toBe(1);
    wire().frame("delta", prices(2, tick("B", 5)));
    expect(notify).toHaveBeenCalledTimes(1);
    expect(store.price("B")).toBeNull();
  });

  it("joins everything anew after a reconnect, on the same handlers", async () => {
    const { store, asked, opened, settle, connect, wire } = aStore();
    const notify = vi.fn();
    store.watchPrice("A")(notify);
    store.watchUpdates("macro")(() => undefined);
    await connect();
    wire().frame("snapshot", prices(1, tick("A", 1)));
    wire().lost();
    await settle();
    wire().connected();
    await settle();
    expect(opened).toHaveLength(1);
    expect(asked.map(({ event, channel }) => `${event} ${channel}`)).toEqual(["subscribe prices", "subscribe macro", "subscribe prices", "subscribe macro"]);
    notify.mockClear();
    wire().frame("snapshot", prices(1, tick("A", 2)));
    expect(notify).toHaveBeenCalledTimes(1);
    expect(store.price("A")?.price).toBe(2);
  });

  it("asks for a new snapshot over a gap and shows nothing of the frames between", async () => {
    const { store, asked, settle, connect, wire } = aStore();
    store.watchPrice("A")(() => undefined);
    await connect();
    wire().frame("snapshot", prices(1, tick("A", 1)));
    wire().frame("delta", prices(3, tick("A", 3)));
    wire().frame("delta", prices(4, tick("A", 4)));
    await settle();
    expect(store.price("A")?.price).toBe(1);
    expect(asked).toHaveLength(2);
    wire().frame("snapshot", prices(5, tick("A", 5)));
    wire().frame("delta", prices(6, tick("A", 6)));
    expect(store.price("A")?.price).toBe(6);
  });

  it("keeps the strip as a map that changes identity with its entries only", async () => {
    const { store, connect, wire } = aStore();
    const notify = vi.fn();
    store.watchUpdates("market-updates")(notify);
    await connect();
    const update = { id: "btc", value: 1, change: null, time: 1, basis: "simulated" as const };
    wire().frame("snapshot", { channel: "market-updates", seq: 1, sentAt: 0, ticks: [], updates: [update] });
    const first = store.updates("market-updates");
    expect(first.get("btc")).toEqual(update);
    wire().frame("delta", { channel: "market-updates", seq: 2, sentAt: 0, ticks: [], updates: [] });
    expect(store.updates("market-updates")).toBe(first);
    wire().frame("delta", { channel: "market-updates", seq: 3, sentAt: 0, ticks: [], updates: [{ ...update, value: 2 }] });
    expect(store.updates("market-updates")).not.toBe(first);
    expect(notify).toHaveBeenCalledTimes(2);
  });

  it("goes on with the known symbols when some are unknown, and does not ask for those again", async () => {
    const { store, asked, settle, connect } = aStore(({ symbols }) =>
      symbols?.includes("NOPE") ? { error: { code: "NOT_FOUND", message: "Unknown symbols: NOPE", field: "symbols", unknown: ["NOPE"] } } : OK,
    );
    store.watchPrice("A")(() => undefined);
    store.watchPrice("NOPE")(() => undefined);
    await connect();
    await settle();
    expect(asked.map(({ symbols }) => symbols)).toEqual([["A", "NOPE"], ["A"]]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
  });

  it("tries again later when the server has nothing loaded yet", async () => {
    let loaded = false;
    const { store, asked, connect } = aStore(() => (loaded ? OK : { error: { code: "UPSTREAM_UNAVAILABLE", message: "", field: null, unknown: [] } }));
    store.watchPrice("A")(() => undefined);
    await connect();
    expect(asked).toHaveLength(1);
    loaded = true;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked).toHaveLength(2);
  });

  it("splits what one message may not hold", async () => {
    const { store, asked, connect } = aStore();
    for (let i = 0; i < 450; i++) store.watchPrice(`S${i}`)(() => undefined);
    await connect();
    expect(asked.map(({ symbols }) => symbols!.length)).toEqual([200, 200, 50]);
  });

  it("says live, stale with its age, offline, and live again", async () => {
    const { store, connect, wire, settle } = aStore();
    const statuses: string[] = [];
    store.watchState(() => statuses.push(store.state().status));
    store.watchPrice("A")(() => undefined);
    expect(store.state()).toEqual({ status: "connecting", ageMs: null });
    await connect();
    wire().frame("snapshot", prices(1));
    expect(store.state()).toEqual({ status: "live", ageMs: null });
    wire().lost();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(store.state()).toEqual({ status: "stale", ageMs: 20_000 });
    await vi.advanceTimersByTimeAsync(OFFLINE_AFTER_MS);
    expect(store.state().status).toBe("offline");
    wire().connected();
    await settle();
    expect(store.state()).toEqual({ status: "live", ageMs: null });
    expect(statuses.filter((status, i) => status !== statuses[i - 1])).toEqual(["live", "stale", "offline", "live"]);
  });

  it("closes the socket a while after the last watcher has gone, and opens a new one for the next", async () => {
    const { store, opened, closed, connect } = aStore();
    const stop = store.watchPrice("A")(() => undefined);
    await connect();
    stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(closed()).toBe(0);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(closed()).toBe(1);
    store.watchPrice("A")(() => undefined);
    await vi.advanceTimersByTimeAsync(100);
    expect(opened).toHaveLength(2);
  });

  describe("inbox", () => {
    const inbox = (seq: number, unread: number): Frame => ({ channel: "notifications", seq, sentAt: 0, ticks: [], updates: [], inbox: { unread, unreadIds: [], latest: [] } });

    it("shows a new ticket on each connection, and has nothing between them", async () => {
      const { store, asked, connect, settle, wire } = aStore();
      let tickets = 0;
      let told = 0;
      store.watchInbox(async () => `ticket-${++tickets}`)(() => void told++);
      await connect();
      expect(asked).toEqual([{ event: "subscribe", channel: "notifications", ticket: "ticket-1" }]);
      wire().frame("snapshot", inbox(1, 3));
      expect([store.inbox()?.unread, told]).toEqual([3, 1]);
      wire().lost();
      expect([store.inbox(), told]).toEqual([null, 2]);
      wire().connected();
      await settle();
      expect(asked.at(-1)).toEqual({ event: "subscribe", channel: "notifications", ticket: "ticket-2" });
      wire().frame("snapshot", inbox(1, 4));
      wire().frame("delta", inbox(2, 5));
      expect(store.inbox()?.unread).toBe(5);
    });

    it("asks for the whole again over a gap", async () => {
      const { store, asked, connect, settle, wire } = aStore();
      store.watchInbox(async () => "ticket")(() => undefined);
      await connect();
      wire().frame("snapshot", inbox(1, 3));
      wire().frame("delta", inbox(3, 9));
      expect(store.inbox()).toBeNull();
      await settle();
      expect(asked).toHaveLength(2);
    });

    it("waits a minute with the next ticket after one was refused or could not be had, and leaves with the last watcher", async () => {
      let refuses = true;
      const { store, asked, connect, settle } = aStore(() => (refuses ? { error: { code: "UNAUTHENTICATED", message: "", field: "ticket", unknown: [] } } : OK));
      const stop = store.watchInbox(async () => "ticket")(() => undefined);
      await connect();
      await vi.advanceTimersByTimeAsync(50_000);
      expect(asked).toHaveLength(1);
      refuses = false;
      await vi.advanceTimersByTimeAsync(20_000);
      expect(asked).toHaveLength(2);
      stop();
      await settle();
      expect(asked.at(-1)).toEqual({ event: "unsubscribe", channel: "notifications" });
    });
  });

  it("keeps boards, how they stand and alerts apart, and asks for each alone", async () => {
    const { store, asked, connect, wire } = aStore();
    for (const channel of ["sp500", "sp500_market", "crypto"] as const) store.watchUpdates(channel)(() => undefined);
    store.watchAlerts(async () => "ticket")(() => undefined);
    await connect();
    expect(asked.map(({ channel }) => channel).sort()).toEqual(["crypto", "influencer-alerts", "sp500", "sp500_market"]);
    const pulse = { members: 1, counted: 1, advancers: 1, decliners: 0, unchanged: 0, netShare: 1, meanChange: 0.1, medianChange: 0.1, leaders: [], laggards: [], time: 1, bases: {}, membership: "noList" as const };
    const coin = { id: "upbit:KRW-BTC", exchange: "upbit" as const, market: "KRW-BTC", coin: "BTC", price: 1, change24h: null, value24h: null, premium: null, premiumAt: null, time: 1 };
    const base = { seq: 1, sentAt: 0, ticks: [], updates: [] };
    wire().frame("snapshot", { ...base, channel: "sp500", ticks: [tick("A", 1)] });
    wire().frame("snapshot", { ...base, channel: "sp500_market", pulse });
    wire().frame("snapshot", { ...base, channel: "crypto", coins: [coin] });
    wire().frame("snapshot", { ...base, channel: "influencer-alerts", alerts: [] });
    expect([store.updates("sp500").get("A"), store.updates("sp500_market").get("pulse"), store.updates("crypto").get(coin.id), store.alerts()]).toEqual([tick("A", 1), pulse, coin, []]);
    expect([store.price("A"), store.inbox()]).toEqual([null, null]);
    wire().frame("delta", { ...base, seq: 3, channel: "sp500", ticks: [tick("A", 3)] });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked.filter(({ channel }) => channel === "sp500")).toHaveLength(2);
    wire().lost();
    expect([store.updates("sp500").get("A"), store.alerts()]).toEqual([tick("A", 1), null]);
  });
});
